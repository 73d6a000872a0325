-- Cases: their events, which are the truth, and one row each for what the events add up to.
-- Running nodes: may keep going.

create table cases (
  case_id uuid primary key,
  case_number text not null unique,
  dossier_id uuid,
  applicant_id uuid not null,
  applicant_name text not null,
  -- The park on whose node the applicant has its dossier, where that is not this one.
  applicant_park text,
  service text not null,
  definition_hash text not null references definitions (hash),
  authority text not null,
  -- Language in which the authority writes to the applicant.
  language text not null,
  status text not null,
  outcome text,
  -- Whose move it is; nobody's once the case has ended.
  waiting_for text not null check (waiting_for in ('applicant', 'authority', 'procedure', 'remedyBody', 'nobody')),
  -- The authority's next limit while it runs; null while it stands and where none is established.
  due_on date,
  due_provisional boolean not null default false,
  -- The day by which the applicant must supply something.
  applicant_due_on date,
  assignee text,
  opened_on date not null,
  filed_on date,
  decided_on date,
  receipt_number text unique,
  version integer not null check (version > 0),
  state jsonb not null,
  -- Words of the case in one script, every pair of neighbouring characters of its Chinese, and whose desks it may come
  -- to (src/case/search-words.ts).
  search tsvector not null,
  changed_at timestamptz not null
);
comment on table cases is 'What the events of each case add up to; written in their transaction and equal to their replay.';
comment on column cases.state is 'The kernel''s state of the case at this version.';
-- A queue is read service by service and status by status (src/case/queries/list-case-keys.ts), so that every page of it
-- is a walk along one of these, however many cases are stored. The further columns answer the reader's right and the
-- usual filters without the row.
create index cases_by_due_day on cases (authority, service, status, due_on, case_id)
  include (applicant_id, filed_on, assignee, outcome);
create index cases_by_filing_day on cases (authority, service, status, filed_on, case_id)
  include (applicant_id, due_on, assignee, outcome);
create index cases_by_change on cases (authority, service, status, changed_at, case_id)
  include (applicant_id, filed_on, due_on, assignee, outcome);
create index cases_by_assignee on cases (assignee, status, due_on, case_id)
  include (authority, service, applicant_id, filed_on, changed_at, outcome) where assignee is not null;
create index cases_by_decision_day on cases (authority, decided_on) where decided_on is not null;
create index cases_of_applicant on cases (applicant_id, changed_at, case_id);
create index cases_of_dossier on cases (dossier_id) where dossier_id is not null;
create index cases_by_words on cases using gin (search);

create table case_events (
  case_id uuid not null,
  version integer not null check (version > 0),
  type text not null,
  -- Calendar date of the act in the deciding park, and the instant of it.
  occurred_on date not null,
  occurred_at timestamptz not null,
  -- What goes on between two officers of an authority is not the applicant's to read.
  internal boolean not null default false,
  event jsonb not null,
  primary key (case_id, version)
) partition by range (case_id);
comment on table case_events is
  'The truth about every case. Rows are only ever added. Partitioned by the month in which the case was opened, which its id tells.';

-- Other organisations with a desk in a case: a step of the examination, or a remedy that was lodged with them.
create table case_desks (
  case_id uuid not null,
  organization text not null,
  -- What the queue of such a desk is read by, as it stands in `cases`.
  service text not null,
  status text not null,
  due_on date,
  filed_on date,
  changed_at timestamptz not null,
  primary key (organization, case_id)
);
create index on case_desks (case_id);
create index desks_by_due_day on case_desks (organization, service, status, due_on, case_id);
create index desks_by_filing_day on case_desks (organization, service, status, filed_on, case_id);
create index desks_by_change on case_desks (organization, service, status, changed_at, case_id);

-- Case and receipt numbers count up, with gaps where a transaction did not come to its end.
create sequence case_numbers;
create sequence receipt_numbers;

insert into monthly_tables values ('case_events');

grant select, insert, update on cases to twinpark_node;
grant usage on sequence case_numbers, receipt_numbers to twinpark_node;
grant select, insert on case_events to twinpark_node;
grant select, insert, update on case_desks to twinpark_node;

alter table cases enable row level security;
alter table case_events enable row level security;
alter table case_desks enable row level security;
create policy all_for_node on cases for all to twinpark_node using (true) with check (true);
create policy all_for_node on case_events for all to twinpark_node using (true) with check (true);
create policy all_for_node on case_desks for all to twinpark_node using (true) with check (true);

-- The reader's settings stand in sub-selects, which a query asks once and not for every row.
create policy desks_of_reader on case_desks for select to twinpark_app
  using (
    case (select reader_kind())
      when 'authority' then organization = (select reader_organization())
      when 'oversight' then true
      else false
    end
  );

create policy cases_of_reader on cases for select to twinpark_app
  using (
    case (select reader_kind())
      when 'applicant' then applicant_id::text = (select reader_organization())
      -- A draft is the applicant's own until it is filed. A scalar sub-select is looked up by its key; an `exists` may
      -- be answered by reading every desk of the reader first.
      when 'authority' then filed_on is not null and (
        authority = (select reader_organization())
        or (
          select true from case_desks d
          where d.organization = (select reader_organization()) and d.case_id = cases.case_id
        )
      )
      when 'oversight' then filed_on is not null
      else false
    end
  );

create policy events_of_readable_cases on case_events for select to twinpark_app
  using (
    exists (select from cases c where c.case_id = case_events.case_id)
    and (not internal or reader_kind() <> 'applicant')
  );

-- All of a case but its state, which holds a proposal that only officers see.
grant select (
  case_id, case_number, dossier_id, applicant_id, applicant_name, applicant_park, service, definition_hash, authority,
  language, status, outcome, waiting_for, due_on, due_provisional, applicant_due_on, assignee, opened_on, filed_on, decided_on,
  receipt_number, version, search, changed_at
) on cases to twinpark_app;
grant select on case_events, case_desks to twinpark_app;

create function case_state(wanted uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when reader_kind() = 'applicant' then c.state - 'proposal' else c.state end
  from cases c
  where c.case_id = wanted and (
    case reader_kind()
      when 'applicant' then c.applicant_id::text = reader_organization()
      when 'authority' then c.filed_on is not null and (
        c.authority = reader_organization()
        or exists (select from case_desks d where d.case_id = c.case_id and d.organization = reader_organization())
      )
      when 'oversight' then c.filed_on is not null
      else false
    end
  );
end;
comment on function case_state is 'State of a case that the reader may read, without what goes on between two officers for an applicant.';

-- Text search is not leakproof, so under row-level security its index could not be used; this searches with the
-- reader's right as part of the question.
create function cases_with_words(words tsquery) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.case_id
  from cases c
  where c.search @@ words and (
    case reader_kind()
      when 'applicant' then c.applicant_id::text = reader_organization()
      when 'authority' then c.filed_on is not null and (
        c.authority = reader_organization()
        or exists (select from case_desks d where d.case_id = c.case_id and d.organization = reader_organization())
      )
      when 'oversight' then c.filed_on is not null
      else false
    end
  );
end;

-- Guesses and counts, too, say nothing of cases that the reader may not see: an authority's words are looked for on its
-- own desk, and an applicant looks through its own cases and has no need of either.
create function words_within_reach(words tsquery) returns tsquery
  language sql stable
  return case reader_kind()
    when 'authority' then words && ('''@' || translate(reader_organization(), '''\', '') || '''')::tsquery
    when 'oversight' then words
  end;

-- Few hits are looked up by their words; with many, it is quicker to look for the words along the queue's own order.
-- Whole words are estimated, for the common ones are known; beginnings of words are counted, no further than need be.
create function estimate_cases_with_words(words tsquery) returns bigint
  -- Volatile, because only then may a function ask for a plan.
  language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
  plan json;
begin
  execute format('explain (format json) select from cases where search @@ %L::tsquery', words_within_reach(words)) into plan;
  return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint;
end
$$;
comment on function estimate_cases_with_words is 'About how many cases hold the words, as the planner guesses it.';

create function count_cases_with_words(words tsquery, most integer) returns bigint
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*) from (select from cases c where c.search @@ words_within_reach(words) limit most) found;
end;

-- Nobody learns who works for another organisation; their own colleagues everybody may name.
create function reader_colleagues() returns table (person_id text, name text, role text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select m.person_id, u.name, m.role
  from memberships m
  join auth_users u on u.id = m.person_id
  where m.organization_id = (
    select o.organization_id from organizations o
    where case reader_kind()
      when 'applicant' then o.organization_id::text = reader_organization()
      -- The body that runs a park may hold a desk, too: two organisations with one id of the pack.
      when 'authority' then o.kind = 'authority' and o.pack_id = reader_organization()
      else false
    end
  );
end;
comment on function reader_colleagues is 'The people who act for the reader''s own organisation.';

revoke all on function
  case_state, cases_with_words, estimate_cases_with_words, count_cases_with_words, reader_colleagues from public;
grant execute on function
  case_state, cases_with_words, estimate_cases_with_words, count_cases_with_words, reader_colleagues to twinpark_app;

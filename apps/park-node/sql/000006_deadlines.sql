-- The agenda of every running limit: which day it ends, and on which day the node must next do something about it.
-- Running nodes: may keep going.

create table deadlines (
  case_id uuid not null,
  clock text not null check (clock in ('acceptance', 'decision', 'step', 'supplement', 'debt')),
  -- The step or paper whose limit it is; empty for a limit of the case itself.
  subject text not null default '',
  -- Whose case it is, and on whose desk the limit lies: the organisation of the step, or the authority. No desk of this
  -- park has to do with a case that the other park decides: of it the applicant's own limits alone stand here.
  applicant_id uuid not null,
  authority text,
  desk text,
  owner text not null check (owner in ('applicant', 'authority', 'procedure')),
  due_on date not null,
  provisional boolean not null,
  stopped boolean not null,
  ring text check (ring in ('dueSoon', 'overdue')),
  ring_on date,
  rung_at timestamptz,
  primary key (case_id, clock, subject),
  check ((ring is null) = (ring_on is null)),
  check ((authority is null) = (desk is null)),
  check (authority is not null or owner = 'applicant')
);
comment on table deadlines is
  'One row a running limit, rewritten in the transaction of each event of its case. A ring is done when its row says the next.';
create index deadlines_to_ring on deadlines (ring_on, case_id, clock, subject) where ring_on is not null;
create index deadlines_provisional on deadlines (case_id) where provisional;
-- A calendar of limits is read along these; a clock that stands has no last day yet.
create index deadlines_of_desk on deadlines (desk, due_on, case_id, clock, subject) where not stopped;
create index deadlines_of_applicant on deadlines (applicant_id, due_on, case_id, clock, subject) where not stopped;

grant select, insert, update, delete on deadlines to twinpark_node;
alter table deadlines enable row level security;
create policy all_for_node on deadlines for all to twinpark_node using (true) with check (true);
-- Limits run on filed cases only. Who has a desk in the case reads all of them.
create policy deadlines_of_readable_cases on deadlines for select to twinpark_app
  using (
    case (select reader_kind())
      when 'applicant' then applicant_id::text = (select reader_organization())
      when 'authority' then
        authority = (select reader_organization())
        or desk = (select reader_organization())
        or (
          select true from case_desks d
          where d.organization = (select reader_organization()) and d.case_id = deadlines.case_id
        )
      when 'oversight' then authority is not null
      else false
    end
  );
grant select on deadlines to twinpark_app;

-- By which calendars the provisional limits were last counted: when a year is published, they are counted anew.
create table calendar_editions (
  digest text primary key,
  counted_at timestamptz not null
);
grant select, insert, update on calendar_editions to twinpark_node;

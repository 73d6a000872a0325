-- Who did or tried what, and safe repetition of requests.
-- Running nodes: may keep going.

create table audit_events (
  audit_id uuid not null,
  at timestamptz not null,
  -- Closed list: packages/contract/src/audit/audit-actions.ts and docs/audit-events.md.
  action text not null,
  outcome text not null check (outcome in ('success', 'refused', 'failed')),
  -- Problem code of what did not succeed.
  code text,
  person_id text,
  organization text,
  role text,
  subject_kind text,
  subject_id text,
  request_id text,
  details jsonb not null default '{}',
  primary key (audit_id)
) partition by range (audit_id);
create index on audit_events (subject_id, audit_id) where subject_id is not null;
create index on audit_events (person_id, audit_id) where person_id is not null;
create index on audit_events (action, audit_id);
create index on audit_events (outcome, audit_id) where outcome <> 'success';
insert into monthly_tables values ('audit_events');

grant select, insert on audit_events to twinpark_node;
alter table audit_events enable row level security;
create policy all_for_node on audit_events for all to twinpark_node using (true) with check (true);
create policy all_for_oversight on audit_events for select to twinpark_app using (reader_kind() = 'oversight');
grant select on audit_events to twinpark_app;

create table idempotency_keys (
  -- The person and the organisation it acts for: keys of two callers never meet.
  scope text not null,
  key text not null,
  request_hash text not null,
  status smallint not null,
  -- Text as it was sent, so that a repetition is told the same to the letter.
  response json,
  created_at timestamptz not null,
  primary key (scope, key)
);
comment on table idempotency_keys is 'The answer of each effect, written in the transaction of the effect and given again to whoever repeats the request.';
create index on idempotency_keys (created_at);
grant select, insert, delete on idempotency_keys to twinpark_node;

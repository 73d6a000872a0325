-- The law as it was: every service and journey definition that something was ever filed under, by content hash.
-- Running nodes: may keep going.

create table definitions (
  hash text primary key,
  kind text not null check (kind in ('service', 'journey')),
  id text not null,
  content jsonb not null,
  first_seen_at timestamptz not null
);
comment on table definitions is 'Written at start from the zone pack and never changed: a case keeps the law it was filed under.';

grant select, insert on definitions to twinpark_node;
grant select on definitions to twinpark_app;

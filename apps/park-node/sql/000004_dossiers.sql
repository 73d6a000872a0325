-- Dossiers: what an applicant writes once. They stay with the applicant; no authority reads them.
-- Running nodes: may keep going.

create table dossiers (
  dossier_id uuid primary key,
  organization_id uuid not null references organizations,
  journey text not null,
  journey_hash text not null references definitions (hash),
  title text not null,
  -- Language in which the applicant is served: zh-Hans, zh-Hant or en.
  language text not null,
  answers jsonb not null default '{}',
  evidence jsonb not null default '{}',
  version integer not null default 1 check (version > 0),
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
comment on column dossiers.answers is 'By fact: the value and the day since which it stands.';
comment on column dossiers.evidence is 'By evidence type: the newest paper and the day since which it stands.';
comment on column dossiers.version is 'Counts the changes; a save or a filing that names an older one is refused.';
create index on dossiers (organization_id, changed_at desc, dossier_id);

create table dossier_filings (
  dossier_id uuid not null references dossiers,
  step text not null,
  -- A step whose case ended without a grant may be filed anew: the newest filing counts. Of two filings that are sent
  -- at once only one can be the next.
  attempt integer not null check (attempt > 0),
  case_id uuid not null unique,
  park text not null,
  service text not null,
  filed_on date not null,
  answers jsonb not null,
  evidence jsonb not null,
  status text not null,
  outcome text,
  created_at timestamptz not null,
  primary key (dossier_id, step, attempt)
);

grant select, insert, update on dossiers, dossier_filings to twinpark_node;
grant select on dossiers, dossier_filings to twinpark_app;

alter table dossiers enable row level security;
create policy own_dossiers on dossiers for select to twinpark_app
  using (reader_kind() = 'applicant' and organization_id::text = reader_organization());
create policy all_for_node on dossiers for all to twinpark_node using (true) with check (true);

alter table dossier_filings enable row level security;
create policy filings_of_own_dossiers on dossier_filings for select to twinpark_app
  using (exists (select from dossiers d where d.dossier_id = dossier_filings.dossier_id));
create policy all_for_node on dossier_filings for all to twinpark_node using (true) with check (true);

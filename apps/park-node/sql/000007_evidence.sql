-- Papers: their bytes lie in the evidence store by SHA-256; here is whose they are and who was given them.
-- Running nodes: may keep going.

create table evidence_files (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes >= 0),
  media_type text not null,
  stored_at timestamptz not null
);

create table evidence (
  evidence_id uuid primary key,
  organization_id uuid not null references organizations,
  sha256 text not null references evidence_files,
  name text not null,
  created_by text not null,
  created_at timestamptz not null
);
create index on evidence (organization_id, created_at desc, evidence_id);
create index on evidence (sha256);

-- What a case was given: the only way by which an authority comes to a paper.
create table case_evidence (
  case_id uuid not null,
  type text not null,
  sha256 text not null,
  name text not null,
  given_on date not null,
  primary key (case_id, type, sha256)
);
create index on case_evidence (sha256);

create table evidence_uploads (
  upload_id uuid primary key,
  organization_id uuid not null references organizations,
  name text not null,
  size_bytes bigint not null check (size_bytes > 0),
  part_size_bytes integer not null check (part_size_bytes > 0),
  -- What the sender says the whole is, checked at the end; null where it did not say.
  sha256 text,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Set when the parts have become a paper.
  evidence_id uuid references evidence
);
create index on evidence_uploads (organization_id, created_at);
create index on evidence_uploads (expires_at);
create index on evidence_uploads (evidence_id) where evidence_id is not null;

create table evidence_upload_parts (
  upload_id uuid not null references evidence_uploads on delete cascade,
  part_number integer not null check (part_number > 0),
  size_bytes integer not null check (size_bytes > 0),
  sha256 text not null,
  primary key (upload_id, part_number)
);

grant select, insert on evidence_files, case_evidence to twinpark_node;
grant select, insert, update, delete on evidence, evidence_uploads, evidence_upload_parts to twinpark_node;
grant delete on evidence_files to twinpark_node;

alter table evidence_files enable row level security;
alter table evidence enable row level security;
alter table case_evidence enable row level security;
alter table evidence_uploads enable row level security;
alter table evidence_upload_parts enable row level security;
create policy all_for_node on evidence_files for all to twinpark_node using (true) with check (true);
create policy all_for_node on evidence for all to twinpark_node using (true) with check (true);
create policy all_for_node on case_evidence for all to twinpark_node using (true) with check (true);
create policy all_for_node on evidence_uploads for all to twinpark_node using (true) with check (true);
create policy all_for_node on evidence_upload_parts for all to twinpark_node using (true) with check (true);
create policy own_evidence on evidence for select to twinpark_app
  using (reader_kind() = 'applicant' and organization_id::text = reader_organization());
create policy evidence_of_readable_cases on case_evidence for select to twinpark_app
  using (exists (select from cases c where c.case_id = case_evidence.case_id));
-- Whoever may read no paper with these bytes does not learn that they are here.
create policy files_of_readable_papers on evidence_files for select to twinpark_app
  using (
    exists (select from evidence e where e.sha256 = evidence_files.sha256)
    or exists (select from case_evidence g where g.sha256 = evidence_files.sha256)
  );
create policy own_uploads on evidence_uploads for select to twinpark_app
  using (reader_kind() = 'applicant' and organization_id::text = reader_organization());
create policy parts_of_own_uploads on evidence_upload_parts for select to twinpark_app
  using (exists (select from evidence_uploads u where u.upload_id = evidence_upload_parts.upload_id));
grant select on evidence_files, evidence, case_evidence, evidence_uploads, evidence_upload_parts to twinpark_app;

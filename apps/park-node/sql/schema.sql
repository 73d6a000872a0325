-- Generated from the migrations; a test holds it to them.

create table audit_events (
  audit_id uuid not null,
  at timestamp with time zone not null,
  action text not null,
  outcome text not null,
  code text,
  person_id text,
  organization text,
  role text,
  subject_kind text,
  subject_id text,
  request_id text,
  details jsonb not null default '{}'::jsonb,
  constraint audit_events_pkey PRIMARY KEY (audit_id),
  constraint audit_events_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'refused'::text, 'failed'::text])))
) partition by range (audit_id);
CREATE INDEX audit_events_action_audit_id_idx ON ONLY audit_events USING btree (action, audit_id);
CREATE INDEX audit_events_outcome_audit_id_idx ON ONLY audit_events USING btree (outcome, audit_id) WHERE (outcome <> 'success'::text);
CREATE INDEX audit_events_person_id_audit_id_idx ON ONLY audit_events USING btree (person_id, audit_id) WHERE (person_id IS NOT NULL);
CREATE INDEX audit_events_subject_id_audit_id_idx ON ONLY audit_events USING btree (subject_id, audit_id) WHERE (subject_id IS NOT NULL);
alter table audit_events enable row level security;
create policy all_for_node on audit_events for all to twinpark_node using (true) with check (true);
create policy all_for_oversight on audit_events for select to twinpark_app using ((reader_kind() = 'oversight'::text));

create table auth_accounts (
  id text not null,
  user_id text not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_accounts_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint auth_accounts_pkey PRIMARY KEY (id),
  constraint auth_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE
);
CREATE INDEX auth_accounts_user_id_idx ON auth_accounts USING btree (user_id);

create table auth_passkeys (
  id text not null,
  name text,
  public_key text not null,
  user_id text not null,
  credential_id text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamp with time zone default now(),
  constraint auth_passkeys_credential_id_key UNIQUE (credential_id),
  constraint auth_passkeys_pkey PRIMARY KEY (id),
  constraint auth_passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE
);
CREATE INDEX auth_passkeys_user_id_idx ON auth_passkeys USING btree (user_id);

create table auth_sessions (
  id text not null,
  user_id text not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  acting_organization_id uuid,
  constraint auth_sessions_token_key UNIQUE (token),
  constraint auth_sessions_pkey PRIMARY KEY (id),
  constraint auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE
);
CREATE INDEX auth_sessions_expires_at_idx ON auth_sessions USING btree (expires_at);
CREATE INDEX auth_sessions_user_id_idx ON auth_sessions USING btree (user_id);

create table auth_users (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  assurance text not null default 'low'::text,
  demo boolean not null default false,
  constraint auth_users_email_key UNIQUE (email),
  constraint auth_users_pkey PRIMARY KEY (id),
  constraint auth_users_assurance_check CHECK ((assurance = ANY (ARRAY['low'::text, 'substantial'::text, 'high'::text])))
);

create table auth_verifications (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verifications_expires_at_idx ON auth_verifications USING btree (expires_at);
CREATE INDEX auth_verifications_identifier_idx ON auth_verifications USING btree (identifier);

create table calendar_editions (
  digest text not null,
  counted_at timestamp with time zone not null,
  constraint calendar_editions_pkey PRIMARY KEY (digest)
);

create table case_desks (
  case_id uuid not null,
  organization text not null,
  service text not null,
  status text not null,
  due_on date,
  filed_on date,
  changed_at timestamp with time zone not null,
  constraint case_desks_pkey PRIMARY KEY (organization, case_id)
);
CREATE INDEX case_desks_case_id_idx ON case_desks USING btree (case_id);
CREATE INDEX desks_by_change ON case_desks USING btree (organization, service, status, changed_at, case_id);
CREATE INDEX desks_by_due_day ON case_desks USING btree (organization, service, status, due_on, case_id);
CREATE INDEX desks_by_filing_day ON case_desks USING btree (organization, service, status, filed_on, case_id);
alter table case_desks enable row level security;
create policy all_for_node on case_desks for all to twinpark_node using (true) with check (true);
create policy desks_of_reader on case_desks for select to twinpark_app using (
CASE ( SELECT reader_kind() AS reader_kind)
    WHEN 'authority'::text THEN (organization = ( SELECT reader_organization() AS reader_organization))
    WHEN 'oversight'::text THEN true
    ELSE false
END);

create table case_events (
  case_id uuid not null,
  version integer not null,
  type text not null,
  occurred_on date not null,
  occurred_at timestamp with time zone not null,
  internal boolean not null default false,
  event jsonb not null,
  constraint case_events_pkey PRIMARY KEY (case_id, version),
  constraint case_events_version_check CHECK ((version > 0))
) partition by range (case_id);
alter table case_events enable row level security;
create policy all_for_node on case_events for all to twinpark_node using (true) with check (true);
create policy events_of_readable_cases on case_events for select to twinpark_app using (((EXISTS ( SELECT
   FROM cases c
  WHERE (c.case_id = case_events.case_id))) AND ((NOT internal) OR (reader_kind() <> 'applicant'::text))));

create table case_evidence (
  case_id uuid not null,
  type text not null,
  sha256 text not null,
  name text not null,
  given_on date not null,
  constraint case_evidence_pkey PRIMARY KEY (case_id, type, sha256)
);
CREATE INDEX case_evidence_sha256_idx ON case_evidence USING btree (sha256);
alter table case_evidence enable row level security;
create policy all_for_node on case_evidence for all to twinpark_node using (true) with check (true);
create policy evidence_of_readable_cases on case_evidence for select to twinpark_app using ((EXISTS ( SELECT
   FROM cases c
  WHERE (c.case_id = case_evidence.case_id))));

create table cases (
  case_id uuid not null,
  case_number text not null,
  dossier_id uuid,
  applicant_id uuid not null,
  applicant_name text not null,
  service text not null,
  definition_hash text not null,
  authority text not null,
  language text not null,
  status text not null,
  outcome text,
  waiting_for text not null,
  due_on date,
  due_provisional boolean not null default false,
  applicant_due_on date,
  assignee text,
  opened_on date not null,
  filed_on date,
  decided_on date,
  receipt_number text,
  version integer not null,
  state jsonb not null,
  search tsvector not null,
  changed_at timestamp with time zone not null,
  constraint cases_case_number_key UNIQUE (case_number),
  constraint cases_receipt_number_key UNIQUE (receipt_number),
  constraint cases_pkey PRIMARY KEY (case_id),
  constraint cases_definition_hash_fkey FOREIGN KEY (definition_hash) REFERENCES definitions(hash),
  constraint cases_version_check CHECK ((version > 0)),
  constraint cases_waiting_for_check CHECK ((waiting_for = ANY (ARRAY['applicant'::text, 'authority'::text, 'procedure'::text, 'remedyBody'::text, 'nobody'::text])))
);
CREATE INDEX cases_by_assignee ON cases USING btree (assignee, status, due_on, case_id) INCLUDE (authority, service, applicant_id, filed_on, changed_at, outcome) WHERE (assignee IS NOT NULL);
CREATE INDEX cases_by_change ON cases USING btree (authority, service, status, changed_at, case_id) INCLUDE (applicant_id, filed_on, due_on, assignee, outcome);
CREATE INDEX cases_by_decision_day ON cases USING btree (authority, decided_on) WHERE (decided_on IS NOT NULL);
CREATE INDEX cases_by_due_day ON cases USING btree (authority, service, status, due_on, case_id) INCLUDE (applicant_id, filed_on, assignee, outcome);
CREATE INDEX cases_by_filing_day ON cases USING btree (authority, service, status, filed_on, case_id) INCLUDE (applicant_id, due_on, assignee, outcome);
CREATE INDEX cases_by_words ON cases USING gin (search);
CREATE INDEX cases_of_applicant ON cases USING btree (applicant_id, changed_at, case_id);
CREATE INDEX cases_of_dossier ON cases USING btree (dossier_id) WHERE (dossier_id IS NOT NULL);
alter table cases enable row level security;
create policy all_for_node on cases for all to twinpark_node using (true) with check (true);
create policy cases_of_reader on cases for select to twinpark_app using (
CASE ( SELECT reader_kind() AS reader_kind)
    WHEN 'applicant'::text THEN ((applicant_id)::text = ( SELECT reader_organization() AS reader_organization))
    WHEN 'authority'::text THEN ((filed_on IS NOT NULL) AND ((authority = ( SELECT reader_organization() AS reader_organization)) OR ( SELECT true
       FROM case_desks d
      WHERE ((d.organization = ( SELECT reader_organization() AS reader_organization)) AND (d.case_id = cases.case_id)))))
    WHEN 'oversight'::text THEN (filed_on IS NOT NULL)
    ELSE false
END);

create table deadlines (
  case_id uuid not null,
  clock text not null,
  subject text not null default ''::text,
  applicant_id uuid not null,
  authority text not null,
  desk text not null,
  owner text not null,
  due_on date not null,
  provisional boolean not null,
  stopped boolean not null,
  ring text,
  ring_on date,
  rung_at timestamp with time zone,
  constraint deadlines_pkey PRIMARY KEY (case_id, clock, subject),
  constraint deadlines_check CHECK (((ring IS NULL) = (ring_on IS NULL))),
  constraint deadlines_clock_check CHECK ((clock = ANY (ARRAY['acceptance'::text, 'decision'::text, 'step'::text, 'supplement'::text, 'debt'::text]))),
  constraint deadlines_owner_check CHECK ((owner = ANY (ARRAY['applicant'::text, 'authority'::text, 'procedure'::text]))),
  constraint deadlines_ring_check CHECK ((ring = ANY (ARRAY['dueSoon'::text, 'overdue'::text])))
);
CREATE INDEX deadlines_of_applicant ON deadlines USING btree (applicant_id, due_on, case_id, clock, subject) WHERE (NOT stopped);
CREATE INDEX deadlines_of_desk ON deadlines USING btree (desk, due_on, case_id, clock, subject) WHERE (NOT stopped);
CREATE INDEX deadlines_provisional ON deadlines USING btree (case_id) WHERE provisional;
CREATE INDEX deadlines_to_ring ON deadlines USING btree (ring_on, case_id, clock, subject) WHERE (ring_on IS NOT NULL);
alter table deadlines enable row level security;
create policy all_for_node on deadlines for all to twinpark_node using (true) with check (true);
create policy deadlines_of_readable_cases on deadlines for select to twinpark_app using (
CASE ( SELECT reader_kind() AS reader_kind)
    WHEN 'applicant'::text THEN ((applicant_id)::text = ( SELECT reader_organization() AS reader_organization))
    WHEN 'authority'::text THEN ((authority = ( SELECT reader_organization() AS reader_organization)) OR (desk = ( SELECT reader_organization() AS reader_organization)) OR ( SELECT true
       FROM case_desks d
      WHERE ((d.organization = ( SELECT reader_organization() AS reader_organization)) AND (d.case_id = deadlines.case_id))))
    WHEN 'oversight'::text THEN true
    ELSE false
END);

create table definitions (
  hash text not null,
  kind text not null,
  id text not null,
  content jsonb not null,
  first_seen_at timestamp with time zone not null,
  constraint definitions_pkey PRIMARY KEY (hash),
  constraint definitions_kind_check CHECK ((kind = ANY (ARRAY['service'::text, 'journey'::text])))
);

create table dossier_filings (
  dossier_id uuid not null,
  step text not null,
  attempt integer not null,
  case_id uuid not null,
  park text not null,
  service text not null,
  filed_on date not null,
  answers jsonb not null,
  evidence jsonb not null,
  status text not null,
  outcome text,
  created_at timestamp with time zone not null,
  constraint dossier_filings_case_id_key UNIQUE (case_id),
  constraint dossier_filings_pkey PRIMARY KEY (dossier_id, step, attempt),
  constraint dossier_filings_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossiers(dossier_id),
  constraint dossier_filings_attempt_check CHECK ((attempt > 0))
);
alter table dossier_filings enable row level security;
create policy all_for_node on dossier_filings for all to twinpark_node using (true) with check (true);
create policy filings_of_own_dossiers on dossier_filings for select to twinpark_app using ((EXISTS ( SELECT
   FROM dossiers d
  WHERE (d.dossier_id = dossier_filings.dossier_id))));

create table dossiers (
  dossier_id uuid not null,
  organization_id uuid not null,
  journey text not null,
  journey_hash text not null,
  title text not null,
  language text not null,
  answers jsonb not null default '{}'::jsonb,
  evidence jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint dossiers_pkey PRIMARY KEY (dossier_id),
  constraint dossiers_journey_hash_fkey FOREIGN KEY (journey_hash) REFERENCES definitions(hash),
  constraint dossiers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id),
  constraint dossiers_version_check CHECK ((version > 0))
);
CREATE INDEX dossiers_organization_id_changed_at_dossier_id_idx ON dossiers USING btree (organization_id, changed_at DESC, dossier_id);
alter table dossiers enable row level security;
create policy all_for_node on dossiers for all to twinpark_node using (true) with check (true);
create policy own_dossiers on dossiers for select to twinpark_app using (((reader_kind() = 'applicant'::text) AND ((organization_id)::text = reader_organization())));

create table evidence (
  evidence_id uuid not null,
  organization_id uuid not null,
  sha256 text not null,
  name text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint evidence_pkey PRIMARY KEY (evidence_id),
  constraint evidence_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id),
  constraint evidence_sha256_fkey FOREIGN KEY (sha256) REFERENCES evidence_files(sha256)
);
CREATE INDEX evidence_organization_id_created_at_evidence_id_idx ON evidence USING btree (organization_id, created_at DESC, evidence_id);
CREATE INDEX evidence_sha256_idx ON evidence USING btree (sha256);
alter table evidence enable row level security;
create policy all_for_node on evidence for all to twinpark_node using (true) with check (true);
create policy own_evidence on evidence for select to twinpark_app using (((reader_kind() = 'applicant'::text) AND ((organization_id)::text = reader_organization())));

create table evidence_files (
  sha256 text not null,
  size_bytes bigint not null,
  media_type text not null,
  stored_at timestamp with time zone not null,
  constraint evidence_files_pkey PRIMARY KEY (sha256),
  constraint evidence_files_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint evidence_files_size_bytes_check CHECK ((size_bytes >= 0))
);
alter table evidence_files enable row level security;
create policy all_for_node on evidence_files for all to twinpark_node using (true) with check (true);
create policy files_of_readable_outputs on evidence_files for select to twinpark_app using ((EXISTS ( SELECT
   FROM output_documents d
  WHERE (d.sha256 = evidence_files.sha256))));
create policy files_of_readable_papers on evidence_files for select to twinpark_app using (((EXISTS ( SELECT
   FROM evidence e
  WHERE (e.sha256 = evidence_files.sha256))) OR (EXISTS ( SELECT
   FROM case_evidence g
  WHERE (g.sha256 = evidence_files.sha256)))));

create table evidence_upload_parts (
  upload_id uuid not null,
  part_number integer not null,
  size_bytes integer not null,
  sha256 text not null,
  constraint evidence_upload_parts_pkey PRIMARY KEY (upload_id, part_number),
  constraint evidence_upload_parts_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES evidence_uploads(upload_id) ON DELETE CASCADE,
  constraint evidence_upload_parts_part_number_check CHECK ((part_number > 0)),
  constraint evidence_upload_parts_size_bytes_check CHECK ((size_bytes > 0))
);
alter table evidence_upload_parts enable row level security;
create policy all_for_node on evidence_upload_parts for all to twinpark_node using (true) with check (true);
create policy parts_of_own_uploads on evidence_upload_parts for select to twinpark_app using ((EXISTS ( SELECT
   FROM evidence_uploads u
  WHERE (u.upload_id = evidence_upload_parts.upload_id))));

create table evidence_uploads (
  upload_id uuid not null,
  organization_id uuid not null,
  name text not null,
  size_bytes bigint not null,
  part_size_bytes integer not null,
  sha256 text,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  evidence_id uuid,
  constraint evidence_uploads_pkey PRIMARY KEY (upload_id),
  constraint evidence_uploads_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(evidence_id),
  constraint evidence_uploads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id),
  constraint evidence_uploads_part_size_bytes_check CHECK ((part_size_bytes > 0)),
  constraint evidence_uploads_size_bytes_check CHECK ((size_bytes > 0))
);
CREATE INDEX evidence_uploads_evidence_id_idx ON evidence_uploads USING btree (evidence_id) WHERE (evidence_id IS NOT NULL);
CREATE INDEX evidence_uploads_expires_at_idx ON evidence_uploads USING btree (expires_at);
CREATE INDEX evidence_uploads_organization_id_created_at_idx ON evidence_uploads USING btree (organization_id, created_at);
alter table evidence_uploads enable row level security;
create policy all_for_node on evidence_uploads for all to twinpark_node using (true) with check (true);
create policy own_uploads on evidence_uploads for select to twinpark_app using (((reader_kind() = 'applicant'::text) AND ((organization_id)::text = reader_organization())));

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash text not null,
  status smallint not null,
  response json,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys USING btree (created_at);

create table invitations (
  invitation_id uuid not null,
  organization_id uuid not null,
  email text,
  role text not null,
  manages boolean not null default false,
  token_hash text not null,
  invited_by text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  accepted_by text,
  constraint invitations_token_hash_key UNIQUE (token_hash),
  constraint invitations_pkey PRIMARY KEY (invitation_id),
  constraint invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id),
  constraint invitations_email_check CHECK ((email = lower(email))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['applicant'::text, 'officer'::text, 'supervisor'::text, 'auditor'::text, 'operator'::text])))
);
CREATE INDEX invitations_by_email ON invitations USING btree (email) WHERE (accepted_at IS NULL);
CREATE UNIQUE INDEX open_invitations ON invitations USING btree (organization_id, email) NULLS NOT DISTINCT WHERE (accepted_at IS NULL);

create table memberships (
  organization_id uuid not null,
  person_id text not null,
  role text not null,
  manages boolean not null default false,
  created_at timestamp with time zone not null,
  constraint memberships_pkey PRIMARY KEY (organization_id, person_id),
  constraint memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(organization_id),
  constraint memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES auth_users(id) ON DELETE CASCADE,
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['applicant'::text, 'officer'::text, 'supervisor'::text, 'auditor'::text, 'operator'::text])))
);
CREATE INDEX memberships_organization_id_created_at_person_id_idx ON memberships USING btree (organization_id, created_at, person_id);
CREATE INDEX memberships_person_id_idx ON memberships USING btree (person_id);

create table migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (version)
);

create table monthly_tables (
  table_name text not null,
  constraint monthly_tables_pkey PRIMARY KEY (table_name)
);

create table notifications (
  notification_id uuid not null,
  recipient text not null,
  assignee text,
  kind text not null,
  case_id uuid not null,
  facts jsonb not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  read_by text,
  cause text not null,
  constraint notifications_recipient_cause_key UNIQUE (recipient, cause),
  constraint notifications_pkey PRIMARY KEY (recipient, notification_id)
);
CREATE INDEX notifications_of_assignee ON notifications USING btree (recipient, assignee, notification_id) WHERE (assignee IS NOT NULL);
CREATE INDEX notifications_unread ON notifications USING btree (recipient, notification_id) WHERE (read_at IS NULL);
CREATE INDEX notifications_unread_of_assignee ON notifications USING btree (recipient, assignee, notification_id) WHERE ((assignee IS NOT NULL) AND (read_at IS NULL));
alter table notifications enable row level security;
create policy all_for_node on notifications for all to twinpark_node using (true) with check (true);
create policy own_notifications on notifications for select to twinpark_app using (((( SELECT reader_kind() AS reader_kind) = ANY (ARRAY['applicant'::text, 'authority'::text])) AND (recipient = ( SELECT reader_organization() AS reader_organization)) AND ( SELECT true
   FROM cases c
  WHERE (c.case_id = notifications.case_id))));

create table organizations (
  organization_id uuid not null,
  kind text not null,
  pack_id text,
  name text not null,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  constraint organizations_pack_id_kind_key UNIQUE (pack_id, kind),
  constraint organizations_pkey PRIMARY KEY (organization_id),
  constraint organizations_check CHECK (((kind = 'applicant'::text) = (pack_id IS NULL))),
  constraint organizations_kind_check CHECK ((kind = ANY (ARRAY['applicant'::text, 'authority'::text, 'operator'::text, 'oversight'::text]))),
  constraint organizations_name_check CHECK ((name <> ''::text))
);
CREATE INDEX organizations_of_the_park ON organizations USING btree (organization_id) WHERE (kind <> 'applicant'::text);
alter table organizations enable row level security;
create policy all_for_node on organizations for all to twinpark_node using (true) with check (true);
create policy all_for_oversight on organizations for select to twinpark_app using ((reader_kind() = 'oversight'::text));
create policy organization_of_reader on organizations for select to twinpark_app using (((kind = reader_kind()) AND (COALESCE(pack_id, (organization_id)::text) = reader_organization())));

create table output_documents (
  receipt_number text not null,
  language text not null,
  media_type text not null,
  sha256 text not null,
  constraint output_documents_pkey PRIMARY KEY (receipt_number, language),
  constraint output_documents_receipt_number_fkey FOREIGN KEY (receipt_number) REFERENCES outputs(receipt_number),
  constraint output_documents_sha256_fkey FOREIGN KEY (sha256) REFERENCES evidence_files(sha256)
);
CREATE INDEX output_documents_sha256_idx ON output_documents USING btree (sha256);
alter table output_documents enable row level security;
create policy all_for_node on output_documents for all to twinpark_node using (true) with check (true);
create policy documents_of_readable_outputs on output_documents for select to twinpark_app using ((EXISTS ( SELECT
   FROM outputs o
  WHERE (o.receipt_number = output_documents.receipt_number))));

create table outputs (
  receipt_number text not null,
  case_id uuid not null,
  verification_code text not null,
  statement jsonb not null,
  signature text not null,
  issued_at timestamp with time zone not null,
  constraint outputs_pkey PRIMARY KEY (receipt_number)
);
CREATE INDEX outputs_case_id_issued_at_idx ON outputs USING btree (case_id, issued_at);
alter table outputs enable row level security;
create policy all_for_node on outputs for all to twinpark_node using (true) with check (true);
create policy outputs_of_readable_cases on outputs for select to twinpark_app using ((EXISTS ( SELECT
   FROM cases c
  WHERE (c.case_id = outputs.case_id))));

create sequence case_numbers;

create sequence receipt_numbers;

CREATE OR REPLACE FUNCTION caller_of_session(wanted_token text, demo_allowed boolean)
 RETURNS TABLE(person_id text, person_name text, email text, assurance text, demo boolean, signed_in_at timestamp with time zone, organization_id uuid, kind text, pack_id text, organization_name text, role text, manages boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT u.id,
     u.name,
         CASE
             WHEN u.email_verified THEN u.email
             ELSE NULL::text
         END AS "case",
     u.assurance,
     u.demo,
     s.created_at,
     o.organization_id,
     o.kind,
     o.pack_id,
     o.name,
     m.role,
     m.manages
    FROM (((auth_sessions s
      JOIN auth_users u ON ((u.id = s.user_id)))
      LEFT JOIN memberships m ON (((m.person_id = u.id) AND (m.organization_id = s.acting_organization_id))))
      LEFT JOIN organizations o ON ((o.organization_id = m.organization_id)))
   WHERE ((s.token = caller_of_session.wanted_token) AND (s.expires_at > now()) AND (caller_of_session.demo_allowed OR (NOT u.demo)));
END;

CREATE OR REPLACE FUNCTION case_state(wanted uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (reader_kind() = 'applicant'::text) THEN (c.state - 'proposal'::text)
             ELSE c.state
         END AS state
    FROM cases c
   WHERE ((c.case_id = case_state.wanted) AND
         CASE reader_kind()
             WHEN 'applicant'::text THEN ((c.applicant_id)::text = reader_organization())
             WHEN 'authority'::text THEN ((c.filed_on IS NOT NULL) AND ((c.authority = reader_organization()) OR (EXISTS ( SELECT
                FROM case_desks d
               WHERE ((d.case_id = c.case_id) AND (d.organization = reader_organization()))))))
             WHEN 'oversight'::text THEN (c.filed_on IS NOT NULL)
             ELSE false
         END);
END;

CREATE OR REPLACE FUNCTION cases_with_words(words tsquery)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.case_id
    FROM cases c
   WHERE ((c.search @@ cases_with_words.words) AND
         CASE reader_kind()
             WHEN 'applicant'::text THEN ((c.applicant_id)::text = reader_organization())
             WHEN 'authority'::text THEN ((c.filed_on IS NOT NULL) AND ((c.authority = reader_organization()) OR (EXISTS ( SELECT
                FROM case_desks d
               WHERE ((d.case_id = c.case_id) AND (d.organization = reader_organization()))))))
             WHEN 'oversight'::text THEN (c.filed_on IS NOT NULL)
             ELSE false
         END);
END;

CREATE OR REPLACE FUNCTION count_cases_with_words(words tsquery, most integer)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM ( SELECT
            FROM cases c
           WHERE (c.search @@ words_within_reach(count_cases_with_words.words))
          LIMIT count_cases_with_words.most) found;
END;

CREATE OR REPLACE FUNCTION ensure_month_partitions(month date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET lock_timeout TO '200ms'
AS $function$
declare
  parent text;
  first_day date := date_trunc('month', month)::date;
  next_month date := (date_trunc('month', month) + interval '1 month')::date;
  child text;
begin
  for parent in select table_name from monthly_tables loop
    child := format('%s_%s', parent, to_char(first_day, 'YYYYMM'));
    if to_regclass(child) is null then
      execute format(
        'create table %I partition of %I for values from (%L) to (%L)',
        child, parent,
        uuid_from_instant(first_day::timestamp at time zone 'UTC'),
        uuid_from_instant(next_month::timestamp at time zone 'UTC')
      );
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION estimate_cases_with_words(words tsquery)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  plan json;
begin
  execute format('explain (format json) select from cases where search @@ %L::tsquery', words_within_reach(words)) into plan;
  return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint;
end
$function$;

CREATE OR REPLACE FUNCTION reader_colleagues()
 RETURNS TABLE(person_id text, name text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT m.person_id,
     u.name,
     m.role
    FROM (memberships m
      JOIN auth_users u ON ((u.id = m.person_id)))
   WHERE (m.organization_id = ( SELECT o.organization_id
            FROM organizations o
           WHERE
                 CASE reader_kind()
                     WHEN 'applicant'::text THEN ((o.organization_id)::text = reader_organization())
                     WHEN 'authority'::text THEN ((o.kind = 'authority'::text) AND (o.pack_id = reader_organization()))
                     ELSE false
                 END));
END;

CREATE OR REPLACE FUNCTION reader_kind()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('twinpark.reader_kind'::text, true), ''::text);

CREATE OR REPLACE FUNCTION reader_organization()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('twinpark.reader_organization'::text, true), ''::text);

CREATE OR REPLACE FUNCTION reader_person()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('twinpark.reader_person'::text, true), ''::text);

CREATE OR REPLACE FUNCTION record_case_changes(changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  if changes ? 'case_events' then
    insert into case_events (case_id, version, type, occurred_on, occurred_at, internal, event)
      select case_id, version, type, occurred_on, occurred_at, internal, event
      from jsonb_to_recordset(changes -> 'case_events') as row (
        case_id uuid, version integer, type text, occurred_on date, occurred_at timestamptz, internal boolean, event jsonb
      );
  end if;

  if changes ? 'new_cases' then
    insert into cases (
        case_id, case_number, dossier_id, applicant_id, applicant_name, service, definition_hash, authority, language,
        status, outcome, waiting_for, due_on, due_provisional, applicant_due_on, assignee, opened_on, filed_on,
        decided_on, receipt_number, version, state, search, changed_at
      )
      select
        case_id, case_number, dossier_id, applicant_id, applicant_name, service, definition_hash, authority, language,
        status, outcome, waiting_for, due_on, due_provisional, applicant_due_on, assignee, opened_on, filed_on,
        decided_on, receipt_number, version, state, search::tsvector, changed_at
      from jsonb_to_recordset(changes -> 'new_cases') as row (
        case_id uuid, case_number text, dossier_id uuid, applicant_id uuid, applicant_name text, service text,
        definition_hash text, authority text, language text, status text, outcome text, waiting_for text, due_on date,
        due_provisional boolean, applicant_due_on date, assignee text, opened_on date, filed_on date, decided_on date,
        receipt_number text, version integer, state jsonb, search text, changed_at timestamptz
      );
  end if;

  if changes ? 'cases' then
    update cases set
        status = row.status,
        outcome = row.outcome,
        waiting_for = row.waiting_for,
        due_on = row.due_on,
        due_provisional = row.due_provisional,
        applicant_due_on = row.applicant_due_on,
        filed_on = row.filed_on,
        decided_on = row.decided_on,
        receipt_number = row.receipt_number,
        version = row.version,
        state = row.state,
        search = coalesce(row.search::tsvector, cases.search),
        changed_at = row.changed_at
      from jsonb_to_recordset(changes -> 'cases') as row (
        case_id uuid, status text, outcome text, waiting_for text, due_on date, due_provisional boolean,
        applicant_due_on date, filed_on date, decided_on date, receipt_number text, version integer, state jsonb,
        search text, changed_at timestamptz
      )
      where cases.case_id = row.case_id;
  end if;

  -- A limit that the new events leave as it was keeps what has been rung for it.
  if changes ? 'limits' then
    delete from deadlines using jsonb_to_recordset(changes -> 'limits') as row (case_id uuid, running jsonb)
      where deadlines.case_id = row.case_id and not row.running ? (deadlines.clock || ' ' || deadlines.subject);
  end if;
  if changes ? 'deadlines' then
    insert into deadlines (
        case_id, clock, subject, applicant_id, authority, desk, owner, due_on, provisional, stopped, ring, ring_on
      )
      select case_id, clock, subject, applicant_id, authority, desk, owner, due_on, provisional, stopped, ring, ring_on
      from jsonb_to_recordset(changes -> 'deadlines') as row (
        case_id uuid, clock text, subject text, applicant_id uuid, authority text, desk text, owner text, due_on date,
        provisional boolean, stopped boolean, ring text, ring_on date
      )
      on conflict (case_id, clock, subject) do update set
          owner = excluded.owner,
          due_on = excluded.due_on,
          provisional = excluded.provisional,
          stopped = excluded.stopped,
          ring = excluded.ring,
          ring_on = excluded.ring_on,
          rung_at = null
        where (deadlines.owner, deadlines.due_on, deadlines.provisional, deadlines.stopped)
          is distinct from (excluded.owner, excluded.due_on, excluded.provisional, excluded.stopped);
  end if;

  if changes ? 'cases' then
    update case_desks set
        status = row.status,
        due_on = row.due_on,
        filed_on = row.filed_on,
        changed_at = row.changed_at
      from jsonb_to_recordset(changes -> 'cases') as row (
        case_id uuid, status text, due_on date, filed_on date, changed_at timestamptz
      )
      where case_desks.case_id = row.case_id;
  end if;

  if changes ? 'case_desks' then
    insert into case_desks (case_id, organization, service, status, due_on, filed_on, changed_at)
      select case_id, organization, service, status, due_on, filed_on, changed_at
      from jsonb_to_recordset(changes -> 'case_desks') as row (
        case_id uuid, organization text, service text, status text, due_on date, filed_on date, changed_at timestamptz
      )
      on conflict do nothing;
  end if;

  if changes ? 'case_evidence' then
    insert into case_evidence (case_id, type, sha256, name, given_on)
      select case_id, type, sha256, name, given_on
      from jsonb_to_recordset(changes -> 'case_evidence') as row (
        case_id uuid, type text, sha256 text, name text, given_on date
      )
      on conflict do nothing;
  end if;

  if changes ? 'new_filings' then
    insert into dossier_filings (
        dossier_id, step, attempt, case_id, park, service, filed_on, answers, evidence, status, outcome, created_at
      )
      select dossier_id, step, attempt, case_id, park, service, filed_on, answers, evidence, status, outcome, created_at
      from jsonb_to_recordset(changes -> 'new_filings') as row (
        dossier_id uuid, step text, attempt integer, case_id uuid, park text, service text, filed_on date,
        answers jsonb, evidence jsonb, status text, outcome text, created_at timestamptz
      );
  end if;

  if changes ? 'filings' then
    update dossier_filings set
        answers = row.answers,
        evidence = row.evidence,
        status = row.status,
        outcome = row.outcome
      from jsonb_to_recordset(changes -> 'filings') as row (
        case_id uuid, answers jsonb, evidence jsonb, status text, outcome text
      )
      where dossier_filings.case_id = row.case_id;
  end if;

  -- What a case tells its dossier; a value or paper that the dossier has already keeps its day.
  if changes ? 'told' then
    update dossiers set
        answers = dossiers.answers || row.answers,
        evidence = dossiers.evidence || row.evidence,
        version = dossiers.version + 1,
        changed_at = row.changed_at
      from (
        select
          told.dossier_id,
          max(told.changed_at) as changed_at,
          coalesce(jsonb_object_agg(entry.key, entry.value) filter (where entry.part = 'answers'), '{}') as answers,
          coalesce(jsonb_object_agg(entry.key, entry.value) filter (where entry.part = 'evidence'), '{}') as evidence
        from jsonb_to_recordset(changes -> 'told') as told (
          dossier_id uuid, answers jsonb, evidence jsonb, changed_at timestamptz
        )
        join dossiers held using (dossier_id)
        cross join lateral (
          select 'answers' as part, key, value
          from jsonb_each(told.answers)
          where held.answers -> key -> 'value' is distinct from value -> 'value'
          union all
          select 'evidence', key, value
          from jsonb_each(told.evidence)
          where held.evidence #> array[key, 'value', 'digest'] is distinct from value #> '{value,digest}'
        ) as entry
        group by told.dossier_id
      ) as row
      where dossiers.dossier_id = row.dossier_id;
  end if;

  if changes ? 'outputs' then
    insert into outputs (receipt_number, case_id, verification_code, statement, signature, issued_at)
      select receipt_number, case_id, verification_code, statement, signature, issued_at
      from jsonb_to_recordset(changes -> 'outputs') as row (
        receipt_number text, case_id uuid, verification_code text, statement jsonb, signature text, issued_at timestamptz
      );
  end if;

  if changes ? 'output_documents' then
    insert into output_documents (receipt_number, language, media_type, sha256)
      select receipt_number, language, media_type, sha256
      from jsonb_to_recordset(changes -> 'output_documents') as row (
        receipt_number text, language text, media_type text, sha256 text
      );
  end if;

  if changes ? 'audit_events' then
    insert into audit_events (
        audit_id, at, action, outcome, code, person_id, organization, role, subject_kind, subject_id, request_id, details
      )
      select
        audit_id, at, action, outcome, code, person_id, organization, role, subject_kind, subject_id, request_id, details
      from jsonb_to_recordset(changes -> 'audit_events') as row (
        audit_id uuid, at timestamptz, action text, outcome text, code text, person_id text, organization text, role text,
        subject_kind text, subject_id text, request_id text, details jsonb
      );
  end if;

  if changes ? 'idempotency_keys' then
    insert into idempotency_keys (scope, key, request_hash, status, response, created_at)
      select scope, key, request_hash, status, response::json, created_at
      from jsonb_to_recordset(changes -> 'idempotency_keys') as row (
        scope text, key text, request_hash text, status smallint, response text, created_at timestamptz
      )
      -- In one order everywhere, so that two processes that are sent the same requests never wait for each other.
      order by scope, key;
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION start_case_batch(scopes text[], keys text[], wanted uuid[], openings integer)
 RETURNS json
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
declare
  answers json;
  held json;
  numbers json;
begin
  if cardinality(keys) > 0 then
    select json_agg(json_build_object(
        'scope', scope, 'key', key, 'requestHash', request_hash, 'status', status, 'body', response
      ))
      into answers
      from unnest(scopes, keys) as asked (scope, key) join idempotency_keys using (scope, key);
  end if;
  if cardinality(wanted) > 0 then
    select json_agg(json_build_object(
        'row', json_build_object(
          'caseId', case_id, 'caseNumber', case_number, 'dossierId', dossier_id, 'applicantId', applicant_id,
          'applicantName', applicant_name, 'service', service, 'definitionHash', definition_hash,
          'authority', authority, 'language', language, 'status', status, 'outcome', outcome,
          'waitingFor', waiting_for, 'dueOn', due_on, 'dueProvisional', due_provisional,
          'applicantDueOn', applicant_due_on, 'assignee', assignee, 'openedOn', opened_on, 'filedOn', filed_on,
          'decidedOn', decided_on, 'receiptNumber', receipt_number, 'version', version
        ),
        'state', state
      ))
      into held
      -- In one order everywhere, so that two batches never wait for each other.
      from (select * from cases where case_id = any(wanted) order by case_id for update) as locked;
  end if;
  if openings > 0 then
    select json_agg(nextval('case_numbers')) into numbers from generate_series(1, openings);
  end if;
  return json_build_object('answers', answers, 'held', held, 'numbers', numbers);
end
$function$;

CREATE OR REPLACE FUNCTION uuid_from_instant(instant timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (rpad(lpad(to_hex((floor((EXTRACT(epoch FROM instant) * (1000)::numeric)))::bigint), 12, '0'::text), 32, '0'::text))::uuid;

CREATE OR REPLACE FUNCTION words_within_reach(words tsquery)
 RETURNS tsquery
 LANGUAGE sql
 STABLE
RETURN CASE reader_kind() WHEN 'authority'::text THEN (words && ((('''@'::text || translate(reader_organization(), '''\'::text, ''::text)) || ''''::text))::tsquery) WHEN 'oversight'::text THEN words ELSE NULL::tsquery END;

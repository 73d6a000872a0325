-- Generated from the migrations; a test holds it to them.

create table announced_keys (
  kid text not null,
  use text not null,
  announced_at timestamp with time zone not null,
  known_at timestamp with time zone,
  constraint announced_keys_pkey PRIMARY KEY (kid)
);

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
  applicant_park text,
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

create table crossing_agreements (
  agreement_id uuid not null,
  dossier_id uuid not null,
  step text not null,
  case_id uuid not null,
  to_park text not null,
  service text not null,
  definition_hash text not null,
  organization_id uuid not null,
  person_id text not null,
  fields jsonb not null,
  papers jsonb not null,
  digest text not null,
  language text not null,
  agreed_at timestamp with time zone not null,
  constraint crossing_agreements_pkey PRIMARY KEY (agreement_id)
) partition by range (agreement_id);
CREATE INDEX crossing_agreements_case_id_idx ON ONLY crossing_agreements USING btree (case_id);
CREATE INDEX crossing_agreements_dossier_id_idx ON ONLY crossing_agreements USING btree (dossier_id);
alter table crossing_agreements enable row level security;
create policy agreements_of_applicant on crossing_agreements for select to twinpark_app using (((( SELECT reader_kind() AS reader_kind) = 'applicant'::text) AND ((organization_id)::text = ( SELECT reader_organization() AS reader_organization))));
create policy all_for_node on crossing_agreements for all to twinpark_node using (true) with check (true);

create table crossing_papers (
  case_id uuid not null,
  sha256 text not null,
  constraint crossing_papers_pkey PRIMARY KEY (case_id, sha256)
);
CREATE INDEX crossing_papers_sha256_idx ON crossing_papers USING btree (sha256);

create table deadlines (
  case_id uuid not null,
  clock text not null,
  subject text not null default ''::text,
  applicant_id uuid not null,
  authority text,
  desk text,
  owner text not null,
  due_on date not null,
  provisional boolean not null,
  stopped boolean not null,
  ring text,
  ring_on date,
  rung_at timestamp with time zone,
  constraint deadlines_pkey PRIMARY KEY (case_id, clock, subject),
  constraint deadlines_check CHECK (((ring IS NULL) = (ring_on IS NULL))),
  constraint deadlines_check1 CHECK (((authority IS NULL) = (desk IS NULL))),
  constraint deadlines_check2 CHECK (((authority IS NOT NULL) OR (owner = 'applicant'::text))),
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
    WHEN 'oversight'::text THEN (authority IS NOT NULL)
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
create policy files_of_fetched_documents on evidence_files for select to twinpark_app using ((EXISTS ( SELECT
   FROM fetches f
  WHERE ((f.sha256 = evidence_files.sha256) AND (f.fetched_at IS NOT NULL)))));
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

create table fetches (
  case_id uuid not null,
  sha256 text not null,
  kind text not null,
  size_bytes bigint not null,
  media_type text not null,
  receipt_number text,
  language text,
  requested_at timestamp with time zone not null,
  fetched_at timestamp with time zone,
  problem jsonb,
  constraint fetches_pkey PRIMARY KEY (case_id, sha256),
  constraint fetches_kind_check CHECK ((kind = ANY (ARRAY['paper'::text, 'document'::text]))),
  constraint fetches_size_bytes_check CHECK ((size_bytes >= 0))
);
CREATE INDEX fetches_open ON fetches USING btree (requested_at, case_id, sha256) WHERE (fetched_at IS NULL);
CREATE INDEX fetches_sha256_idx ON fetches USING btree (sha256);
alter table fetches enable row level security;
create policy all_for_node on fetches for all to twinpark_node using (true) with check (true);
create policy documents_of_own_cases on fetches for select to twinpark_app using (((kind = 'document'::text) AND (EXISTS ( SELECT
   FROM peer_cases c
  WHERE (c.case_id = fetches.case_id)))));
create policy papers_of_readable_cases on fetches for select to twinpark_app using (((kind = 'paper'::text) AND (EXISTS ( SELECT
   FROM cases c
  WHERE (c.case_id = fetches.case_id)))));

create table gateway_nonces (
  nonce text not null,
  expires_at timestamp with time zone not null,
  constraint gateway_nonces_pkey PRIMARY KEY (nonce)
);
CREATE INDEX gateway_nonces_expires_at_idx ON gateway_nonces USING btree (expires_at);

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

create table inbox_messages (
  message_id uuid not null,
  stream text not null,
  position integer not null,
  type text not null,
  subject uuid,
  data jsonb,
  sent_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  digest text not null,
  entry_id uuid not null,
  constraint inbox_messages_stream_position_key UNIQUE (stream, "position"),
  constraint inbox_messages_pkey PRIMARY KEY (message_id),
  constraint inbox_messages_stream_fkey FOREIGN KEY (stream) REFERENCES inbox_streams(stream),
  constraint inbox_messages_position_check CHECK (("position" > 0))
);
CREATE INDEX inbox_messages_by_time ON inbox_messages USING btree (received_at, message_id);
CREATE INDEX inbox_messages_of_subject ON inbox_messages USING btree (subject, received_at);
CREATE INDEX inbox_messages_to_empty ON inbox_messages USING btree (received_at) WHERE (data IS NOT NULL);
alter table inbox_messages enable row level security;
create policy all_for_node on inbox_messages for all to twinpark_node using (true) with check (true);

create table inbox_streams (
  stream text not null,
  last_position integer not null,
  constraint inbox_streams_pkey PRIMARY KEY (stream),
  constraint inbox_streams_last_position_check CHECK ((last_position >= 0))
);

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

create table joint_words (
  dossier_id uuid not null,
  panel text not null,
  to_authority text not null,
  from_authority text not null,
  case_id uuid not null,
  facts jsonb not null default '{}'::jsonb,
  answer text,
  conditions jsonb not null default '[]'::jsonb,
  said_on date,
  heard_by uuid,
  ended boolean not null default false,
  changed_at timestamp with time zone not null,
  constraint joint_words_pkey PRIMARY KEY (dossier_id, panel)
);
alter table joint_words enable row level security;
create policy all_for_node on joint_words for all to twinpark_node using (true) with check (true);
create policy words_for_panel on joint_words for select to twinpark_app using (
CASE ( SELECT reader_kind() AS reader_kind)
    WHEN 'authority'::text THEN (to_authority = ( SELECT reader_organization() AS reader_organization))
    WHEN 'oversight'::text THEN true
    ELSE false
END);

create table log_checkpoints (
  size bigint not null,
  note text not null,
  signed_at timestamp with time zone not null,
  constraint log_checkpoints_pkey PRIMARY KEY (size),
  constraint log_checkpoints_size_check CHECK ((size >= 0))
);

create table log_cosignatures (
  size bigint not null,
  witness text not null,
  line text not null,
  cosigned_at timestamp with time zone not null,
  constraint log_cosignatures_pkey PRIMARY KEY (size, witness),
  constraint log_cosignatures_size_fkey FOREIGN KEY (size) REFERENCES log_checkpoints(size) ON DELETE CASCADE
);

create table log_entries (
  log_index bigint not null,
  entry_id uuid not null,
  commitment bytea not null,
  logged_at timestamp with time zone not null,
  constraint log_entries_entry_id_key UNIQUE (entry_id),
  constraint log_entries_pkey PRIMARY KEY (log_index),
  constraint log_entries_commitment_check CHECK ((octet_length(commitment) = 32)),
  constraint log_entries_log_index_check CHECK ((log_index >= 0))
);

create table log_head (
  one boolean not null default true,
  size bigint not null,
  root bytea not null,
  constraint log_head_pkey PRIMARY KEY (one),
  constraint log_head_one_check CHECK (one),
  constraint log_head_root_check CHECK ((octet_length(root) = 32)),
  constraint log_head_size_check CHECK ((size >= 0))
);

create table log_pending (
  entry_id uuid not null,
  commitment bytea not null,
  constraint log_pending_pkey PRIMARY KEY (entry_id),
  constraint log_pending_commitment_check CHECK ((octet_length(commitment) = 32))
);

create table log_statements (
  entry_id uuid not null,
  subject uuid,
  statement jsonb not null,
  salt bytea not null,
  constraint log_statements_pkey PRIMARY KEY (entry_id),
  constraint log_statements_salt_check CHECK ((octet_length(salt) = 32))
) partition by range (entry_id);
CREATE INDEX log_statements_subject_entry_id_idx ON ONLY log_statements USING btree (subject, entry_id) WHERE (subject IS NOT NULL);
alter table log_statements enable row level security;
create policy all_for_node on log_statements for all to twinpark_node using (true) with check (true);
create policy statements_of_reader on log_statements for select to twinpark_app using (
CASE (statement ->> 'format'::text)
    WHEN 'twinpark-act/1'::text THEN ( SELECT true
       FROM cases c
      WHERE (c.case_id = log_statements.subject))
    WHEN 'twinpark-erasure/1'::text THEN (( SELECT reader_kind() AS reader_kind) = 'oversight'::text)
    ELSE
    CASE ( SELECT reader_kind() AS reader_kind)
        WHEN 'oversight'::text THEN true
        WHEN 'applicant'::text THEN (EXISTS ( SELECT
           FROM ( SELECT
                        CASE (log_statements.statement ->> 'format'::text)
                            WHEN 'twinpark-message/1'::text THEN case_of_message(((log_statements.statement ->> 'messageId'::text))::uuid)
                            ELSE ((log_statements.statement ->> 'caseId'::text))::uuid
                        END AS case_id) about
          WHERE ((EXISTS ( SELECT
                   FROM cases c
                  WHERE (c.case_id = about.case_id))) OR (EXISTS ( SELECT
                   FROM peer_cases c
                  WHERE (c.case_id = about.case_id))))))
        ELSE false
    END
END);

create table log_tiles (
  level smallint not null,
  tile bigint not null,
  width smallint not null,
  hashes bytea not null,
  constraint log_tiles_pkey PRIMARY KEY (level, tile),
  constraint log_tiles_check CHECK ((octet_length(hashes) = (width * 32))),
  constraint log_tiles_level_check CHECK (((level >= 0) AND (level <= 5))),
  constraint log_tiles_tile_check CHECK ((tile >= 0)),
  constraint log_tiles_width_check CHECK (((width >= 1) AND (width <= 256)))
);

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
create policy own_notifications on notifications for select to twinpark_app using (((( SELECT reader_kind() AS reader_kind) = ANY (ARRAY['applicant'::text, 'authority'::text])) AND (recipient = ( SELECT reader_organization() AS reader_organization)) AND (( SELECT true
   FROM cases c
  WHERE (c.case_id = notifications.case_id)) OR ( SELECT true
   FROM peer_cases c
  WHERE (c.case_id = notifications.case_id)))));

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

create table outbox_messages (
  message_id uuid not null,
  stream text not null,
  position integer not null,
  type text not null,
  subject uuid,
  data jsonb,
  created_at timestamp with time zone not null,
  status text not null default 'waiting'::text,
  attempts integer not null default 0,
  last_attempt_at timestamp with time zone,
  problem jsonb,
  settled_at timestamp with time zone,
  digest text,
  entry_id uuid,
  receipt jsonb,
  constraint outbox_messages_pkey PRIMARY KEY (message_id),
  constraint outbox_messages_stream_fkey FOREIGN KEY (stream) REFERENCES outbox_streams(stream),
  constraint outbox_messages_position_check CHECK (("position" > 0)),
  constraint outbox_messages_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'stuck'::text, 'delivered'::text, 'replaced'::text])))
);
CREATE INDEX outbox_messages_by_time ON outbox_messages USING btree (created_at, message_id);
CREATE UNIQUE INDEX outbox_messages_in_place ON outbox_messages USING btree (stream, "position") WHERE (status <> 'replaced'::text);
CREATE INDEX outbox_messages_of_subject ON outbox_messages USING btree (subject, created_at);
CREATE INDEX outbox_messages_stuck ON outbox_messages USING btree (created_at, message_id) WHERE (status = 'stuck'::text);
CREATE INDEX outbox_messages_to_empty ON outbox_messages USING btree (settled_at) WHERE ((data IS NOT NULL) AND (settled_at IS NOT NULL));
CREATE INDEX outbox_messages_unsettled ON outbox_messages USING btree (stream, "position") WHERE (status = ANY (ARRAY['waiting'::text, 'stuck'::text]));
alter table outbox_messages enable row level security;
create policy all_for_node on outbox_messages for all to twinpark_node using (true) with check (true);

create table outbox_streams (
  stream text not null,
  last_position integer not null default 0,
  due_at timestamp with time zone,
  leased_until timestamp with time zone,
  constraint outbox_streams_pkey PRIMARY KEY (stream),
  constraint outbox_streams_last_position_check CHECK ((last_position >= 0))
);
CREATE INDEX outbox_streams_due ON outbox_streams USING btree (due_at) WHERE (due_at IS NOT NULL);

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

create table peer_case_events (
  case_id uuid not null,
  version integer not null,
  type text not null,
  occurred_on date not null,
  occurred_at timestamp with time zone not null,
  event jsonb not null,
  constraint peer_case_events_pkey PRIMARY KEY (case_id, version),
  constraint peer_case_events_version_check CHECK ((version > 0))
) partition by range (case_id);
alter table peer_case_events enable row level security;
create policy all_for_node on peer_case_events for all to twinpark_node using (true) with check (true);
create policy events_of_own_cases on peer_case_events for select to twinpark_app using ((EXISTS ( SELECT
   FROM peer_cases c
  WHERE (c.case_id = peer_case_events.case_id))));

create table peer_cases (
  case_id uuid not null,
  dossier_id uuid not null,
  step text not null,
  park text not null,
  applicant_id uuid not null,
  applicant_name text not null,
  service text not null,
  definition_hash text not null,
  authority text not null,
  language text not null,
  case_number text,
  status text not null,
  outcome text,
  waiting_for text not null,
  due_on date,
  due_provisional boolean not null default false,
  applicant_due_on date,
  opened_on date not null,
  filed_on date,
  decided_on date,
  receipt_number text,
  version integer not null default 0,
  state jsonb not null,
  deadlines jsonb not null default '[]'::jsonb,
  act jsonb not null,
  search tsvector not null,
  changed_at timestamp with time zone not null,
  constraint peer_cases_pkey PRIMARY KEY (case_id),
  constraint peer_cases_applicant_id_fkey FOREIGN KEY (applicant_id) REFERENCES organizations(organization_id),
  constraint peer_cases_definition_hash_fkey FOREIGN KEY (definition_hash) REFERENCES definitions(hash),
  constraint peer_cases_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossiers(dossier_id),
  constraint peer_cases_waiting_for_check CHECK ((waiting_for = ANY (ARRAY['applicant'::text, 'authority'::text, 'procedure'::text, 'remedyBody'::text, 'nobody'::text])))
);
CREATE INDEX peer_cases_applicant_id_changed_at_case_id_idx ON peer_cases USING btree (applicant_id, changed_at, case_id);
CREATE INDEX peer_cases_dossier_id_idx ON peer_cases USING btree (dossier_id);
alter table peer_cases enable row level security;
create policy all_for_node on peer_cases for all to twinpark_node using (true) with check (true);
create policy cases_of_applicant on peer_cases for select to twinpark_app using (((( SELECT reader_kind() AS reader_kind) = 'applicant'::text) AND ((applicant_id)::text = ( SELECT reader_organization() AS reader_organization))));

create table peer_keys (
  kid text not null,
  use text not null,
  name text not null,
  x text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  announced_at timestamp with time zone not null,
  constraint peer_keys_pkey PRIMARY KEY (kid),
  constraint peer_keys_use_check CHECK ((use = ANY (ARRAY['documents'::text, 'gateway'::text, 'log'::text, 'witness'::text])))
);

create table peer_link (
  one boolean not null default true,
  last_contact_at timestamp with time zone,
  failing_since timestamp with time zone,
  attempts integer not null default 0,
  problem jsonb,
  next_attempt_at timestamp with time zone,
  protocol integer,
  constraint peer_link_pkey PRIMARY KEY (one),
  constraint peer_link_one_check CHECK (one)
);

create table peer_outputs (
  receipt_number text not null,
  case_id uuid not null,
  statement jsonb not null,
  signature text not null,
  verification_url text not null,
  issued_at timestamp with time zone not null,
  constraint peer_outputs_pkey PRIMARY KEY (receipt_number),
  constraint peer_outputs_case_id_fkey FOREIGN KEY (case_id) REFERENCES peer_cases(case_id)
);
CREATE INDEX peer_outputs_case_id_issued_at_idx ON peer_outputs USING btree (case_id, issued_at);
alter table peer_outputs enable row level security;
create policy all_for_node on peer_outputs for all to twinpark_node using (true) with check (true);
create policy outputs_of_own_cases on peer_outputs for select to twinpark_app using ((EXISTS ( SELECT
   FROM peer_cases c
  WHERE (c.case_id = peer_outputs.case_id))));

create table witnessed_logs (
  origin text not null,
  size bigint not null,
  root bytea not null,
  checkpoint text not null,
  cosigned_at timestamp with time zone not null,
  constraint witnessed_logs_pkey PRIMARY KEY (origin),
  constraint witnessed_logs_root_check CHECK ((octet_length(root) = 32)),
  constraint witnessed_logs_size_check CHECK ((size >= 0))
);

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

CREATE OR REPLACE FUNCTION case_of_message(wanted uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT outbox_messages.subject
    FROM outbox_messages
   WHERE (outbox_messages.message_id = case_of_message.wanted)
 UNION ALL
  SELECT inbox_messages.subject
    FROM inbox_messages
   WHERE (inbox_messages.message_id = case_of_message.wanted)
 LIMIT 1;
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

CREATE OR REPLACE FUNCTION cases_under_way(asked uuid)
 RETURNS TABLE(case_number text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(c.case_number, (c.case_id)::text) AS "coalesce"
    FROM cases c
   WHERE ((c.applicant_id = cases_under_way.asked) AND (c.waiting_for <> 'nobody'::text) AND (c.status <> 'draft'::text))
 UNION ALL
  SELECT COALESCE(p.case_number, (p.case_id)::text) AS "coalesce"
    FROM peer_cases p
   WHERE ((p.applicant_id = cases_under_way.asked) AND (((p.act ->> 'answer'::text) IS NULL) OR ((p.waiting_for <> 'nobody'::text) AND (p.status <> 'draft'::text))));
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

CREATE OR REPLACE FUNCTION erase_organization(erased uuid)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  own_cases uuid[];
  own_dossiers uuid[];
  own_streams text[];
  own_messages uuid[];
  own_people text[];
  own_addresses text[];
  -- Every id by which the organisation could be found again.
  ids text[];
  entries bigint;
begin
  -- Whoever is about to file or to act for it goes first, or finds nothing any more.
  perform from organizations where organization_id = erased for update;
  perform from cases where applicant_id = erased order by case_id for update;
  perform from peer_cases where applicant_id = erased order by case_id for update;
  if exists (select from cases_under_way(erased)) then
    raise exception 'Something of the organisation is under way' using errcode = 'object_in_use';
  end if;

  own_dossiers := array(select dossier_id from dossiers where organization_id = erased);
  own_cases := array(
    select case_id from cases where applicant_id = erased
    union select case_id from peer_cases where applicant_id = erased
  );
  own_dossiers := array(
    select unnest(own_dossiers) union select dossier_id from cases where case_id = any(own_cases) and dossier_id is not null
  );
  own_streams := array(select 'dossier-' || id from unnest(own_dossiers) as id);
  own_messages := array(
    select message_id from outbox_messages where stream = any(own_streams)
    union select message_id from inbox_messages where stream = any(own_streams)
  );
  -- Who acts for somebody else, too, stays.
  own_people := array(
    select m.person_id from memberships m
    where m.organization_id = erased
      and not exists (
        select from memberships o where o.person_id = m.person_id and o.organization_id <> m.organization_id
      )
  );
  own_addresses := array(select email from auth_users where id = any(own_people));
  ids := array[erased::text] || own_people || array(
    select id::text from unnest(own_cases || own_dossiers || own_messages) as id
    union select evidence_id::text from evidence where organization_id = erased
    union select upload_id::text from evidence_uploads where organization_id = erased
    union select agreement_id::text from crossing_agreements where organization_id = erased
    union select notification_id::text from notifications where recipient = erased::text
    union select invitation_id::text from invitations where organization_id = erased
    union select receipt_number from outputs where case_id = any(own_cases)
    union select receipt_number from peer_outputs where case_id = any(own_cases)
  );

  with gone as (
    delete from log_statements
    where subject = any(own_cases || own_dossiers || own_messages)
      or entry_id in (
        select entry_id from outbox_messages where message_id = any(own_messages)
        union select entry_id from inbox_messages where message_id = any(own_messages)
      )
    returning 1
  )
  select count(*) into entries from gone;

  delete from fetches where case_id = any(own_cases);
  delete from joint_words where dossier_id = any(own_dossiers) or case_id = any(own_cases);
  delete from peer_outputs where case_id = any(own_cases);
  delete from peer_case_events where case_id = any(own_cases);
  delete from peer_cases where case_id = any(own_cases);
  delete from crossing_papers where case_id = any(own_cases);
  delete from crossing_agreements where organization_id = erased or case_id = any(own_cases);
  delete from outbox_messages where stream = any(own_streams);
  delete from outbox_streams where stream = any(own_streams);
  delete from inbox_messages where stream = any(own_streams);
  delete from inbox_streams where stream = any(own_streams);

  delete from notifications where case_id = any(own_cases) or recipient = erased::text;
  delete from output_documents where receipt_number in (select receipt_number from outputs where case_id = any(own_cases));
  delete from outputs where case_id = any(own_cases);
  delete from case_evidence where case_id = any(own_cases);
  delete from case_desks where case_id = any(own_cases);
  delete from deadlines where case_id = any(own_cases);
  delete from case_events where case_id = any(own_cases);
  delete from cases where case_id = any(own_cases);
  delete from evidence_uploads where organization_id = erased;
  delete from evidence where organization_id = erased;
  delete from dossier_filings where dossier_id = any(own_dossiers);
  delete from dossiers where dossier_id = any(own_dossiers);

  delete from invitations where organization_id = erased or email = any(own_addresses);
  delete from memberships where organization_id = erased;
  update auth_sessions set acting_organization_id = null where acting_organization_id = erased;
  delete from auth_verifications v
    where v.identifier = any(own_addresses || own_people)
      or exists (
        select from unnest(own_addresses || own_people) as known where position(known in v.identifier || ' ' || v.value) > 0
      );
  delete from auth_users where id = any(own_people);
  delete from organizations where organization_id = erased;

  -- Answers that are kept for repetitions, the organisation's own and those to officers on its cases.
  delete from idempotency_keys k
    where right(k.scope, 36) = erased::text
      or exists (select from unnest(own_people) as known where starts_with(k.scope, known || ' '))
      or exists (
        select from regexp_matches(k.response::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') as named (parts)
        where named.parts[1] = any(ids)
      );
  delete from pgboss.job j
    where exists (select from jsonb_each_text(j.data) as datum where datum.value = any(ids));

  -- That something was done stays on record; by whom and to what does not.
  update audit_events a set
      person_id = case when a.person_id = any(own_people) then null else a.person_id end,
      organization = case when a.organization = erased::text then null else a.organization end,
      subject_id = case when a.subject_id = any(ids) then null else a.subject_id end,
      details = (
        select coalesce(jsonb_object_agg(key, value), '{}')
        from jsonb_each(a.details)
        where (value #>> '{}') is null or (value #>> '{}') <> all(ids)
      )
    where a.person_id = any(own_people)
      or a.organization = erased::text
      or a.subject_id = any(ids)
      or exists (select from jsonb_each_text(a.details) as detail where detail.value = any(ids));

  return json_build_object(
    'cases', cardinality(own_cases), 'dossiers', cardinality(own_dossiers), 'people', cardinality(own_people),
    'entries', entries
  );
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
        case_id, case_number, dossier_id, applicant_id, applicant_name, applicant_park, service, definition_hash,
        authority, language, status, outcome, waiting_for, due_on, due_provisional, applicant_due_on, assignee,
        opened_on, filed_on, decided_on, receipt_number, version, state, search, changed_at
      )
      select
        case_id, case_number, dossier_id, applicant_id, applicant_name, applicant_park, service, definition_hash,
        authority, language, status, outcome, waiting_for, due_on, due_provisional, applicant_due_on, assignee,
        opened_on, filed_on, decided_on, receipt_number, version, state, search::tsvector, changed_at
      from jsonb_to_recordset(changes -> 'new_cases') as row (
        case_id uuid, case_number text, dossier_id uuid, applicant_id uuid, applicant_name text, applicant_park text,
        service text, definition_hash text, authority text, language text, status text, outcome text, waiting_for text, due_on date,
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

  if changes ? 'log_statements' then
    insert into log_statements (entry_id, subject, statement, salt)
      select entry_id, subject, statement, decode(salt, 'base64')
      from jsonb_to_recordset(changes -> 'log_statements') as row (
        entry_id uuid, subject uuid, statement jsonb, salt text
      );
    insert into log_pending (entry_id, commitment)
      select entry_id, decode(commitment, 'base64')
      from jsonb_to_recordset(changes -> 'log_statements') as row (entry_id uuid, commitment text);
  end if;

  if changes ? 'crossing_agreements' then
    insert into crossing_agreements (
        agreement_id, dossier_id, step, case_id, to_park, service, definition_hash, organization_id, person_id, fields,
        papers, digest, language, agreed_at
      )
      select
        agreement_id, dossier_id, step, case_id, to_park, service, definition_hash, organization_id, person_id, fields,
        papers, digest, language, agreed_at
      from jsonb_to_recordset(changes -> 'crossing_agreements') as row (
        agreement_id uuid, dossier_id uuid, step text, case_id uuid, to_park text, service text, definition_hash text,
        organization_id uuid, person_id text, fields jsonb, papers jsonb, digest text, language text,
        agreed_at timestamptz
      );
  end if;

  if changes ? 'outbox_messages' then
    perform send_to_peer(changes -> 'outbox_messages');
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

CREATE OR REPLACE FUNCTION send_to_peer(messages jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  -- In one order everywhere, so that two transactions never wait for each other; the row stays locked to the end, so
  -- that positions are taken in the order in which transactions are done.
  insert into outbox_streams (stream, last_position)
    select stream, 0
    from (select distinct message ->> 'stream' as stream from jsonb_array_elements(messages) as message) as named
    order by stream
    on conflict do nothing;
  perform from outbox_streams
    where stream in (select message ->> 'stream' from jsonb_array_elements(messages) as message)
    order by stream
    for no key update;
  insert into outbox_messages (message_id, stream, position, type, subject, data, created_at)
    select
      (message ->> 'message_id')::uuid,
      message ->> 'stream',
      held.last_position + row_number() over (partition by message ->> 'stream' order by place),
      message ->> 'type',
      (message ->> 'subject')::uuid,
      message -> 'data',
      (message ->> 'created_at')::timestamptz
    from jsonb_array_elements(messages) with ordinality as listed (message, place)
    join outbox_streams held on held.stream = message ->> 'stream';
  update outbox_streams held set
      last_position = held.last_position + added.count,
      -- A stream that waits for the other park, or that a refused message holds up, keeps waiting.
      due_at = case
        when exists (
          select from outbox_messages m
          where m.stream = held.stream and m.position <= held.last_position and m.status in ('waiting', 'stuck')
        ) then held.due_at
        else added.at
      end
    from (
      select message ->> 'stream' as stream, count(*)::integer as count, min((message ->> 'created_at')::timestamptz) as at
      from jsonb_array_elements(messages) as message
      group by 1
    ) as added
    where held.stream = added.stream;
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
  of_dossiers uuid[];
  any_foreign boolean;
  words json;
  on_their_way json;
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
          'applicantName', applicant_name, 'applicantPark', applicant_park, 'service', service, 'definitionHash', definition_hash,
          'authority', authority, 'language', language, 'status', status, 'outcome', outcome,
          'waitingFor', waiting_for, 'dueOn', due_on, 'dueProvisional', due_provisional,
          'applicantDueOn', applicant_due_on, 'assignee', assignee, 'openedOn', opened_on, 'filedOn', filed_on,
          'decidedOn', decided_on, 'receiptNumber', receipt_number, 'version', version
        ),
        'state', state
      )), array_agg(dossier_id) filter (where dossier_id is not null), bool_or(applicant_park is not null)
      into held, of_dossiers, any_foreign
      -- In one order everywhere, so that two batches never wait for each other.
      from (select * from cases where case_id = any(wanted) order by case_id for update) as locked;
  end if;
  -- What the other side has told of its part in joint steps.
  if of_dossiers is not null then
    select json_agg(json_build_object(
        'dossierId', dossier_id, 'panel', panel, 'toAuthority', to_authority, 'facts', facts, 'answer', answer,
        'conditions', conditions, 'saidOn', said_on, 'heardBy', heard_by, 'ended', ended
      ))
      into words
      from joint_words where dossier_id = any(of_dossiers);
  end if;
  -- Papers of which the other park has not sent the bytes yet.
  if any_foreign then
    select json_agg(json_build_object('caseId', case_id, 'sha256', sha256))
      into on_their_way
      from fetches where case_id = any(wanted) and fetched_at is null;
  end if;
  if openings > 0 then
    select json_agg(nextval('case_numbers')) into numbers from generate_series(1, openings);
  end if;
  return json_build_object(
    'answers', answers, 'held', held, 'numbers', numbers, 'words', words, 'onTheirWay', on_their_way
  );
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

-- The gateway: what goes to the other park and what comes from it.
-- Running nodes: may keep going.

-- A stream is an order of messages in one direction: those of a dossier, or those between the nodes themselves.
create table outbox_streams (
  stream text primary key,
  last_position integer not null default 0 check (last_position >= 0),
  -- When to send next; null while nothing waits, and while a refused message holds the stream up.
  due_at timestamptz,
  -- A process that sends has the stream to itself until then.
  leased_until timestamptz
);
create index outbox_streams_due on outbox_streams (due_at) where due_at is not null;

create table outbox_messages (
  message_id uuid primary key,
  stream text not null references outbox_streams,
  position integer not null check (position > 0),
  type text not null,
  subject uuid,
  -- Emptied when the time to keep it is over.
  data jsonb,
  created_at timestamptz not null,
  -- `waiting`, `stuck` when the other park refused it, `delivered`; `replaced` when it was settled by hand.
  status text not null default 'waiting' check (status in ('waiting', 'stuck', 'delivered', 'replaced')),
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  -- Problem code and facts of the last attempt; null after a success.
  problem jsonb,
  settled_at timestamptz,
  -- SHA-256 of the message as it went out, in canonical JSON.
  digest text,
  -- This park's own log entry of it, made before it first goes out, and the receipt of the other park.
  entry_id uuid,
  receipt jsonb
);
-- A message that was settled by hand leaves its place to one that says nothing.
create unique index outbox_messages_in_place on outbox_messages (stream, position) where status <> 'replaced';
create index outbox_messages_unsettled on outbox_messages (stream, position) where status in ('waiting', 'stuck');
create index outbox_messages_by_time on outbox_messages (created_at, message_id);
create index outbox_messages_stuck on outbox_messages (created_at, message_id) where status = 'stuck';
create index outbox_messages_of_subject on outbox_messages (subject, created_at);
create index outbox_messages_to_empty on outbox_messages (settled_at) where data is not null and settled_at is not null;

-- One row: how the other park is reached at the moment.
create table peer_link (
  one boolean primary key default true check (one),
  last_contact_at timestamptz,
  -- Null while it answers; then since when it does not, why, and when it is tried next.
  failing_since timestamptz,
  attempts integer not null default 0,
  problem jsonb,
  next_attempt_at timestamptz,
  protocol integer
);
insert into peer_link default values;

create table inbox_streams (
  stream text primary key,
  last_position integer not null check (last_position >= 0)
);

create table inbox_messages (
  message_id uuid primary key,
  stream text not null references inbox_streams,
  position integer not null check (position > 0),
  type text not null,
  subject uuid,
  data jsonb,
  sent_at timestamptz not null,
  received_at timestamptz not null,
  digest text not null,
  entry_id uuid not null,
  unique (stream, position)
);
comment on table inbox_messages is 'Every message that was taken, once, in the transaction of its effect.';
create index inbox_messages_by_time on inbox_messages (received_at, message_id);
create index inbox_messages_of_subject on inbox_messages (subject, received_at);
create index inbox_messages_to_empty on inbox_messages (received_at) where data is not null;

-- Nonces of signed requests that were acted on, as long as their signature would still be taken.
create table gateway_nonces (
  nonce text primary key,
  expires_at timestamptz not null
);
create index on gateway_nonces (expires_at);

-- Keys of the other park that it has announced through the gateway, besides those of its card.
create table peer_keys (
  kid text primary key,
  use text not null check (use in ('documents', 'gateway', 'log', 'witness')),
  name text not null,
  x text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  announced_at timestamptz not null
);

-- Keys of this park that the other park knows: only with these it signs what goes there.
create table announced_keys (
  kid text primary key,
  use text not null,
  announced_at timestamptz not null,
  -- Null until the other park has taken the announcement.
  known_at timestamptz
);

-- What an applicant has agreed may cross, to the letter of the preview. Rows are only ever added.
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
  -- Facts and papers by name and digest; the values are in the message.
  fields jsonb not null,
  papers jsonb not null,
  -- SHA-256 of the canonical JSON of all that crosses, as the preview showed it.
  digest text not null,
  language text not null,
  agreed_at timestamptz not null,
  primary key (agreement_id)
) partition by range (agreement_id);
create index on crossing_agreements (case_id);
create index on crossing_agreements (dossier_id);
insert into monthly_tables values ('crossing_agreements');

-- Papers whose bytes the other park may fetch for a case.
create table crossing_papers (
  case_id uuid not null,
  sha256 text not null,
  primary key (case_id, sha256)
);
create index on crossing_papers (sha256);

-- What the other park has told of cases that were filed there from dossiers kept here.
create table peer_cases (
  case_id uuid primary key,
  dossier_id uuid not null references dossiers,
  step text not null,
  park text not null,
  applicant_id uuid not null references organizations,
  applicant_name text not null,
  service text not null,
  definition_hash text not null references definitions (hash),
  authority text not null,
  language text not null,
  -- Null until the other park has answered the filing.
  case_number text,
  status text not null,
  outcome text,
  waiting_for text not null check (waiting_for in ('applicant', 'authority', 'procedure', 'remedyBody', 'nobody')),
  due_on date,
  due_provisional boolean not null default false,
  applicant_due_on date,
  opened_on date not null,
  filed_on date,
  decided_on date,
  receipt_number text,
  version integer not null default 0,
  -- The kernel's state of the case by the events that were told; before the first a draft of what was sent.
  state jsonb not null,
  -- Limits as the deciding park counts them.
  deadlines jsonb not null default '[]',
  -- The applicant's newest act: the message it went out in, and what the other park said to it.
  act jsonb not null,
  -- Words of the case, as in `cases`.
  search tsvector not null,
  changed_at timestamptz not null
);
create index on peer_cases (dossier_id);
create index on peer_cases (applicant_id, changed_at, case_id);

create table peer_case_events (
  case_id uuid not null,
  version integer not null check (version > 0),
  type text not null,
  occurred_on date not null,
  occurred_at timestamptz not null,
  event jsonb not null,
  primary key (case_id, version)
) partition by range (case_id);
insert into monthly_tables values ('peer_case_events');

create table peer_outputs (
  receipt_number text primary key,
  case_id uuid not null references peer_cases,
  statement jsonb not null,
  signature text not null,
  verification_url text not null,
  issued_at timestamptz not null
);
create index on peer_outputs (case_id, issued_at);

-- Files of the other side that are still to be fetched: papers of a filing, pages of an output.
create table fetches (
  case_id uuid not null,
  sha256 text not null,
  kind text not null check (kind in ('paper', 'document')),
  size_bytes bigint not null check (size_bytes >= 0),
  media_type text not null,
  -- For a document: which pages of which output they are.
  receipt_number text,
  language text,
  requested_at timestamptz not null,
  fetched_at timestamptz,
  problem jsonb,
  primary key (case_id, sha256)
);
create index on fetches (sha256);
create index fetches_open on fetches (requested_at, case_id, sha256) where fetched_at is null;

-- What the other side shares and has said in a joint step, by the dossier that both cases come from.
create table joint_words (
  dossier_id uuid not null,
  panel text not null,
  -- The authority on this side whose panel it is meant for.
  to_authority text not null,
  from_authority text not null,
  -- The other side's case.
  case_id uuid not null,
  facts jsonb not null default '{}',
  answer text,
  conditions jsonb not null default '[]',
  said_on date,
  -- The case on this side that has heard the answer.
  heard_by uuid,
  -- Set when the other side's case ended without a grant: its word is then no longer for a new case here.
  ended boolean not null default false,
  changed_at timestamptz not null,
  primary key (dossier_id, panel)
);

grant select, update on peer_link to twinpark_node;
grant select, insert, update on outbox_streams, inbox_streams, announced_keys, peer_keys, peer_cases, joint_words,
  fetches, outbox_messages, inbox_messages to twinpark_node;
grant select, insert on crossing_agreements, crossing_papers, peer_case_events, peer_outputs to twinpark_node;
grant select, insert, delete on gateway_nonces to twinpark_node;

alter table crossing_agreements enable row level security;
alter table peer_cases enable row level security;
alter table peer_case_events enable row level security;
alter table peer_outputs enable row level security;
alter table fetches enable row level security;
alter table joint_words enable row level security;
alter table outbox_messages enable row level security;
alter table inbox_messages enable row level security;
create policy all_for_node on crossing_agreements for all to twinpark_node using (true) with check (true);
create policy all_for_node on peer_cases for all to twinpark_node using (true) with check (true);
create policy all_for_node on peer_case_events for all to twinpark_node using (true) with check (true);
create policy all_for_node on peer_outputs for all to twinpark_node using (true) with check (true);
create policy all_for_node on fetches for all to twinpark_node using (true) with check (true);
create policy all_for_node on joint_words for all to twinpark_node using (true) with check (true);
create policy all_for_node on outbox_messages for all to twinpark_node using (true) with check (true);
create policy all_for_node on inbox_messages for all to twinpark_node using (true) with check (true);

-- What an applicant was told of its cases on the other side is the applicant's own; nobody in office here reads it.
create policy agreements_of_applicant on crossing_agreements for select to twinpark_app
  using ((select reader_kind()) = 'applicant' and organization_id::text = (select reader_organization()));
create policy cases_of_applicant on peer_cases for select to twinpark_app
  using ((select reader_kind()) = 'applicant' and applicant_id::text = (select reader_organization()));
create policy events_of_own_cases on peer_case_events for select to twinpark_app
  using (exists (select from peer_cases c where c.case_id = peer_case_events.case_id));
create policy outputs_of_own_cases on peer_outputs for select to twinpark_app
  using (exists (select from peer_cases c where c.case_id = peer_outputs.case_id));
create policy documents_of_own_cases on fetches for select to twinpark_app
  using (kind = 'document' and exists (select from peer_cases c where c.case_id = fetches.case_id));
create policy files_of_fetched_documents on evidence_files for select to twinpark_app
  using (exists (select from fetches f where f.sha256 = evidence_files.sha256 and f.fetched_at is not null));
-- Whoever may read a case may know which of its papers have not come yet.
create policy papers_of_readable_cases on fetches for select to twinpark_app
  using (kind = 'paper' and exists (select from cases c where c.case_id = fetches.case_id));
-- The facts of a joint step are for the panel's own authority.
create policy words_for_panel on joint_words for select to twinpark_app
  using (
    case (select reader_kind())
      when 'authority' then to_authority = (select reader_organization())
      when 'oversight' then true
      else false
    end
  );
grant select on crossing_agreements, peer_cases, peer_case_events, peer_outputs, fetches, joint_words to twinpark_app;

alter policy own_notifications on notifications using (
  (select reader_kind()) in ('applicant', 'authority')
  and recipient = (select reader_organization())
  and (
    (select true from cases c where c.case_id = notifications.case_id)
    or (select true from peer_cases c where c.case_id = notifications.case_id)
  )
);

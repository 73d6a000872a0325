-- One statement that records what a batch of commands did, so that a command costs one round trip whatever it touches.
-- Running nodes: may keep going.

-- Gives messages their place in their streams, in the order in which they stand in the list.
create function send_to_peer(messages jsonb) returns void
  language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
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
$$;
comment on function send_to_peer is 'Puts messages into the outbox, in the transaction of the caller and with its rights.';
revoke all on function send_to_peer from public;
grant execute on function send_to_peer to twinpark_node;

-- `changes` holds a list of rows under the name of each table, with the columns' own names; an empty list is left out.
-- Every row is found by its key. The planner would rather read a small table whole, and keep to that plan when the table
-- has grown: a session plans these statements once.
create function record_case_changes(changes jsonb) returns void
  language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
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
$$;
comment on function record_case_changes is
  'Adds events and brings every table that follows from them up to date, in the transaction of the caller and with its rights.';
revoke all on function record_case_changes from public;
grant execute on function record_case_changes to twinpark_node;

-- What a batch of commands starts from, in one statement: what requests that were done before were told, the cases,
-- locked until the transaction ends, and numbers for those that are to be opened.
create function start_case_batch(scopes text[], keys text[], wanted uuid[], openings integer) returns json
  language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
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
$$;
comment on function start_case_batch is
  'Kept answers, locked cases with what is known beside them, and new case numbers; null where there are none.';
revoke all on function start_case_batch from public;
grant execute on function start_case_batch to twinpark_node;

-- Erasing an applicant's organisation. The node itself has no right to remove an event, a statement of the log or an
-- entry of the audit trail; this is the one way, for one organisation as a whole.
-- Running nodes: may keep going.

-- Cases that have not come to an end; drafts are nobody's but the applicant's.
create function cases_under_way(asked uuid) returns table (case_number text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(c.case_number, c.case_id::text) from cases c
    where c.applicant_id = asked and c.waiting_for <> 'nobody' and c.status <> 'draft'
  union all
  select coalesce(p.case_number, p.case_id::text) from peer_cases p
    where p.applicant_id = asked
      and (p.act ->> 'answer' is null or (p.waiting_for <> 'nobody' and p.status <> 'draft'));
end;
comment on function cases_under_way is 'What keeps an organisation from being erased, by case number.';

create function erase_organization(erased uuid) returns json
  language plpgsql security definer set search_path = public, pg_temp
as $$
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
$$;
comment on function erase_organization is
  'Removes all of an applicant''s organisation, its cases in this park and its people. Reads the audit trail as a whole.';
revoke all on function cases_under_way, erase_organization from public;
grant execute on function cases_under_way, erase_organization to twinpark_node;

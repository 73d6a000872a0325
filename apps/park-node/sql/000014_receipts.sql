-- Who may read what the log holds the hash of.
-- Running nodes: may keep going.

-- The log itself is public.
grant select on log_entries, log_tiles, log_head, log_checkpoints, log_cosignatures to twinpark_app;

-- Of messages that crossed, an applicant reads those of its own cases, in whichever park.
create function case_of_message(wanted uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select subject from outbox_messages where message_id = wanted
  union all
  select subject from inbox_messages where message_id = wanted
  limit 1;
end;
comment on function case_of_message is 'The case that a message is about; null for a message of the nodes themselves.';
revoke all on function case_of_message from public;
grant execute on function case_of_message to twinpark_app;

create policy statements_of_reader on log_statements for select to twinpark_app
  using (
    case statement ->> 'format'
      when 'twinpark-act/1' then (select true from cases c where c.case_id = log_statements.subject)
      when 'twinpark-erasure/1' then (select reader_kind()) = 'oversight'
      else case (select reader_kind())
        when 'oversight' then true
        when 'applicant' then exists (
          select from (
            select case statement ->> 'format'
              when 'twinpark-message/1' then case_of_message((statement ->> 'messageId')::uuid)
              else (statement ->> 'caseId')::uuid
            end as case_id
          ) as about
          where exists (select from cases c where c.case_id = about.case_id)
            or exists (select from peer_cases c where c.case_id = about.case_id)
        )
        else false
      end
    end
  );
grant select on log_statements to twinpark_app;

-- What a person should know without looking for it.
-- Running nodes: may keep going.

create table notifications (
  notification_id uuid not null,
  -- An organisation's id for an applicant, an id of the zone pack for an authority.
  recipient text not null,
  -- The colleague whose case it is. The whole desk still sees it: somebody may be away.
  assignee text,
  -- Closed list: packages/contract/src/notification/notifications.ts.
  kind text not null,
  case_id uuid not null,
  facts jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  read_by text,
  -- What caused it; a job that runs twice tells nobody twice.
  cause text not null,
  -- Lists are read along this, whatever else is stored.
  primary key (recipient, notification_id),
  unique (recipient, cause)
);
create index notifications_unread on notifications (recipient, notification_id) where read_at is null;
create index notifications_of_assignee on notifications (recipient, assignee, notification_id) where assignee is not null;
create index notifications_unread_of_assignee on notifications (recipient, assignee, notification_id)
  where assignee is not null and read_at is null;

grant select, insert, update on notifications to twinpark_node;
alter table notifications enable row level security;
create policy all_for_node on notifications for all to twinpark_node using (true) with check (true);
create policy own_notifications on notifications for select to twinpark_app
  using (
    (select reader_kind()) in ('applicant', 'authority')
    and recipient = (select reader_organization())
    -- Nobody hears of a case that it may not read. A scalar sub-select is looked up by its key.
    and (select true from cases c where c.case_id = notifications.case_id)
  );
grant select on notifications to twinpark_app;

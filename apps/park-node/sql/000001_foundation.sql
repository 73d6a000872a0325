-- Roles, reader settings and small helpers that every later migration uses.
-- Running nodes: may keep going (nothing of theirs exists before this one).

-- Roles belong to the whole database server, where two nodes that migrate at once may both try to create them. A login
-- that may create no role finds them made, and itself a member of each (docs/decisions/0010-store.md).
do $$
declare
  wanted text;
begin
  foreach wanted in array array['twinpark_app', 'twinpark_node', 'twinpark_auth'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
    begin
      if not pg_has_role(current_user, wanted, 'member') then
        execute format('grant %I to current_user', wanted);
      end if;
    exception
      -- Granted by another node in the same moment.
      when unique_violation or internal_error then null;
    end;
  end loop;
end
$$;

-- Older servers let everybody create in the public schema, where a function could then stand in for one of ours.
revoke create on schema public from public;
grant usage on schema public to twinpark_app, twinpark_node, twinpark_auth;

-- The reader of a transaction, set by the node before its first query (apps/park-node/src/platform/database/reader.ts).
-- No setting means no rights: every policy below then compares with null.
create function reader_kind() returns text
  language sql stable parallel safe
  return nullif(current_setting('twinpark.reader_kind', true), '');
comment on function reader_kind is 'applicant, authority or oversight; null for a transaction without a reader.';

create function reader_organization() returns text
  language sql stable parallel safe
  return nullif(current_setting('twinpark.reader_organization', true), '');
comment on function reader_organization is
  'For an applicant the id of its organisation; for an authority its id in the zone pack.';

create function reader_person() returns text
  language sql stable parallel safe
  return nullif(current_setting('twinpark.reader_person', true), '');

-- A row id is a UUID version 7: its first 48 bits are the milliseconds since 1970, so a range of ids is a range of time.
create function uuid_from_instant(instant timestamptz) returns uuid
  language sql immutable strict parallel safe
  return (rpad(lpad(to_hex(floor(extract(epoch from instant) * 1000)::bigint), 12, '0'), 32, '0'))::uuid;
comment on function uuid_from_instant is 'Lowest UUID of version 7 or lower whose time is this instant.';

create table monthly_tables (
  table_name text primary key
);
comment on table monthly_tables is 'Append-only tables that hold a partition for each month, by the time in their row ids.';
grant select on monthly_tables to twinpark_node;

-- Partitions are made ahead of time by the node, which may not create tables itself.
create function ensure_month_partitions(month date) returns void
  language plpgsql security definer set search_path = public, pg_temp
  -- Shorter than the wait for a deadlock to be found: whoever is writing goes first, and this is tried again.
  set lock_timeout = '200ms'
as $$
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
$$;
comment on function ensure_month_partitions is 'Creates the partitions of one month, UTC, where they are missing.';
revoke all on function ensure_month_partitions from public;
grant execute on function ensure_month_partitions to twinpark_node;

-- People, how they sign in, and for which organisations they act.
-- Running nodes: may keep going.

-- Tables of the sign-in library. Only its own role reads them: no session token is within reach of a query elsewhere.
create table auth_users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Our own: how well the person is known, and whether the account is a demo account.
  assurance text not null default 'low' check (assurance in ('low', 'substantial', 'high')),
  demo boolean not null default false
);
comment on column auth_users.assurance is 'Level of assurance of the person''s identity, as the sign-in configuration grades its source.';

create table auth_sessions (
  id text primary key,
  user_id text not null references auth_users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Our own: the organisation for which the person acts in this session; one at a time.
  acting_organization_id uuid
);
create index on auth_sessions (user_id);
create index on auth_sessions (expires_at);

create table auth_accounts (
  id text primary key,
  user_id text not null references auth_users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index on auth_accounts (user_id);

create table auth_verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on auth_verifications (identifier);
create index on auth_verifications (expires_at);

create table auth_passkeys (
  id text primary key,
  name text,
  public_key text not null,
  user_id text not null references auth_users (id) on delete cascade,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default now()
);
create index on auth_passkeys (user_id);

grant select, insert, update, delete
  on auth_users, auth_sessions, auth_accounts, auth_verifications, auth_passkeys to twinpark_auth;

create table organizations (
  organization_id uuid primary key,
  kind text not null check (kind in ('applicant', 'authority', 'operator', 'oversight')),
  -- An authority or operator is an organisation of the zone pack; an applicant never is.
  pack_id text,
  name text not null check (name <> ''),
  demo boolean not null default false,
  created_at timestamptz not null,
  check ((kind = 'applicant') = (pack_id is null)),
  -- The body that runs a park may hold a desk of its own beside that: two organisations here, with one id of the pack.
  unique (pack_id, kind)
);
comment on column organizations.pack_id is
  'Id in the zone pack. The oversight body has the reserved id "oversight", an operator that the pack does not name "operator".';
create index organizations_of_the_park on organizations (organization_id) where kind <> 'applicant';

create table memberships (
  organization_id uuid not null references organizations,
  person_id text not null references auth_users (id) on delete cascade,
  role text not null check (role in ('applicant', 'officer', 'supervisor', 'auditor', 'operator')),
  -- Sets whether the person may invite and remove members of its organisation.
  manages boolean not null default false,
  created_at timestamptz not null,
  primary key (organization_id, person_id)
);
create index on memberships (person_id);
create index on memberships (organization_id, created_at, person_id);

create table invitations (
  invitation_id uuid primary key,
  organization_id uuid not null references organizations,
  -- Whom it is for, in lower case; null for the first operator of a new node, who is known by the link alone.
  email text check (email = lower(email)),
  role text not null check (role in ('applicant', 'officer', 'supervisor', 'auditor', 'operator')),
  manages boolean not null default false,
  -- SHA-256 of the token in the invitation's link: what is stored opens nothing.
  token_hash text not null unique,
  -- Null for an invitation by the node itself.
  invited_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text
);
create unique index open_invitations on invitations (organization_id, email) nulls not distinct
  where accepted_at is null;
create index invitations_by_email on invitations (email) where accepted_at is null;

-- The node resolves the actor of a request from these before any reader is set.
grant select, insert, update, delete on organizations, memberships, invitations to twinpark_node;
grant select (id, name, email, email_verified, assurance, demo, created_at) on auth_users to twinpark_node;
-- Whoever joins by an invitation's link becomes a person in the transaction that uses the link up.
grant insert (id, name, email, email_verified, assurance, demo, created_at, updated_at) on auth_users to twinpark_node;

-- Every request asks this once. The sign-in library's role sees no organisations and the node's role no sessions, so
-- it runs with the owner's right and answers about nothing but the session whose token it is given.
create function caller_of_session(wanted_token text, demo_allowed boolean)
  returns table (
    person_id text, person_name text, email text, assurance text, demo boolean, signed_in_at timestamptz,
    organization_id uuid, kind text, pack_id text, organization_name text, role text, manages boolean
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select
    u.id, u.name, case when u.email_verified then u.email end, u.assurance, u.demo, s.created_at,
    o.organization_id, o.kind, o.pack_id, o.name, m.role, m.manages
  from auth_sessions s
  join auth_users u on u.id = s.user_id
  left join memberships m on m.person_id = u.id and m.organization_id = s.acting_organization_id
  left join organizations o on o.organization_id = m.organization_id
  where s.token = wanted_token and s.expires_at > now() and (demo_allowed or not u.demo);
end;
comment on function caller_of_session is
  'Who is signed in, and for which organisation the person acts if it still is a member of it; no row for a session that is over.';
revoke all on function caller_of_session from public;
grant execute on function caller_of_session to twinpark_auth;

-- A person's own session reads its own organisation and the colleagues in it.
alter table organizations enable row level security;
create policy organization_of_reader on organizations for select to twinpark_app
  using (kind = reader_kind() and coalesce(pack_id, organization_id::text) = reader_organization());
create policy all_for_oversight on organizations for select to twinpark_app
  using (reader_kind() = 'oversight');
create policy all_for_node on organizations for all to twinpark_node using (true) with check (true);
grant select on organizations to twinpark_app;

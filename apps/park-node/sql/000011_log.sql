-- The park's transparency log: what it did and what crossed, as salted hashes in an append-only Merkle tree.
-- Running nodes: may keep going.

-- What an entry of the log says. The log itself holds no word of it, only a keyed hash: without the salt nobody can tell
-- what an entry is about, and once the row is gone the entry speaks of nobody.
create table log_statements (
  entry_id uuid not null,
  -- The case or the message that it is about.
  subject uuid,
  statement jsonb not null,
  salt bytea not null check (octet_length(salt) = 32),
  primary key (entry_id)
) partition by range (entry_id);
comment on column log_statements.statement is 'Canonical JSON (RFC 8785) of it, under the salt, is what the log holds the hash of.';
create index on log_statements (subject, entry_id) where subject is not null;
insert into monthly_tables values ('log_statements');

-- Entries that wait for their place in the log, each written in the transaction of the act that it tells of.
create table log_pending (
  entry_id uuid primary key,
  commitment bytea not null check (octet_length(commitment) = 32)
);

create table log_entries (
  log_index bigint primary key check (log_index >= 0),
  entry_id uuid not null unique,
  commitment bytea not null check (octet_length(commitment) = 32),
  logged_at timestamptz not null
);
comment on column log_entries.commitment is 'HMAC-SHA-256 of the statement under its salt: the bytes whose hash is the leaf.';

-- Hashes of the tree, 256 to a tile (C2SP tlog-tiles). Only the right-most tile of a level is ever less than full.
create table log_tiles (
  level smallint not null check (level between 0 and 5),
  tile bigint not null check (tile >= 0),
  width smallint not null check (width between 1 and 256),
  hashes bytea not null check (octet_length(hashes) = width * 32),
  primary key (level, tile)
);

-- One row: how far the log has come.
create table log_head (
  one boolean primary key default true check (one),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32)
);

-- The root of the empty tree is the hash of nothing.
insert into log_head (size, root) values (0, sha256(''));

-- What the park has signed of its log, and with which signatures the other park has said that it saw the same.
create table log_checkpoints (
  size bigint primary key check (size >= 0),
  note text not null,
  signed_at timestamptz not null
);
create table log_cosignatures (
  size bigint not null references log_checkpoints on delete cascade,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  primary key (size, witness)
);

-- What this park, as a witness, has last seen of the other's log.
create table witnessed_logs (
  origin text primary key,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  checkpoint text not null,
  cosigned_at timestamptz not null
);

grant select, insert on log_statements, log_entries to twinpark_node;
grant select, insert, delete on log_pending to twinpark_node;
grant select, insert, update on log_tiles, log_head, witnessed_logs to twinpark_node;
-- Checkpoints between those that carry a cosignature may be thinned out.
grant select, insert, delete on log_checkpoints, log_cosignatures to twinpark_node;
alter table log_statements enable row level security;
create policy all_for_node on log_statements for all to twinpark_node using (true) with check (true);

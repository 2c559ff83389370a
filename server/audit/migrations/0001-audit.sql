-- What happened, in an order nobody can change unseen. Events are first staged, durably, by whoever wrote them; one sequencer at
-- a time gives each its place in the log. Rows of the log are never updated; only particulars may be erased.

create schema audit;

-- Events that have no place yet. `stream_id` only says where the row lies, so that it may lie beside the rows of its transaction.
create table audit.staged (
  stream_id uuid not null,
  id uuid not null,
  events text not null,
  primary key (id, stream_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- `list_id` is the person an event is about, else the event itself. The heads are the running hashes of both lists.
create table audit.event (
  seq bigint not null,
  at timestamptz not null,
  person_count integer not null,
  user_count integer not null,
  list_id uuid not null,
  id uuid not null,
  request_id uuid,
  about_person boolean not null,
  kind text not null,
  outcome text not null,
  user_id text not null,
  organisation text,
  role text,
  purpose text,
  resource text,
  rule text,
  commitment bytea check (octet_length(commitment) = 32),
  person_head bytea check (octet_length(person_head) = 32),
  user_head bytea not null check (octet_length(user_head) = 32),
  primary key (list_id, seq)
);

create index event_seq on audit.event (seq);
create index event_user on audit.event (user_id, seq);

-- Personal text and the salt that opens its commitment. Erasing a row breaks no proof.
create table audit.particulars (
  list_id uuid not null,
  seq bigint not null,
  salt bytea not null check (octet_length(salt) = 16),
  body text not null,
  primary key (list_id, seq)
);

-- The hashes of the tree, 256 to a row (C2SP tlog-tiles). The last row of each level grows until it is full.
create table audit.tile (
  n bigint not null,
  level integer not null,
  hashes bytea not null,
  primary key (n, level)
);

alter table audit.tile alter column hashes set storage external;

-- The register of lists: where the list of each person and user ends. `entries` are key and running hash, `counts` how many
-- events each list has, in the same order; `hash` is the hash of `entries`.
create table audit.bucket (
  bucket integer not null primary key,
  entries bytea not null,
  counts bytea not null,
  hash bytea not null check (octet_length(hash) = 32)
) with (fillfactor = 70);

-- Each closing of the log: the size of the tree with it, the root of the register, and the signed checkpoint.
create table audit.closing (
  size bigint not null primary key,
  at timestamptz not null,
  register bytea not null check (octet_length(register) = 32),
  note text not null
);

-- The keys of the log. Their private halves are not in the database.
create table audit.signing_key (
  key_id text not null primary key,
  public_key bytea not null check (octet_length(public_key) = 32),
  made timestamptz not null,
  retired timestamptz
);

-- The one row whose lock makes a process the sequencer.
create table audit.log (
  single boolean not null primary key check (single),
  origin text not null,
  size bigint not null,
  key_id text not null references audit.signing_key,
  -- The key before it, which signs the next checkpoint too.
  former_key_id text
);

-- Who co-signs our checkpoints, and up to where each did.
create table audit.witness (
  name text not null primary key,
  url text not null,
  key text not null,
  size bigint not null,
  tried timestamptz,
  fault text
);

create table audit.cosignature (
  size bigint not null,
  name text not null,
  line text not null,
  primary key (size, name)
);

-- The logs of others that we co-sign, and the last checkpoint of each that we did.
create table audit.followed (
  origin text not null primary key,
  keys text[] not null,
  size bigint not null,
  note text
);

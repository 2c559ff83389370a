-- How files of rows are read. A new version is a new row; what was loaded by an older one says so.
create table feeds.mapping (
  name text not null,
  version integer not null,
  content text not null,
  created timestamptz not null,
  primary key (name, version)
);

-- One file of a feed: its id follows from the feed and the bytes, so that the same file is known again.
create table feeds.file (
  id uuid primary key,
  feed_id uuid not null,
  name text not null,
  bytes bigint not null,
  -- `loading`: cut off, it goes on where it was; `refused`: nothing of it is stored.
  state text not null check (state in ('loading', 'loaded', 'refused')),
  -- The mapping and its version, for files of rows.
  mapping text,
  version integer,
  -- Rows or messages, counted from the start of the file, that are durably stored or held.
  done bigint not null,
  stored bigint not null,
  held bigint not null,
  reason text,
  place text,
  started timestamptz not null,
  changed timestamptz not null
);

create index file_feed on feeds.file (feed_id, started);

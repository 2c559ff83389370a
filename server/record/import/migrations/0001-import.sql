-- What was imported, how far it got, and what could not be stored. All of it is kept on the coordinator.

create table record.import_job (
  id uuid primary key,
  source text not null,
  paths text not null,
  agent text not null,
  state text not null check (state in ('running', 'finished', 'failed')),
  started timestamptz not null,
  finished timestamptz,
  counts jsonb not null,
  notes jsonb not null
);

create index import_job_started on record.import_job (started desc);

-- One input as one source sent it: its id follows from the source and the bytes, so the same file is known again.
create table record.import_file (
  id uuid primary key,
  job_id uuid not null,
  name text not null,
  bytes bigint not null,
  state text not null check (state in ('reading', 'read')),
  entries_read bigint not null,
  counts jsonb not null,
  changed timestamptz not null
);

create index import_file_job on record.import_file (job_id);

-- Entries that wait for something they refer to: they are read again when everything else is in.
create table record.import_postponed (
  file_id uuid not null,
  entry bigint not null,
  primary key (file_id, entry)
);

-- Resources that others refer to and that were not there when they were.
create table record.import_missing (
  job_id uuid not null,
  target text not null,
  rid uuid not null,
  type smallint not null,
  mentions bigint not null,
  primary key (job_id, target)
);

-- What could not be stored, until a person mends or dismisses it.
create table record.quarantine (
  id uuid primary key,
  -- Hash of the source and the text: the same fault from the same source is kept once.
  fault_key uuid not null unique,
  job_id uuid not null,
  file_id uuid,
  source text not null,
  file text not null,
  entry bigint not null,
  line bigint,
  "column" bigint,
  type text,
  resource_id text,
  path text,
  code text not null,
  reason text not null,
  way_out text,
  issues jsonb not null,
  format text not null check (format in ('json', 'xml')),
  raw text not null,
  raw_cut boolean not null,
  mended text,
  full_url text,
  request jsonb,
  -- What the bundle said its links stand for, as far as this text uses them.
  links jsonb not null,
  state text not null check (state in ('open', 'mended', 'replayed', 'dismissed')),
  created timestamptz not null,
  changed timestamptz not null,
  changed_by text not null
);

create index quarantine_state on record.quarantine (state, created, id);
create index quarantine_job on record.quarantine (job_id);
create index quarantine_file on record.quarantine (file_id);

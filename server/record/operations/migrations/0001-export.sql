-- Bulk exports asked for, and how far each file has got. A restart goes on from here.

create table record.export_job (
  id uuid primary key,
  level text not null check (level in ('system', 'patient', 'group')),
  group_id text,
  group_version integer,
  types text[] not null,
  since timestamptz,
  request_url text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  transaction_time timestamptz not null,
  -- Writes that the database began before this moment, by its own clock, must have ended before rows are read.
  settle_from timestamptz not null,
  requested timestamptz not null,
  lease_until timestamptz,
  finished timestamptz,
  problem text
);

create table record.export_file (
  job_id uuid not null references record.export_job (id) on delete cascade,
  name text not null,
  type text not null,
  is_deletions boolean not null,
  rows bigint not null,
  bytes bigint not null,
  place text,
  done boolean not null,
  primary key (job_id, name)
);

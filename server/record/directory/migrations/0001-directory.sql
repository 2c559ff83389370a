-- Which resources stand for which organisation, so that those that no longer do can be deleted.
create table record.directory_entry (
  organisation_id uuid not null,
  type text not null,
  id text not null,
  primary key (organisation_id, type, id)
);

-- Up to which change of organisations, and for which day, the resources are right.
create table record.directory_state (
  name text not null primary key,
  change_number bigint not null,
  day date not null
);

-- Packages of FHIR definitions loaded beyond R4 itself. Small and read at start, so kept on the coordinator.

create table record.package (
  name text not null,
  version text not null,
  loaded timestamptz not null,
  primary key (name, version)
);

-- One row for each definition, without its prose.
create table record.definition (
  package_name text not null,
  package_version text not null,
  type text not null,
  url text not null,
  version text not null,
  content text not null,
  primary key (package_name, package_version, type, url, version)
);

-- Who are the partners and what belongs to what, on a given date? Nothing is overwritten: a fact says who said it (said_by), and
-- when it is no longer believed which delivery took it back (withdrawn_by). valid_from is the first day it holds, valid_to the
-- first day it no longer does; null means always.

create schema organisations;

-- One thing a source said at one time: a file, or a part of one.
create table organisations.delivery (
  delivery_id uuid not null primary key,
  source text not null,
  about text not null,
  content_hash text not null,
  row_count integer not null,
  recorded timestamptz not null
);
create index delivery_about on organisations.delivery (source, about, recorded);

-- Its newest change; what is kept in memory is read again when this moves.
create table organisations.change (
  name text not null primary key,
  number bigint not null
);

create table organisations.organisation (
  organisation_id uuid not null primary key,
  said_by uuid not null
);

-- A number or name by which it is known. One identifier means one organisation, for ever.
create table organisations.identifier (
  system text not null,
  value text not null,
  organisation_id uuid not null,
  said_by uuid not null,
  primary key (system, value)
);
create index identifier_of on organisations.identifier (organisation_id);

create table organisations.description (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  kind text not null,
  name text not null,
  status text not null check (status in ('active', 'inactive')),
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index description_of on organisations.description (organisation_id) where withdrawn_by is null;

-- Roles of the Organisation Data Service, such as RO197 NHS trust.
create table organisations.ods_role (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  code text not null,
  words text not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index ods_role_of on organisations.ods_role (organisation_id) where withdrawn_by is null;

create table organisations.site (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  site_key text not null,
  name text not null,
  address text[] not null,
  postcode text,
  longitude double precision,
  latitude double precision,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index site_of on organisations.site (organisation_id) where withdrawn_by is null;

create table organisations.service (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  service_key text not null,
  kind text not null,
  name text not null,
  site_key text,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index service_of on organisations.service (organisation_id) where withdrawn_by is null;

create table organisations.contact (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  kind text not null check (kind in ('phone', 'email', 'url')),
  value text not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index contact_of on organisations.contact (organisation_id) where withdrawn_by is null;

-- A post somebody holds for the organisation, such as its Caldicott Guardian.
create table organisations.post (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  role text not null,
  person text,
  phone text,
  email text,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index post_of on organisations.post (organisation_id) where withdrawn_by is null;

-- What its maker says of how it sends data.
create table organisations.feed_note (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  settings jsonb not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index feed_note_of on organisations.feed_note (organisation_id) where withdrawn_by is null;

-- An organisation in a body, or a body in a body. One may sit in several.
create table organisations.membership (
  fact_id uuid not null primary key,
  organisation_id uuid not null,
  body_id uuid not null,
  kind text not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index membership_of on organisations.membership (organisation_id) where withdrawn_by is null;
create index membership_in on organisations.membership (body_id) where withdrawn_by is null;

-- What became of organisations. predecessors, heirs: organisation ids. taken: {"heir id": ["member id or LSOA code"]}.
create table organisations.succession (
  fact_id uuid not null primary key,
  kind text not null check (kind in ('merge', 'split', 'transfer', 'rename', 'close')),
  on_date date not null,
  predecessors uuid[] not null check (cardinality(predecessors) > 0),
  heirs uuid[] not null,
  taken jsonb not null,
  new_name text,
  said_by uuid not null,
  withdrawn_by uuid
);

-- The joined record. Rules for these tables: docs/reference/schema-rules.md and server/platform/db/manifest.ts.

create schema record;

-- Finds a part of a word (:contains). Comes with PostgreSQL.
create extension if not exists pg_trgm;

-- Who said it and through what. A version points here.
create table record.delivery (
  id uuid primary key,
  source text not null,
  channel text not null,
  agent text not null,
  received timestamptz not null
);

-- Which patient's range a resource lives in: the way from (type, id) to the rows. Unique over the whole record.
create table record.resource_key (
  rid uuid not null,
  type smallint not null,
  patient_id uuid not null,
  primary key (rid, type)
);

-- Patients a resource was filed under before it was corrected to another. Its earlier versions stay in their ranges.
create table record.former_key (
  rid uuid not null,
  type smallint not null,
  patient_id uuid not null,
  primary key (rid, type, patient_id)
);

-- Counts the changes of one patient's record; locking the row puts writes to one patient in order.
create table record.patient_head (
  patient_id uuid not null primary key,
  seq bigint not null
);

-- The current version of each resource, with what finds it.
create table record.resource (
  patient_id uuid not null,
  type smallint not null,
  rid uuid not null,
  version integer not null,
  created bigint not null,
  last_updated timestamptz not null,
  deleted boolean not null,
  delivery_id uuid not null,
  digest uuid not null,
  present bigint not null,
  date_low timestamptz,
  date_high timestamptz,
  tokens bigint[] not null,
  refs bigint[] not null,
  content text not null,
  primary key (patient_id, type, rid)
);

alter table record.resource alter column content set storage external;
alter table record.resource set (toast_tuple_target = 8160);

create index resource_tokens on record.resource using gin (tokens) with (fastupdate = on, gin_pending_list_limit = 4096);
create index resource_created on record.resource (type, created);
create index resource_last_updated on record.resource (last_updated, type);
create index resource_date on record.resource (type, date_low) where date_low is not null;

-- Earlier versions, never changed once written.
create table record.history (
  patient_id uuid not null,
  type smallint not null,
  rid uuid not null,
  version integer not null,
  last_updated timestamptz not null,
  deleted boolean not null,
  delivery_id uuid not null,
  digest uuid not null,
  content text not null,
  primary key (patient_id, type, rid, version)
);

alter table record.history alter column content set storage external;
alter table record.history set (toast_tuple_target = 8160);

create index history_last_updated on record.history (last_updated, type);

-- Search values that need an order or a part of a word.
create table record.search_string (
  patient_id uuid not null,
  type smallint not null,
  rid uuid not null,
  param smallint not null,
  value text collate "C" not null,
  exact text collate "C" not null
);

create index search_string_row on record.search_string (patient_id, type, rid);
create index search_string_value on record.search_string (type, param, left(value, 64));
create index search_string_part on record.search_string using gin (value gin_trgm_ops);

create table record.search_date (
  patient_id uuid not null,
  type smallint not null,
  rid uuid not null,
  param smallint not null,
  qualifier bigint not null,
  low timestamptz not null,
  high timestamptz not null
);

create index search_date_row on record.search_date (patient_id, type, rid);
create index search_date_low on record.search_date (type, param, qualifier, low);

create table record.search_number (
  patient_id uuid not null,
  type smallint not null,
  rid uuid not null,
  param smallint not null,
  qualifier bigint not null,
  unit bigint not null,
  low double precision not null,
  high double precision not null
);

create index search_number_row on record.search_number (patient_id, type, rid);
create index search_number_low on record.search_number (type, param, qualifier, low);
create index search_number_span on record.search_number (type, param, qualifier, high) where low < high;

-- How many current resources carry a token: exact totals without counting. Rows are only added; a job folds them together.
create table record.tally (
  token bigint not null,
  id uuid not null,
  n bigint not null,
  primary key (token, id)
);

-- Which patients have a current resource that carries a counted token: who has this code, without reading the resources.
create table record.patient_token (
  patient_id uuid not null,
  token bigint not null,
  primary key (patient_id, token)
);

create index patient_token_token on record.patient_token (token, patient_id);

-- The dictionary: each distinct wording of a coded value with its token (:text), each URI (:below), each code beside a
-- number as code|system (composites), and under type 0 each unit as [system, code, unit].
create table record.token_text (
  token bigint not null,
  type smallint not null,
  param smallint not null,
  value text collate "C" not null,
  primary key (token)
);

create index token_text_value on record.token_text (type, param, left(value, 64));

-- Links with their reasons, in two times: when a link holds, and when it was believed. A belief is never rewritten, only ended.

alter table people.link drop constraint link_pkey;
alter table people.link drop constraint link_method_check;
alter table people.link add column seq integer;
alter table people.link add column via uuid;
alter table people.link add column model text;
alter table people.link add column weight double precision;
alter table people.link add column reason text;
alter table people.link add column recorded timestamptz;
alter table people.link add column recorded_to timestamptz;
alter table people.link add column ended_by text;

update people.link l
set seq = n.seq, recorded = l.valid_from
from (
  select patient_id, valid_from, row_number() over (partition by patient_id order by valid_from) as seq
  from people.link
) n
where n.patient_id = l.patient_id and n.valid_from = l.valid_from;

alter table people.link alter column seq set not null;
alter table people.link alter column recorded set not null;
alter table people.link add constraint link_method_check
  check (method in ('alone', 'nhs-number-and-birth-date', 'nhs-number-cross-check', 'probabilistic', 'decided', 'superseded'));
alter table people.link add primary key (patient_id, seq);

-- A patient is one person at a time.
create unique index link_current on people.link (patient_id) where valid_to is null and recorded_to is null;

-- What is compared: the particulars of each patient in normal form, with the blocking keys it stands under. `home_id` is the
-- person it is when it stands alone, and never changes, so that leaving a person is exact.
create table people.particulars (
  patient_id uuid not null primary key,
  home_id uuid not null,
  active boolean not null,
  nhs_number text,
  restricted boolean not null,
  source text not null,
  model text not null,
  body text not null,
  keys bigint[] not null,
  observed timestamptz not null
);

-- Who stands under a blocking key.
create table people.match_key (
  key bigint not null,
  patient_id uuid not null,
  primary key (key, patient_id)
);

-- What speaks for or against two patients being one person. Each tie stands once for each of the two. `ord` is the order in
-- which ties came; `forward` marks the row of the patient that came later or was decided on.
create table people.tie (
  patient_id uuid not null,
  other_id uuid not null,
  kind text not null check (kind in ('matched', 'same', 'superseded', 'different', 'sealed')),
  ord bigint not null,
  forward boolean not null,
  method text not null,
  model text,
  weight double precision,
  evidence text,
  decided_by text not null,
  reason text,
  source text,
  valid_from timestamptz not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, other_id, kind, ord)
);

create index tie_current on people.tie (patient_id) where recorded_to is null;

-- The first patient to state an NHS number: two writers of one new number find each other here.
create table people.number_claim (
  nhs_number text not null primary key,
  patient_id uuid not null
);

drop table people.nhs_number;

-- Numbers that the national service replaced by others.
create table people.superseded_number (
  nhs_number text not null primary key,
  current_number text not null,
  source text not null,
  recorded timestamptz not null
);

-- Patients to look at again: those written while another writer may have written the same person.
create table people.recheck (
  patient_id uuid not null,
  since timestamptz not null
);

create index recheck_patient on people.recheck (patient_id);
insert into people.recheck (patient_id, since)
select patient_id, recorded from people.link where valid_to is null and recorded_to is null;

-- Cases that a person must decide.
create table people.review (
  case_id uuid not null primary key,
  patient_id uuid not null,
  candidates text not null,
  queue text not null check (queue in ('ordinary', 'quarantine', 'sealed')),
  reasons text not null,
  model text not null,
  weight double precision,
  margin double precision,
  twice boolean not null,
  state text not null check (state in ('waiting', 'disputed', 'same', 'different', 'cannot-tell', 'withdrawn')),
  opened timestamptz not null,
  closed timestamptz
);

create index review_open on people.review (queue, opened, case_id) where state in ('waiting', 'disputed');
create unique index review_open_patient on people.review (patient_id) where state in ('waiting', 'disputed');

-- What each reviewer thought, before knowing what others thought.
create table people.opinion (
  case_id uuid not null,
  reviewer text not null,
  verdict text not null check (verdict in ('same', 'different', 'cannot-tell')),
  person_id uuid,
  reason text not null,
  note text,
  given timestamptz not null,
  primary key (case_id, reviewer)
);

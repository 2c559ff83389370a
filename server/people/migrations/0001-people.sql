-- Who is this? Patients are what organisations said; a link says which person a patient is. Rows never move.

create schema people;

create table people.person (
  person_id uuid not null primary key,
  created timestamptz not null
);

-- Every link ever asserted. The current one has no end.
create table people.link (
  patient_id uuid not null,
  person_id uuid not null,
  method text not null check (method in ('alone', 'nhs-number-and-birth-date')),
  decided_by text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (patient_id, valid_from)
);

-- The current links, found from the person.
create table people.person_patient (
  person_id uuid not null,
  patient_id uuid not null,
  primary key (person_id, patient_id)
);

-- Which person holds an NHS number. One number has one holder.
create table people.nhs_number (
  nhs_number text not null primary key check (nhs_number ~ '^[0-9]{10}$'),
  person_id uuid not null,
  birth_date date not null
);

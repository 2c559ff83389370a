-- Who may see what: facts that somebody stated, and roles that somebody holds. A row is never changed but to end the belief in it
-- (recorded_to, ended_by). valid_from and valid_to say when a fact holds; recorded and recorded_to when it was believed.

create schema if not exists access;

-- Why an organisation, team or user is concerned with a person.
create table access.relationship (
  patient_id uuid not null,
  fact_id uuid not null,
  kind text not null,
  organisation_id text not null,
  team text,
  user_id text,
  evidence text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index relationship_current on access.relationship (patient_id, fact_id) where recorded_to is null;

-- What a person decided about their information.
create table access.choice (
  patient_id uuid not null,
  fact_id uuid not null,
  kind text not null,
  organisation_id text,
  user_id text,
  project text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index choice_current on access.choice (patient_id, fact_id) where recorded_to is null;

-- Who may act for a person. Null classes: all that their kind may see.
create table access.proxy (
  patient_id uuid not null,
  fact_id uuid not null,
  proxy_id text not null,
  kind text not null,
  classes text[],
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index proxy_current on access.proxy (patient_id, fact_id) where recorded_to is null;

-- What a professional decided about a person, with the reason.
create table access.recorded_decision (
  patient_id uuid not null,
  fact_id uuid not null,
  kind text not null,
  reason text not null check (reason <> ''),
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index recorded_decision_current on access.recorded_decision (patient_id, fact_id) where recorded_to is null;

-- Each use of a broken glass: one reader, one person.
create table access.glass (
  patient_id uuid not null,
  fact_id uuid not null,
  user_id text not null,
  reason text not null check (reason <> ''),
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index glass_current on access.glass (patient_id, fact_id) where recorded_to is null;

-- Items that are sealed where they were recorded.
create table access.seal (
  patient_id uuid not null,
  fact_id uuid not null,
  resource_type text not null,
  resource_id text not null,
  level text not null check (level in ('sealed', 'locked')),
  organisation_id text not null,
  team text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (patient_id, fact_id, recorded)
);
create unique index seal_current on access.seal (patient_id, fact_id) where recorded_to is null;

-- The roles people and programs hold, and the teams they are in there. person_id says who a member of staff is as a patient.
create table access.post (
  fact_id uuid not null,
  user_id text not null,
  kind text not null check (kind in ('staff', 'program')),
  person_id text,
  role text not null,
  organisation_id text not null,
  teams text[] not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (fact_id, recorded)
);
create unique index post_current on access.post (fact_id) where recorded_to is null;
create index post_user on access.post (user_id) where recorded_to is null;
create index post_person on access.post (person_id) where recorded_to is null;

-- Agreements to share, as signed; a change is a new row.
create table access.agreement (
  agreement_id text not null,
  body text not null,
  said_by text not null,
  recorded timestamptz not null,
  recorded_to timestamptz,
  ended_by text,
  primary key (agreement_id, recorded)
);
create unique index agreement_current on access.agreement (agreement_id) where recorded_to is null;

-- Versions of the policy. The one in force is the one with the latest first day that has come.
create table access.policy (
  version text not null primary key,
  valid_from date not null,
  body text not null,
  said_by text not null,
  recorded timestamptz not null
);

-- Counts changes: of what a user holds (their id), and of policies and agreements (the empty id). What was kept is good while it stands.
create table access.version (
  subject_id text not null primary key,
  version bigint not null
);

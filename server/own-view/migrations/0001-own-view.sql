-- What people ask for in their own view. Questions, corrections, copies and invitations are work lists, one row each.

create schema own_view;

-- Whom somebody acts for.
create index proxy_acts_for on access.proxy (proxy_id) where recorded_to is null;

-- What people asked about who looked at their record. event_id is the access in the audit log; null when it is about none of them.
create table own_view.question (
  question_id uuid not null primary key,
  patient_id uuid not null,
  person_id uuid not null,
  event_id uuid,
  says text not null check (says <> ''),
  state text not null check (state in ('asked', 'explained', 'upheld')),
  asked timestamptz not null,
  due date not null,
  answer text,
  answered timestamptz,
  answered_by text,
  check ((state = 'asked') = (answer is null))
);
create index question_patient on own_view.question (patient_id);
create index question_waiting on own_view.question (due) where state = 'asked';

-- What people asked to be put right, and from whom. holder_id is the organisation that said it, where one is known.
create table own_view.correction (
  correction_id uuid not null primary key,
  patient_id uuid not null,
  person_id uuid not null,
  resource_type text not null,
  resource_id text not null,
  title text not null,
  source text not null,
  holder_id uuid,
  wrong text not null check (wrong <> ''),
  should text not null check (should <> ''),
  state text not null check (state in ('asked', 'changed', 'not-changed')),
  asked timestamptz not null,
  due date not null,
  answer text,
  answered timestamptz,
  answered_by text,
  check ((state = 'asked') = (answer is null))
);
create index correction_patient on own_view.correction (patient_id);
create index correction_waiting on own_view.correction (due) where state = 'asked';

-- Copies people asked for of all that is held about them.
create table own_view.copy (
  copy_id uuid not null primary key,
  patient_id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('asked', 'checking', 'ready')),
  asked timestamptz not null,
  due date not null,
  ready timestamptz,
  ready_by text,
  check ((state = 'ready') = (ready is not null))
);
create index copy_patient on own_view.copy (patient_id);
create index copy_waiting on own_view.copy (due) where state <> 'ready';

-- What was decided of each entry that may tell of somebody else. It holds for the version that was looked at, and no later one.
create table own_view.copy_check (
  copy_id uuid not null references own_view.copy,
  resource_type text not null,
  resource_id text not null,
  version integer not null,
  gives boolean not null,
  reason text,
  decided timestamptz not null,
  decided_by text not null,
  primary key (copy_id, resource_type, resource_id, version),
  check (gives or reason is not null)
);

-- Codes that let somebody be added who may act for a person. Only the hash is kept.
create table own_view.invitation (
  invitation_id uuid not null primary key,
  code_hash bytea not null unique,
  patient_id uuid not null,
  person_id uuid not null,
  classes text[],
  made timestamptz not null,
  expires timestamptz not null,
  ended timestamptz,
  used_by text
);
create index invitation_patient on own_view.invitation (patient_id);

-- How a person wants to be reached and helped: language, contact, reasonable adjustments. A change ends a row and adds one.
create table own_view.wish (
  patient_id uuid not null,
  wish_id uuid not null,
  kind text not null check (kind in ('language', 'interpreter', 'contact', 'adjustment')),
  code text not null,
  detail text,
  said timestamptz not null,
  said_by text not null,
  ended timestamptz,
  ended_by text,
  primary key (patient_id, wish_id)
);

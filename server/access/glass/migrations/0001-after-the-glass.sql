-- What follows when a glass was broken: somebody is told, and somebody else looks at it again.

-- Every use, newest first, for the page on which each is reviewed.
create index glass_newest on access.glass (valid_from desc, fact_id) where recorded_to is null;

-- Who is to be told of a broken glass. When the person is told follows from what is recorded about delaying it.
create table access.notice (
  patient_id uuid not null,
  notice_id uuid not null,
  fact_id uuid not null,
  tells text not null check (tells in ('person', 'privacy-officer')),
  made timestamptz not null,
  primary key (patient_id, notice_id)
);
create index notice_made on access.notice (made desc);

-- What a reviewer found. A use is reviewed once, by somebody else than who broke the glass.
create table access.glass_review (
  patient_id uuid not null,
  fact_id uuid not null,
  reviewer text not null,
  outcome text not null check (outcome in ('justified', 'not-justified')),
  reason text not null check (reason <> ''),
  reviewed timestamptz not null,
  primary key (patient_id, fact_id)
);

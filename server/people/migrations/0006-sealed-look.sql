-- Who opened a sealed case, when, and why. Old and new identity are shown to nobody else.
create table people.sealed_look (
  look_id uuid not null primary key,
  case_id uuid not null,
  reviewer text not null,
  reason text not null,
  looked timestamptz not null
);

create index sealed_look_case on people.sealed_look (case_id, looked);

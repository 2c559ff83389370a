-- Matching models that people adopted, each for the records that came after. A model is never changed; links and cases name its version.
create table people.model (
  version text not null primary key,
  body text not null,
  -- The version it took the place of.
  replaced text not null,
  adopted timestamptz not null,
  adopted_by text not null,
  reason text not null
);

-- For which organisation somebody broke the glass: who may check it depends on that. Null where it is not known.
alter table access.glass add column organisation_id text;

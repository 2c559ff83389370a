-- A decision that says how it always was has no beginning.
alter table people.tie alter column valid_from drop not null;

-- A key that is null lies with the keeper of secrets, by the name sealing/PURPOSE.

alter table platform.sealing_key alter column key drop not null;

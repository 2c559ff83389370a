-- Which patients have a current resource with which combination of codes. It says who has a code in a third of the rows that
-- one row for each code took.
create table record.patient_combination (
  patient_id uuid not null,
  combination bigint not null,
  primary key (patient_id, combination)
);

-- One statement at a time, as in 0002.
do $$
begin
  execute 'alter table record.patient_combination set (autovacuum_vacuum_insert_scale_factor = 0.05)';
end
$$;

insert into record.patient_combination (patient_id, combination)
select distinct r.patient_id, r.combination
from record.resource r
where not r.deleted
  and r.combination is not null
  and r.patient_id in (select p.patient_id from record.patient_token p);

create index patient_combination_combination on record.patient_combination (combination, patient_id);

drop table record.patient_token;

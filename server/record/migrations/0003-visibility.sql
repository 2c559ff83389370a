-- Totals are read from indexes alone where vacuum has noted that all rows of a page are visible. By itself it would wait until a
-- fifth of all rows is new. One statement at a time, as in 0002.
do $$
begin
  execute 'alter table record.resource set (autovacuum_vacuum_insert_scale_factor = 0.05)';
  execute 'alter table record.patient_token set (autovacuum_vacuum_insert_scale_factor = 0.05)';
end
$$;

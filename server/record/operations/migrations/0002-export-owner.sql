-- Who started an export: only they watch, fetch and end it. Null for those of before, which are forgotten within a day.
alter table record.export_job add column started_by text;

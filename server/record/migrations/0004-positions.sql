-- Where Locations (type 71) stored before are, as extraction writes it now for `near` (parameter 13): low is the latitude, high the
-- longitude, and the qualifier the whole degree of longitude, 0 at 180 west. A position that names no place on Earth is left out.
insert into record.search_number (patient_id, type, rid, param, qualifier, unit, low, high)
select p.patient_id, p.type, p.rid, 13, (floor(p.longitude)::int + 180) % 360, 0, p.latitude, p.longitude
from (
  select
    r.patient_id,
    r.type,
    r.rid,
    (r.content::jsonb #>> '{position,latitude}')::float8 as latitude,
    (r.content::jsonb #>> '{position,longitude}')::float8 as longitude
  from record.resource r
  where r.type = 71
    and case when r.deleted then false else jsonb_path_exists(
      r.content::jsonb,
      '$.position ? (@.latitude >= -90 && @.latitude <= 90 && @.longitude >= -180 && @.longitude <= 180)'
    ) end
) p;

update record.resource r
set present = r.present | (1::bigint << 13)
where exists (
  select 1
  from record.search_number s
  where s.patient_id = r.patient_id
    and s.type = 71
    and s.rid = r.rid
    and s.param = 13
)
  and r.type = 71;

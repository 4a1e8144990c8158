-- The commune that each sampling point lies in, by Sedona.
select p.sample_point, p.lon, p.lat, u.code as commune_code, u.name as commune, u.province_code
from (select distinct sample_point, lon, lat from water.sample) p
left join (select code, name, province_code, ST_GeomFromWKB(geometry) as area from admin.unit where level = 'commune') u
  on ST_Contains(u.area, ST_Point(p.lon, p.lat))
order by p.sample_point

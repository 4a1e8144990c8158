-- Land use in the report.

--- provinces
SELECT province_code, sum(plots) AS plots, sum(area_ha) AS area_ha
FROM {national.toy_land_use}
GROUP BY province_code
ORDER BY area_ha DESC

-- The statements behind the national report. {domain.table} is a table at the release's snapshot;
-- {date}, {since}, {from}, {to}, {run}, {release} are literals. The page shows them filled in.

--- lead-stations
SELECT count(*) AS total, count(o.station_code) AS reporting
FROM (SELECT station_code FROM {monitoring.station}
      WHERE (active_from IS NULL OR active_from <= {date})
        AND (active_to IS NULL OR active_to >= {date})) s
LEFT JOIN (SELECT DISTINCT station_code FROM {monitoring.observation}
           WHERE observed_on = {date}) o
  ON o.station_code = s.station_code

--- publishers
SELECT publisher, count(*) AS deliveries, sum(received) AS received, sum(accepted) AS accepted,
       sum(quarantined) AS quarantined, sum(duplicate) AS duplicate, sum(superseded) AS superseded
FROM {ops.delivery}
WHERE business_date = {date}
GROUP BY publisher

--- last-deliveries
SELECT publisher, feed, max(business_date) AS last_date
FROM {ops.delivery}
WHERE business_date <= {date}
GROUP BY publisher, feed

--- air-provinces
SELECT a.province_code, count(*) AS stations, count(aqi) AS with_index,
       count_if(aqi > 100) AS out_of_range, round(median(aqi)) AS median,
       max_by(struct(aqi, driver, a.station_code, s.name), struct(aqi, a.station_code))
         FILTER (WHERE aqi IS NOT NULL) AS worst
FROM {national.air_quality_daily} a
LEFT JOIN {national.station} s ON s.station_code = a.station_code
WHERE local_date = {date}
GROUP BY a.province_code

--- worst-air
SELECT a.station_code, s.name, a.province_code, aqi, driver, hours_valid,
       CASE driver WHEN 'PM2.5' THEN pm25_24h WHEN 'PM10' THEN pm10_24h WHEN 'NO2' THEN no2_1h_max
                   WHEN 'SO2' THEN so2_1h_max WHEN 'CO' THEN co_1h_max END AS concentration
FROM {national.air_quality_daily} a
LEFT JOIN {national.station} s ON s.station_code = a.station_code
WHERE local_date = {date} AND aqi IS NOT NULL
ORDER BY aqi DESC, a.station_code
LIMIT 8

--- water-provinces
WITH points AS (
  SELECT sample_point, max_by(province_code, sampled_on) AS province_code,
         max_by(struct(wqi, sampled_on), sampled_on) FILTER (WHERE wqi IS NOT NULL) AS latest
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date}
  GROUP BY sample_point)
SELECT province_code, count(*) AS points, count(latest) AS with_index,
       count_if(latest.wqi <= 50) AS out_of_range, round(median(latest.wqi)) AS median,
       min_by(struct(latest.wqi, latest.sampled_on, sample_point), struct(latest.wqi, sample_point))
         FILTER (WHERE latest IS NOT NULL) AS worst
FROM points
GROUP BY province_code

--- worst-water
WITH points AS (
  SELECT sample_point,
         max_by(struct(wqi, sampled_on, province_code, lon, lat), sampled_on) AS latest
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date} AND wqi IS NOT NULL
  GROUP BY sample_point)
SELECT sample_point, latest.* FROM points
ORDER BY wqi, sample_point
LIMIT 8

--- trend
SELECT province_code, hour_ending, max(aqi) AS worst
FROM {national.air_quality_hourly}
WHERE hour_ending > {from} AND hour_ending <= {to} AND aqi IS NOT NULL
GROUP BY province_code, hour_ending

--- completeness
SELECT (SELECT count(*) FROM {monitoring.station}
        WHERE station_type = 'ambient_air'
          AND (active_from IS NULL OR active_from <= {date})
          AND (active_to IS NULL OR active_to >= {date})) AS air_stations,
       (SELECT count(aqi) FROM {national.air_quality_hourly}
        WHERE hour_ending > {to} - INTERVAL 1 DAY AND hour_ending <= {to}) AS hours_with_index,
       (SELECT count(province_agrees) FROM {national.station}) AS located,
       (SELECT count_if(province_agrees) FROM {national.station}) AS agreeing

--- reasons
SELECT 'VN_AQI' AS index, no_index_reason AS reason, count(*) AS times
FROM {national.air_quality_daily}
WHERE local_date = {date} AND aqi IS NULL AND no_index_reason IS NOT NULL
GROUP BY no_index_reason
UNION ALL
SELECT 'VN_WQI' AS index, no_index_reason AS reason, count(*) AS times
FROM {national.water_quality}
WHERE sampled_on BETWEEN {since} AND {date} AND wqi IS NULL AND no_index_reason IS NOT NULL
GROUP BY no_index_reason
ORDER BY times DESC, index, reason
LIMIT 8

--- rules
SELECT rule, severity, sum(broken) AS broken, count(DISTINCT publisher) AS publishers
FROM {ops.rule_result}
WHERE business_date = {date} AND broken > 0 AND severity <> 'NOTE'
GROUP BY rule, severity
ORDER BY broken DESC, rule
LIMIT 12

--- audits
SELECT audit, severity, passed, measured, threshold, message_vi, message_en
FROM {ops.audit_result}
WHERE run_id = {run}
ORDER BY audit
LIMIT 50

--- boundaries
SELECT code, max_by(struct(boundary_kind, geometry), struct(
         valid_from <= {date} AND (valid_to IS NULL OR valid_to >= {date}), valid_from)) AS unit
FROM {admin.unit}
WHERE level = 'province' AND geometry IS NOT NULL
GROUP BY code

--- tables
-- ops.release lists what a release froze and is not itself frozen
SELECT pin.name, pin.snapshot_id, pin.records, pin.contract_version
FROM (SELECT explode(tables) AS pin FROM lake.ops.release WHERE release_id = {release})
ORDER BY pin.name

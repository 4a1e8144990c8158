-- Air in the national report. {from} is where the hourly series begins. A station of the day is one that
-- the register has as active, or that has a row: counts, completeness and reasons speak of the same ones.

--- provinces
WITH registered AS (
  SELECT station_code, province_code FROM {monitoring.station}
  WHERE station_type = 'ambient_air'
    AND (active_from IS NULL OR active_from <= {date}) AND (active_to IS NULL OR active_to >= {date})),
days AS (SELECT * FROM {national.air_quality_daily} WHERE local_date = {date}),
stations AS (
  SELECT coalesce(d.station_code, r.station_code) AS station_code,
         coalesce(d.province_code, r.province_code) AS province_code, d.aqi, d.driver
  FROM registered r FULL JOIN days d ON d.station_code = r.station_code)
SELECT a.province_code, count(*) AS stations, count(aqi) AS with_index,
       count_if(aqi > 100) AS out_of_range, round(median(aqi)) AS median,
       min_by(struct(aqi, driver, a.station_code, s.name), struct(-aqi, a.station_code))
         FILTER (WHERE aqi IS NOT NULL) AS worst
FROM stations a
LEFT JOIN {national.station} s ON s.station_code = a.station_code
GROUP BY a.province_code

--- worst
SELECT a.station_code, s.name, a.province_code, aqi, driver,
       CASE driver WHEN 'PM2.5' THEN pm25_24h WHEN 'PM10' THEN pm10_24h WHEN 'NO2' THEN no2_1h_max
                   WHEN 'SO2' THEN so2_1h_max WHEN 'CO' THEN co_1h_max END AS concentration,
       incomplete IS NULL AND quarantined = 0 AS whole
FROM {national.air_quality_daily} a
LEFT JOIN {national.station} s ON s.station_code = a.station_code
WHERE local_date = {date} AND aqi IS NOT NULL
ORDER BY aqi DESC, a.station_code
LIMIT 8

--- trend
SELECT province_code, hour_ending, max(aqi) AS worst
FROM {national.air_quality_hourly}
WHERE hour_ending > {from} AND hour_ending <= {day_end} AND aqi IS NOT NULL
GROUP BY province_code, hour_ending

--- hours
SELECT count(aqi) AS with_index
FROM {national.air_quality_hourly}
WHERE hour_ending > {day_begin} AND hour_ending <= {day_end}

--- whole
SELECT count(*) AS whole
FROM {national.air_quality_daily}
WHERE local_date = {date} AND aqi IS NOT NULL AND incomplete IS NULL AND quarantined = 0

--- restated
WITH days AS (SELECT station_code, local_date, aqi, driver
              FROM {national.air_quality_daily} WHERE local_date < {date}),
earlier AS (SELECT station_code, local_date, aqi, driver
            FROM {before.national.air_quality_daily} WHERE local_date < {date})
SELECT coalesce(d.local_date, e.local_date) AS day, count(*) AS times,
       count(*) OVER () AS days
FROM days d FULL JOIN earlier e ON e.station_code = d.station_code AND e.local_date = d.local_date
WHERE NOT struct(d.aqi, d.driver) <=> struct(e.aqi, e.driver)
GROUP BY day
ORDER BY day DESC
LIMIT 7

--- reasons
WITH registered AS (
  SELECT station_code FROM {monitoring.station}
  WHERE station_type = 'ambient_air'
    AND (active_from IS NULL OR active_from <= {date}) AND (active_to IS NULL OR active_to >= {date})),
days AS (SELECT * FROM {national.air_quality_daily} WHERE local_date = {date})
SELECT coalesce(d.no_index_reason, 'NOTHING_SENT') AS reason, count(*) AS times
FROM registered r FULL JOIN days d ON d.station_code = r.station_code
WHERE d.aqi IS NULL
GROUP BY ALL
ORDER BY times DESC, reason
LIMIT 8

-- Air in the national report. {from} is where the hourly series begins.

--- provinces
SELECT a.province_code, count(*) AS stations, count(aqi) AS with_index,
       count_if(aqi > 100) AS out_of_range, round(median(aqi)) AS median,
       max_by(struct(aqi, driver, a.station_code, s.name), struct(aqi, a.station_code))
         FILTER (WHERE aqi IS NOT NULL) AS worst
FROM {national.air_quality_daily} a
LEFT JOIN {national.station} s ON s.station_code = a.station_code
WHERE local_date = {date}
GROUP BY a.province_code

--- worst
SELECT a.station_code, s.name, a.province_code, aqi, driver,
       CASE driver WHEN 'PM2.5' THEN pm25_24h WHEN 'PM10' THEN pm10_24h WHEN 'NO2' THEN no2_1h_max
                   WHEN 'SO2' THEN so2_1h_max WHEN 'CO' THEN co_1h_max END AS concentration
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

--- completeness
SELECT (SELECT count(*) FROM {monitoring.station}
        WHERE station_type = 'ambient_air'
          AND (active_from IS NULL OR active_from <= {date})
          AND (active_to IS NULL OR active_to >= {date})) AS air_stations,
       (SELECT count(aqi) FROM {national.air_quality_hourly}
        WHERE hour_ending > {day_begin} AND hour_ending <= {day_end}) AS hours_with_index

--- reasons
SELECT no_index_reason AS reason, count(*) AS times
FROM {national.air_quality_daily}
WHERE local_date = {date} AND aqi IS NULL AND no_index_reason IS NOT NULL
GROUP BY no_index_reason
ORDER BY times DESC, reason
LIMIT 8

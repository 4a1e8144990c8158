-- Stations in the national report.

--- reporting
SELECT count(*) AS total, count(o.station_code) AS reporting
FROM (SELECT station_code FROM {monitoring.station}
      WHERE (active_from IS NULL OR active_from <= {date})
        AND (active_to IS NULL OR active_to >= {date})) s
LEFT JOIN (SELECT DISTINCT station_code FROM {monitoring.observation}
           WHERE observed_on IN ({date}, {date} + INTERVAL 1 DAY) -- the partitions that the day lies in
             AND measured_at > {day_begin} AND measured_at <= {day_end} AND value IS NOT NULL) o
  ON o.station_code = s.station_code

--- located
SELECT count(province_agrees) AS located, count_if(province_agrees) AS agreeing
FROM {national.station}

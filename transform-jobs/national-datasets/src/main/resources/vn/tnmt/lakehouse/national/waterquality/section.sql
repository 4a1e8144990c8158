-- Surface water in the national report. {since} is the first day of the samples that count. A point is
-- its latest sample that has an index; one that has none, its latest sample.

--- provinces
WITH points AS (
  SELECT sample_point,
         max_by(struct(wqi, sampled_on, province_code), struct(wqi IS NOT NULL, sampled_on)) AS latest
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date}
  GROUP BY sample_point)
SELECT latest.province_code, count(*) AS points, count(latest.wqi) AS with_index,
       count_if(latest.wqi <= 50) AS out_of_range, round(median(latest.wqi)) AS median,
       min_by(struct(latest.wqi, latest.sampled_on, sample_point), struct(latest.wqi, sample_point))
         FILTER (WHERE latest.wqi IS NOT NULL) AS worst
FROM points
GROUP BY latest.province_code

--- worst
WITH points AS (
  SELECT sample_point,
         max_by(struct(wqi, sampled_on, province_code, lon, lat), sampled_on) AS latest
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date} AND wqi IS NOT NULL
  GROUP BY sample_point)
SELECT sample_point, latest.* FROM points
ORDER BY wqi, sample_point
LIMIT 8

--- whole
WITH points AS (
  SELECT sample_point, max_by(quarantined, sampled_on) AS quarantined
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date} AND wqi IS NOT NULL
  GROUP BY sample_point)
SELECT count_if(quarantined = 0) AS whole FROM points

--- restated
SELECT e.sampled_on AS day, count(*) AS times, count(*) OVER () AS days
FROM {before.national.water_quality} e
LEFT JOIN {national.water_quality} w
  ON w.sample_point = e.sample_point AND w.sampled_on = e.sampled_on
WHERE e.sampled_on < {date} AND NOT e.wqi <=> w.wqi
GROUP BY day
ORDER BY day DESC
LIMIT 7

--- reasons
WITH points AS (
  SELECT sample_point,
         max_by(struct(wqi, no_index_reason), struct(wqi IS NOT NULL, sampled_on)) AS latest
  FROM {national.water_quality}
  WHERE sampled_on BETWEEN {since} AND {date}
  GROUP BY sample_point)
SELECT latest.no_index_reason AS reason, count(*) AS times
FROM points
WHERE latest.wqi IS NULL
GROUP BY latest.no_index_reason
ORDER BY times DESC, reason
LIMIT 8

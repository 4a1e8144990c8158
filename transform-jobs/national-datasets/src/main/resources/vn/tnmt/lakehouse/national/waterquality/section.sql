-- Surface water in the national report. {since} is the first day of the samples that count.

--- provinces
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

--- reasons
SELECT no_index_reason AS reason, count(*) AS times
FROM {national.water_quality}
WHERE sampled_on BETWEEN {since} AND {date} AND wqi IS NULL AND no_index_reason IS NOT NULL
GROUP BY no_index_reason
ORDER BY times DESC, reason
LIMIT 8

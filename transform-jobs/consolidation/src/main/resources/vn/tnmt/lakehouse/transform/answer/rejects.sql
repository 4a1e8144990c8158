-- The quarantined records of a run. A map keeps the order of the file only in its two arrays.

--- columns
SELECT delivery_id, name, at, part
FROM (SELECT *, row_number() OVER (PARTITION BY delivery_id ORDER BY at, part, name) AS nth
      FROM (SELECT delivery_id, name, min(struct(at, part)).at AS at, min(struct(at, part)).part AS part
            FROM (SELECT delivery_id, record_part AS part, posexplode(map_keys(cells)) AS (at, name)
                  FROM {ops.quarantine}
                  WHERE business_date = {date} AND run_id = {run})
            GROUP BY delivery_id, name))
WHERE nth <= 4001

--- records
SELECT publisher, feed, delivery_id, source_file, source_line, record_part,
       map_keys(cells), map_values(cells), text, breaches
FROM {ops.quarantine}
WHERE business_date = {date} AND run_id = {run}
ORDER BY delivery_id, source_file, source_line, record_part

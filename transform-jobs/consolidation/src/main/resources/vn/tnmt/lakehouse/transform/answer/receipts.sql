-- One row for each delivery of a run, with its broken rules and up to three examples of each.
-- Examples of blocking rules come from the quarantine, those of the others from the raw tables.

--- blocked
SELECT delivery_id, source_file, source_line, record_part, breach
FROM (SELECT delivery_id, source_file, source_line, record_part,
             explode(filter(breaches, b -> b.severity = 'BLOCK')) AS breach
      FROM {ops.quarantine}
      WHERE business_date = {date} AND run_id = {run})

--- warned
SELECT delivery_id, source_file, source_line, record_part, breach
FROM (SELECT delivery_id, source_file, source_line, record_part,
             explode(filter(breaches, b -> b.severity <> 'BLOCK')) AS breach
      FROM {raw.table}
      WHERE business_date = {date} AND run_id = {run} AND size(breaches) > 0)

--- receipts
WITH found AS ({found.rows}),
-- A line that became several records breaks a rule once, for the person who reads about it.
cells AS (
  SELECT DISTINCT delivery_id, breach.rule, source_file, source_line, breach.column, breach.value,
                  breach.expected
  FROM found),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY delivery_id, rule
                               ORDER BY source_file, source_line, column, value) AS nth
  FROM cells),
examples AS (
  SELECT delivery_id, rule,
         sort_array(collect_list(struct(nth, source_file, source_line, column, value, expected)))
           AS examples
  FROM numbered
  WHERE nth <= 3
  GROUP BY delivery_id, rule),
broken AS (
  SELECT r.delivery_id, collect_list(struct(r.rule, r.severity, r.broken, e.examples)) AS rules
  FROM {ops.rule_result} r
  LEFT JOIN examples e ON e.delivery_id = r.delivery_id AND e.rule = r.rule
  WHERE r.run_id = {run} AND r.broken > 0
  GROUP BY r.delivery_id)
SELECT d.delivery_id, d.publisher, d.feed, d.dataset, d.contract_version, d.run_id,
       d.business_date, d.received_at, d.files, d.bytes, d.content_sha256, d.received, d.accepted,
       d.quarantined, d.duplicate, d.superseded, d.replaced, b.rules,
       if(g.landing IS NULL, NULL,
          struct(g.landing, g.delivery_id, g.feed, g.business_date, g.status, g.findings,
                 CAST(NULL AS string) AS fingerprint, g.decided_by, g.decided_at, g.why)) AS gate
FROM {ops.delivery} d
LEFT JOIN broken b ON b.delivery_id = d.delivery_id
-- what was found and decided is that of the delivery's own night
LEFT JOIN {ops.gate} g ON g.business_date = d.business_date AND g.landing = d.landing
WHERE d.run_id = {run}

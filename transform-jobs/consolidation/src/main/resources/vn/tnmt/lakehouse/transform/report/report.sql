-- The statements behind the national report, without those of its sections. {domain.table} is a table
-- at the release's snapshot; {date}, {run}, {release} are literals. The page shows them filled in.

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

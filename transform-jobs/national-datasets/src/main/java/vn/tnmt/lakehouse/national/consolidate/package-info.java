/**
 * Standard tables → national tables, as pure functions from {@code Dataset<Row>} to {@code
 * Dataset<Row>}: no session, no clock, no input or output. Spark brings the values of a station or
 * a sample together; {@code transform.index} computes the index.
 *
 * <p>The night computes only what its deliveries touched. {@link
 * vn.tnmt.lakehouse.national.consolidate.AffectedDays} turns changed observations into the station
 * days whose national rows can differ, and says which days of a table the computation has to read,
 * so that the work follows the deliveries and not the history:
 *
 * <pre>{@code
 * affected = AffectedDays.ofObservations(changed);
 * dates    = AffectedDays.dates(affected);
 * hourly   = AirQualityHourly.compute(observation.where(AffectedDays.near("observed_on", dates, 1, 1)),
 *                                     stations, affected, policy);
 * daily    = AirQualityDaily.compute(nationalHourly.where(AffectedDays.near("local_date", dates, 1, 0)),
 *                                    affected, policy);
 * }</pre>
 *
 * <p>{@link vn.tnmt.lakehouse.national.consolidate.NationalTables} is the caller: it alone reads
 * and merges tables.
 *
 * <p>Results do not depend on partitioning, on the order of input rows or on the session's time
 * zone.
 */
package vn.tnmt.lakehouse.national.consolidate;

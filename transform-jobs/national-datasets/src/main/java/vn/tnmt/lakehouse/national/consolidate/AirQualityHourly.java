package vn.tnmt.lakehouse.national.consolidate;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.transform.index.Pollutant;

/**
 * {@code national.air_quality_hourly}: 1-hour means, NowCast of dust and VN_AQI of each hour in
 * which an ambient air station sent one of the six pollutants.
 *
 * <ul>
 *   <li>Only measurements of status {@code 00} with a value between 0 and 10⁹ µg/m³ count; the
 *       others count as missing. An hour in which a station sent only faults is a row without
 *       index.
 *   <li>An hour's mean counts when enough of its intervals hold a valid measurement ({@link
 *       AirPolicy}, house policy). {@code minutes_valid} is the coverage of the best covered
 *       pollutant.
 *   <li>A mean is the exact sum of values rounded to 10⁻⁶ µg/m³, so that it does not depend on the
 *       order of rows.
 * </ul>
 */
public final class AirQualityHourly {
  /** Sums are kept in millionths of a µg/m³. */
  static final double MICROS = 1e6;

  private static final int CONTEXT_HOURS = 11;

  private AirQualityHourly() {}

  /**
   * The hourly rows of the affected station days.
   *
   * @param observations {@code monitoring.observation}, filtered by {@link AffectedDays#near
   *     near("observed_on", dates, 1, 1)}: the evening before feeds NowCast, and 00:00 of the next
   *     day belongs to the day
   * @param stations {@code station_code, province_code, station_type}
   * @param affected {@code station_code, local_date}, see {@link AffectedDays#ofObservations}
   * @return the columns of {@code national.air_quality_hourly}, one row per station and hour,
   *     sorted by both within a partition
   */
  public static Dataset<Row> compute(
      Dataset<Row> observations, Dataset<Row> stations, Dataset<Row> affected, AirPolicy policy) {
    Dataset<Row> ambient =
        stations
            .where(col("station_type").equalTo("ambient_air"))
            .select("station_code", "province_code");
    Dataset<Row> days =
        AffectedDays.withContext(affected, CONTEXT_HOURS)
            .join(ambient, new String[] {"station_code"}, "leftsemi");

    Dataset<Row> means =
        observations
            .where(col("parameter").isin((Object[]) Pollutant.parameters()))
            .select(
                col("station_code"),
                col("parameter"),
                col("measured_at"),
                Hours.ofInstant("measured_at").as("hour"),
                expr("IF(status = '00' AND value >= 0 AND value < 1e9, value, NULL)").as("value"))
            .withColumn("local_date", Hours.date("hour", 0))
            .join(broadcast(days), new String[] {"station_code", "local_date"})
            .where(Hours.ofDay("hour").geq(col("first_hour")))
            .groupBy("station_code", "hour", "first_hour", "parameter")
            .agg(
                sum(expr("floor(value * 1e6 + 0.5)")).as("micros"),
                count("value").as("n"),
                bit_or(slot(policy)).as("slots"));

    MapPartitionsFunction<Row, Row> pass = rows -> new HourlyPass(rows, policy);
    return means
        .join(broadcast(ambient), "station_code")
        .repartition(col("station_code"))
        .sortWithinPartitions("station_code", "hour", "parameter")
        .mapPartitions(pass, Encoders.row(HourlyPass.SCHEMA))
        .select(
            col("station_code"),
            col("province_code"),
            Hours.instant("hour").as("hour_ending"),
            Hours.date("hour", 0).as("local_date"),
            col("index.*"));
  }

  /** Sets the bit of the interval of the hour that a valid measurement falls in. */
  private static Column slot(AirPolicy policy) {
    long micros = policy.intervalMinutes() * 60_000_000L;
    return expr(
        ("IF(value IS NULL, 0L, shiftleft(1L, CAST(pmod(unix_micros(measured_at) - 1, 3600000000L)"
                + " div %dL AS INT)))")
            .formatted(micros));
  }
}

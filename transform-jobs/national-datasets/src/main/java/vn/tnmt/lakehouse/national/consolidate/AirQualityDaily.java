package vn.tnmt.lakehouse.national.consolidate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.transform.index.Pollutant;

/**
 * {@code national.air_quality_daily}: VN_AQI of a day and the figures it comes from, from the
 * hourly table.
 *
 * <ul>
 *   <li>The day's hours are 01:00 … 00:00 of the next day, local time (Quyết định 1459/QĐ-TCMT).
 *   <li>Dust: mean of the day's hourly means. SO2, NO2, CO, O3: highest hourly mean. O3 also:
 *       highest of the 24 8-hour means ending in the day, the first of which reaches back to 18:00
 *       of the evening before.
 *   <li>How many hours each of them needs is house policy ({@link AirPolicy}).
 *   <li>{@code hours_valid} counts the hours of the day with the mean of at least one pollutant.
 * </ul>
 */
public final class AirQualityDaily {
  private AirQualityDaily() {}

  /**
   * The rows of the affected station days that have an hourly row.
   *
   * @param hourly {@code national.air_quality_hourly}, filtered by {@link AffectedDays#near
   *     near("local_date", dates, 1, 0)}
   * @param affected {@code station_code, local_date}; the same as for {@link
   *     AirQualityHourly#compute}
   * @return the columns of {@code national.air_quality_daily}, sorted by station and day within a
   *     partition
   */
  public static Dataset<Row> compute(Dataset<Row> hourly, Dataset<Row> affected, AirPolicy policy) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("station_code"));
    columns.add(col("province_code"));
    columns.add(Hours.ofInstant("hour_ending").as("hour"));
    columns.add(col("first_hour"));
    columns.add(
        expr("coalesce(conc_pm25, conc_pm10) IS NOT NULL"
                + " OR coalesce(no_index_reason = 'PM_INCOMPLETE', false)")
            .as("dust"));
    for (Pollutant p : Pollutant.values()) {
      columns.add(col(AirColumns.of("conc", p)));
    }
    MapPartitionsFunction<Row, Row> pass = rows -> new DailyPass(rows, policy);
    return hourly
        .join(
            broadcast(AffectedDays.withContext(affected, DailyPass.EVENING)),
            new String[] {"station_code", "local_date"})
        .select(columns.toArray(Column[]::new))
        .where(Hours.ofDay("hour").geq(col("first_hour")))
        .repartition(col("station_code"))
        .sortWithinPartitions("station_code", "hour")
        .mapPartitions(pass, Encoders.row(DailyPass.SCHEMA))
        .select(
            col("station_code"),
            col("province_code"),
            expr("date_from_unix_date(CAST(day AS INT))").as("local_date"),
            col("index.*"));
  }
}

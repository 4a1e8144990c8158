package vn.tnmt.lakehouse.national.air;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which days of which stations a change touches, and which hours their computation reads. */
public final class StationDays {
  private StationDays() {}

  /**
   * The station days whose hourly or daily rows can differ after these observations were added or
   * replaced: the day of the measurement's hour, and the next one. How often a station measures is
   * told by all values of a day, so that any of them bears on the means of its evening, at which
   * NowCast and the 8-hour means of the next day look.
   *
   * @param changed {@code station_code string, measured_at timestamp}, other columns ignored
   * @return {@code station_code string, local_date date}, distinct
   */
  public static Dataset<Row> ofObservations(Dataset<Row> changed) {
    return changed
        .select(col("station_code"), Hours.ofInstant("measured_at").as("hour"))
        .select(
            col("station_code"),
            explode(array(Hours.date("hour", 0), date_add(Hours.date("hour", 0), 1)))
                .as("local_date"))
        .distinct();
  }

  /**
   * Affected days plus the last {@code context} hours of the days before them.
   *
   * @return {@code station_code, local_date, first_hour}: read the day's hours from {@code
   *     first_hour} (1–24) on; it is 1 exactly for the affected days
   */
  public static Dataset<Row> withContext(Dataset<Row> affected, int context) {
    Column itself = struct(col("local_date"), lit(1).as("first_hour"));
    Column before =
        struct(
            date_add(col("local_date"), -1).as("local_date"),
            lit(Hours.PER_DAY - context + 1).as("first_hour"));
    return affected
        .select(col("station_code"), inline(array(itself, before)))
        .groupBy("station_code", "local_date")
        .agg(min("first_hour").as("first_hour"));
  }
}

package vn.tnmt.lakehouse.national.consolidate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Which station days a change touches, and which days of a table their computation reads. */
public final class AffectedDays {
  /** Hours after a measurement whose NowCast still looks at it. */
  private static final int NOWCAST_REACH = 11;

  private AffectedDays() {}

  /**
   * The station days whose hourly or daily rows can differ after these observations were added or
   * replaced: the day of the measurement's hour, and the next day when NowCast (11 hours) or an
   * 8-hour mean reaches into it.
   *
   * @param changed {@code station_code string, measured_at timestamp}, other columns ignored
   * @return {@code station_code string, local_date date}, distinct
   */
  public static Dataset<Row> ofObservations(Dataset<Row> changed) {
    Dataset<Row> hours =
        changed.select(col("station_code"), Hours.ofInstant("measured_at").as("hour")).distinct();
    return hours
        .select(col("station_code"), Hours.date("hour", 0).as("local_date"))
        .union(hours.select(col("station_code"), Hours.date("hour", NOWCAST_REACH)))
        .distinct();
  }

  /** The distinct dates of {@code local_date}, in order; one small action. */
  public static List<LocalDate> dates(Dataset<Row> affected) {
    return affected
        .select(col("local_date").cast("string"))
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .map(LocalDate::parse)
        .sorted()
        .toList();
  }

  /**
   * A predicate on a date column for partition pruning: within {@code before} days before and
   * {@code after} days after one of the dates, as few ranges as possible. Without dates it is
   * false.
   */
  public static Column near(String column, Collection<LocalDate> dates, int before, int after) {
    Column any = lit(false);
    for (Range range : ranges(dates, before, after)) {
      any = any.or(col(column).between(lit(range.first()), lit(range.last())));
    }
    return any;
  }

  /**
   * Affected days plus the last {@code context} hours of the days before them.
   *
   * @return {@code station_code, local_date, first_hour}: read the day's hours from {@code
   *     first_hour} (1–24) on; it is 1 exactly for the affected days
   */
  static Dataset<Row> withContext(Dataset<Row> affected, int context) {
    return affected
        .select(col("station_code"), col("local_date"), lit(1).as("first_hour"))
        .union(
            affected.select(
                col("station_code"),
                date_add(col("local_date"), -1),
                lit(Hours.PER_DAY - context + 1)))
        .groupBy("station_code", "local_date")
        .agg(min("first_hour").as("first_hour"));
  }

  static List<Range> ranges(Collection<LocalDate> dates, int before, int after) {
    List<Range> ranges = new ArrayList<>();
    for (LocalDate date : new TreeSet<>(dates)) {
      Range next = new Range(date.minusDays(before), date.plusDays(after));
      Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && !next.first().isAfter(last.last().plusDays(1))) {
        ranges.set(ranges.size() - 1, new Range(last.first(), next.last()));
      } else {
        ranges.add(next);
      }
    }
    return ranges;
  }

  record Range(LocalDate first, LocalDate last) {}
}

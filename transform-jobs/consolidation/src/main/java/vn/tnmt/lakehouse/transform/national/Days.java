package vn.tnmt.lakehouse.transform.national;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The days that a night touched, and which partitions their computation reads. */
public final class Days {
  /** With more ranges than these, one over all of them is cheaper to plan. */
  private static final int MAX_RANGES = 100;

  private Days() {}

  record Range(LocalDate first, LocalDate last) {}

  /** The distinct dates of a column, in order; one small action. */
  public static List<LocalDate> of(Dataset<Row> units, String column) {
    return parsed(units.agg(distinct(column)).first().getList(0));
  }

  /** Aggregate for {@link #parsed}. */
  static Column distinct(String column) {
    return collect_set(col(column).cast("string"));
  }

  static List<LocalDate> parsed(List<String> dates) {
    return dates.stream().map(LocalDate::parse).sorted().toList();
  }

  /**
   * A predicate on a date column for partition pruning: within {@code before} days before and
   * {@code after} days after one of the dates, as few ranges as possible. Without dates it is
   * false.
   */
  public static Column near(String column, Collection<LocalDate> dates, int before, int after) {
    List<Range> ranges = ranges(dates, before, after);
    if (ranges.size() > MAX_RANGES) {
      ranges = List.of(new Range(ranges.get(0).first(), ranges.get(ranges.size() - 1).last()));
    }
    Column any = lit(false);
    for (Range range : ranges) {
      any = any.or(col(column).between(lit(range.first()), lit(range.last())));
    }
    return any;
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
}

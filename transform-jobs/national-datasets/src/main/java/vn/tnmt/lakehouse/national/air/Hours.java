package vn.tnmt.lakehouse.national.air;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Column;

/**
 * Hours and days as whole numbers, so that nothing depends on the session's time zone.
 *
 * <p>An hour is named by its end and holds the measurements of (h-1, h]; its number counts hour
 * ends since 1970-01-01 00:00 UTC. <em>Interpretation</em>: Quyết định 1459/QĐ-TCMT counts a day's
 * hours 01:00 … 00:00 of the next day, which names an hour by its end, and does not say where a
 * measurement at the full hour belongs. So the day of an hour is the local day in which it began,
 * and a measurement at 00:00 belongs to the day before.
 *
 * <p>Vietnam is UTC+7 without daylight saving since 1975-06-13.
 */
public final class Hours {
  public static final int PER_DAY = 24;
  private static final int UTC_OFFSET = 7;
  private static final String MICROS = "3600000000L";

  private Hours() {}

  /**
   * Number of the hour that an instant falls in: the next full hour, or this one at the full hour.
   */
  public static Column ofInstant(String timestamp) {
    String before = "(unix_micros(" + timestamp + ") - 1)";
    return expr("(%s - pmod(%s, %s)) div %s + 1".formatted(before, before, MICROS, MICROS));
  }

  /** The instant at which hour {@code hour} ends. */
  public static Column instant(String hour) {
    return expr("timestamp_micros(" + hour + " * " + MICROS + ")");
  }

  /** Local day, as days since 1970-01-01, of an hour. */
  public static long day(long hour) {
    return Math.floorDiv(hour - 1 + UTC_OFFSET, PER_DAY);
  }

  /**
   * 1 for the hour that ends at 01:00 local time, 24 for the one that ends at 00:00 of the next
   * day.
   */
  public static int ofDay(long hour) {
    return Math.floorMod(hour - 1 + UTC_OFFSET, PER_DAY) + 1;
  }

  /** {@link #day(long)} in Spark, as a date, {@code ahead} hours later. */
  public static Column date(String hour, int ahead) {
    return expr(
        "date_from_unix_date(CAST(floor((%s + %d) / 24D) AS INT))"
            .formatted(hour, ahead - 1 + UTC_OFFSET));
  }

  /** {@link #ofDay(long)} in Spark. */
  public static Column ofDay(String hour) {
    return expr("pmod(%s + %d, 24) + 1".formatted(hour, UTC_OFFSET - 1));
  }
}

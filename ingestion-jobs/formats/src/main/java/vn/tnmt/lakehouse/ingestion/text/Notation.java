package vn.tnmt.lakehouse.ingestion.text;

/**
 * How the numbers and dates of one column are written, as its cells show.
 *
 * @param decimal the decimal separator; {@link #NONE} when the cells do not tell
 * @param grouped whether cells set off thousands with the other separator
 * @param days whether the day or the month stands first
 */
public record Notation(char decimal, boolean grouped, DayOrder days) {
  public static final char NONE = 0;
  public static final Notation UNKNOWN = new Notation(NONE, false, DayOrder.UNKNOWN);

  /** What stands first in {@code 3/4/2026}. */
  public enum DayOrder {
    UNKNOWN,
    DAY_FIRST,
    MONTH_FIRST
  }
}

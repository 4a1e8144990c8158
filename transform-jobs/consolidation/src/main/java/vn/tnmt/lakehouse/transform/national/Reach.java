package vn.tnmt.lakehouse.transform.national;

/**
 * Which days of an input the computation of a unit looks at, so that only these partitions are
 * read.
 *
 * @param column date column of the input; empty: all of the input is read
 * @param unitColumn date column of the dataset's units
 */
public record Reach(String column, String unitColumn, int daysBefore, int daysAfter) {
  /** A register: read whole. */
  public static final Reach ALL = new Reach("", "", 0, 0);

  /** A hundred years. */
  private static final int EVER = 36_525;

  public Reach {
    if (daysBefore < 0 || daysAfter < 0) {
      throw new IllegalArgumentException(
          "days are counted from 0: " + daysBefore + ", " + daysAfter);
    }
  }

  /** From {@code daysBefore} days before a unit's day to {@code daysAfter} days after it. */
  public static Reach days(String column, String unitColumn, int daysBefore, int daysAfter) {
    return new Reach(column, unitColumn, daysBefore, daysAfter);
  }

  /** From {@code daysBefore} days before the unit's day on: what is said of a day comes later. */
  public static Reach since(String column, String unitColumn, int daysBefore) {
    return new Reach(column, unitColumn, daysBefore, EVER);
  }

  boolean all() {
    return column.isEmpty();
  }
}

package vn.tnmt.lakehouse.national.airqualityhourly;

import java.util.OptionalInt;

/**
 * How far apart the values of one pollutant of one station lie on one day: the evidence of how
 * often it measures. The distance that most values have from the one before counts, when at least
 * {@value #FEWEST} have it and they are half of all; gaps of an outage are few and long.
 */
final class Spacing {
  private static final int FEWEST = 3;
  private static final int HOUR = 60;

  private final int[] times = new int[HOUR + 1];
  private int all;
  private int last = -1;

  /**
   * Adds the values of an hour, in the order of hours.
   *
   * @param hourOfDay 1–24
   * @param minutes a bit for each minute of the hour with a value
   */
  void add(int hourOfDay, long minutes) {
    for (long rest = minutes; rest != 0; rest &= rest - 1) {
      int minute = (hourOfDay - 1) * HOUR + Long.numberOfTrailingZeros(rest);
      if (last >= 0) {
        all++;
        times[Math.min(minute - last, HOUR)] += minute - last <= HOUR ? 1 : 0;
      }
      last = minute;
    }
  }

  /** The interval in minutes, one that divides an hour; empty when the day does not tell. */
  OptionalInt interval() {
    int found = 0;
    for (int gap = 1; gap <= HOUR; gap++) {
      if (HourCompleteness.divides(gap) && times[gap] > times[found]) {
        found = gap;
      }
    }
    return times[found] >= FEWEST && 2 * times[found] >= all
        ? OptionalInt.of(found)
        : OptionalInt.empty();
  }
}

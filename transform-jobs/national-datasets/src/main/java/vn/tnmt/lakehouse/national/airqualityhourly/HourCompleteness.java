package vn.tnmt.lakehouse.national.airqualityhourly;

import java.io.Serializable;

/**
 * How much of an hour must have been measured before its mean counts. This is house policy: Quyết
 * định 1459/QĐ-TCMT asks for two of the latest three hours in NowCast and for one kind of dust, and
 * for nothing else.
 *
 * @param intervalMinutes how often a station measures of which neither the register nor its values
 *     tell; Thông tư 10/2021/TT-BTNMT: every 5 minutes
 * @param minutesPerHour share of the hour's intervals that must hold a valid measurement for a
 *     1-hour mean
 */
public record HourCompleteness(int intervalMinutes, double minutesPerHour) implements Serializable {
  private static final int HOUR = 60;

  /** 5 minutes; 75 % of an hour. */
  public static final HourCompleteness HOUSE = new HourCompleteness(5, 0.75);

  public HourCompleteness {
    if (!divides(intervalMinutes)) {
      throw new IllegalArgumentException("An interval divides an hour: " + intervalMinutes);
    }
    if (!(minutesPerHour > 0 && minutesPerHour <= 1)) {
      throw new IllegalArgumentException("A share is above 0 and at most 1: " + minutesPerHour);
    }
  }

  /** Whether an hour is made of whole intervals of so many minutes. */
  static boolean divides(int minutes) {
    return minutes >= 1 && minutes <= HOUR && HOUR % minutes == 0;
  }

  /** The fewest intervals that make a valid hour; 75 % of 12 is 9. */
  int fewestSlots(int interval) {
    return (int) Math.ceil((double) HOUR / interval * minutesPerHour - 1e-9);
  }

  /**
   * How many intervals of an hour hold a value.
   *
   * @param minutes a bit for each minute with a value
   */
  static int slots(long minutes, int interval) {
    long slots = 0;
    for (long rest = minutes; rest != 0; rest &= rest - 1) {
      slots |= 1L << (Long.numberOfTrailingZeros(rest) / interval);
    }
    return Long.bitCount(slots);
  }
}

package vn.tnmt.lakehouse.national.airqualityhourly;

import java.io.Serializable;

/**
 * How much of an hour must have been measured before its mean counts. This is house policy: Quyết
 * định 1459/QĐ-TCMT asks for two of the latest three hours in NowCast and for one kind of dust, and
 * for nothing else.
 *
 * @param intervalMinutes how often a station measures; Thông tư 10/2021/TT-BTNMT: every 5 minutes
 * @param minutesPerHour share of the hour's intervals that must hold a valid measurement for a
 *     1-hour mean
 */
public record HourCompleteness(int intervalMinutes, double minutesPerHour) implements Serializable {

  /** 5 minutes; 75 % of an hour. */
  public static final HourCompleteness HOUSE = new HourCompleteness(5, 0.75);

  public HourCompleteness {
    if (intervalMinutes < 1 || intervalMinutes > 60 || 60 % intervalMinutes != 0) {
      throw new IllegalArgumentException("An interval divides an hour: " + intervalMinutes);
    }
    if (!(minutesPerHour > 0 && minutesPerHour <= 1)) {
      throw new IllegalArgumentException("A share is above 0 and at most 1: " + minutesPerHour);
    }
  }

  int slots() {
    return 60 / intervalMinutes;
  }

  /** The fewest intervals that make a valid hour; 75 % of 12 is 9. */
  int fewestSlots() {
    return (int) Math.ceil(slots() * minutesPerHour - 1e-9);
  }
}

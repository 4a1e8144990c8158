package vn.tnmt.lakehouse.national.consolidate;

import java.io.Serializable;

/**
 * How much must have been measured before a mean counts. This is house policy: Quyết định
 * 1459/QĐ-TCMT asks for two of the latest three hours in NowCast and for one kind of dust, and for
 * nothing else.
 *
 * @param intervalMinutes how often a station measures; Thông tư 10/2021/TT-BTNMT: every 5 minutes
 * @param minutesPerHour share of the hour's intervals that must hold a valid measurement for a
 *     1-hour mean
 * @param hoursPer8 1-hour means that an 8-hour mean needs
 * @param hoursPerDay 1-hour means that a figure of the day needs: the 24-hour mean, and also the
 *     day's highest 1-hour mean; the day's highest 8-hour mean needs as many 8-hour means
 */
public record AirPolicy(int intervalMinutes, double minutesPerHour, int hoursPer8, int hoursPerDay)
    implements Serializable {

  /** 5 minutes; 75 % of an hour, of 8 hours and of a day. */
  public static final AirPolicy HOUSE = new AirPolicy(5, 0.75, 6, 18);

  public AirPolicy {
    if (intervalMinutes < 1 || intervalMinutes > 60 || 60 % intervalMinutes != 0) {
      throw new IllegalArgumentException("An interval divides an hour: " + intervalMinutes);
    }
    if (!(minutesPerHour > 0 && minutesPerHour <= 1)) {
      throw new IllegalArgumentException("A share is above 0 and at most 1: " + minutesPerHour);
    }
    if (hoursPer8 < 1 || hoursPer8 > 8) {
      throw new IllegalArgumentException("Of 8 hours, 1 to 8 can be asked for: " + hoursPer8);
    }
    if (hoursPerDay < 1 || hoursPerDay > 24) {
      throw new IllegalArgumentException("Of 24 hours, 1 to 24 can be asked for: " + hoursPerDay);
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

package vn.tnmt.lakehouse.national.airqualitydaily;

import java.io.Serializable;

/**
 * How many hours must have been measured before a figure of the day counts. This is house policy:
 * Quyết định 1459/QĐ-TCMT sets none.
 *
 * @param hoursPer8 1-hour means that an 8-hour mean needs
 * @param hoursPerDay 1-hour means that the 24-hour mean needs. A highest value of the day needs no
 *     more than one, since it can only be too low; with fewer hours it is marked incomplete
 */
public record DayCompleteness(int hoursPer8, int hoursPerDay) implements Serializable {

  /** 75 % of 8 hours and of a day. */
  public static final DayCompleteness HOUSE = new DayCompleteness(6, 18);

  public DayCompleteness {
    if (hoursPer8 < 1 || hoursPer8 > 8) {
      throw new IllegalArgumentException("Of 8 hours, 1 to 8 can be asked for: " + hoursPer8);
    }
    if (hoursPerDay < 1 || hoursPerDay > 24) {
      throw new IllegalArgumentException("Of 24 hours, 1 to 24 can be asked for: " + hoursPerDay);
    }
  }
}

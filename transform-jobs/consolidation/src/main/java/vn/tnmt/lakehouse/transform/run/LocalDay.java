package vn.tnmt.lakehouse.transform.run;

import java.time.Instant;
import java.time.LocalDate;
import vn.tnmt.lakehouse.transform.page.Figures;

/**
 * A day in Vietnam as indices, completeness, reports and the night's own business date count it:
 * the instants after 00:00 up to and with 24:00. Quyết định 1459/QĐ-TCMT counts a day's hours 01:00
 * … 00:00 of the next day, so that what is measured at midnight ends a day and begins none.
 */
public record LocalDay(LocalDate date) {
  /** 00:00: the last instant that is not of the day. */
  public Instant begin() {
    return midnight(date);
  }

  /** 24:00: the last instant of the day. */
  public Instant end() {
    return midnight(date.plusDays(1));
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(Figures.VIETNAM).toInstant();
  }
}

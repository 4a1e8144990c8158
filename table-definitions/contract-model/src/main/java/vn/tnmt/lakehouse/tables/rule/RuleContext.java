package vn.tnmt.lakehouse.tables.rule;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a rule may know besides the row. There is no clock: a run repeated later decides the same.
 *
 * @param asOf the instant up to which facts may be known; later measurements lie in the future
 * @param businessDate the night's date
 */
public record RuleContext(Instant asOf, LocalDate businessDate) implements Serializable {
  /** Vietnam has been at UTC+7 without summer time since 1975-06-13. */
  static final long VIETNAM_OFFSET_SECONDS = 7 * 3600L;

  /** The calendar day in Vietnam of an instant, as a number of days since 1970-01-01. */
  static long localEpochDay(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond() + VIETNAM_OFFSET_SECONDS, 86_400L);
  }
}

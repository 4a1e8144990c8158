package vn.tnmt.lakehouse.transform.explain;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.transform.page.Figures;

/** Times as people in Vietnam write and read them: with an offset, or in Vietnam's zone. */
final class LocalTimes {
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private static final DateTimeFormatter WRITE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter()
          .withZone(Figures.VIETNAM);

  private LocalTimes() {}

  /** {@code TNMT-5004} when the text is no time. */
  static Instant read(String text) {
    try {
      TemporalAccessor time = READ.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime exact
          ? exact.toInstant()
          : LocalDateTime.from(time).atZone(Figures.VIETNAM).toInstant();
    } catch (DateTimeParseException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          "không phải là thời điểm / not a time: '" + text + "'",
          "",
          "write 2026-03-14T05:00 for Vietnam's time, or 2026-03-13T22:00Z with an offset",
          e);
    }
  }

  /** In Vietnam's zone, with its offset. */
  static String write(Instant instant) {
    return WRITE.format(instant);
  }
}

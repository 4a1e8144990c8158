package vn.tnmt.lakehouse.ingestion.reader.text;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BINARY_CONTENT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LONG;

import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/** Records that stand for rows which could not be cut into cells. */
public final class RowText {
  private static final int SHOWN_OF_TOO_LONG = 4096;

  private RowText() {}

  /** What a row is told as when its length, bytes or encoding forbid to read it; null otherwise. */
  public static @Nullable RawRecord unreadable(
      long line, byte[] bytes, int start, int end, boolean ascii, boolean control) {
    if (control) {
      return Flaws.line(
          line, Utf8.bytewise(bytes, start, end), Flaws.of(BINARY_CONTENT, "", "UTF-8"));
    }
    return ascii || Utf8.valid(bytes, start, end)
        ? null
        : Flaws.line(line, Utf8.bytewise(bytes, start, end), Flaws.of(NOT_UTF8, "", "UTF-8"));
  }

  public static RawRecord tooLong(long line, byte[] bytes, int start, int end, int most) {
    return Flaws.line(
        line,
        Utf8.bytewise(bytes, start, Math.min(end, start + SHOWN_OF_TOO_LONG)) + "…",
        Flaws.of(RECORD_TOO_LONG, "> %d bytes".formatted(most), "≤ %d bytes".formatted(most)));
  }

  public static String text(byte[] bytes, int start, int end, boolean bytewise) {
    return !bytewise && Utf8.valid(bytes, start, end)
        ? Utf8.text(bytes, start, end, false)
        : Utf8.bytewise(bytes, start, end);
  }
}

package vn.tnmt.lakehouse.ingestion.reader.text;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BINARY_CONTENT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_FIELD_COUNT;

import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/** What the current line of a scanner is made of, whatever its format. */
public final class Lines {
  private static final int SHOWN_OF_TOO_LONG = 4096;
  private static final String VISCII_LETTERS = "\u0002\u0005\u0006\u0014\u0019\u001E";

  private Lines() {}

  public static boolean blank(LineScanner line) {
    for (int i = line.start; i < line.end; i++) {
      if (line.bytes[i] > ' ' || line.bytes[i] < 0 || Utf8.control(line.bytes[i])) {
        return false;
      }
    }
    return true;
  }

  public static boolean ascii(LineScanner line) {
    for (int i = line.start; i < line.end; i++) {
      if (line.bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The record of a line that is not text, or too long to be a record; null when it is neither. */
  public static @Nullable RawRecord unreadable(LineScanner line, boolean ascii) {
    if (line.tooLong()) {
      return Flaws.line(
          line.number(),
          Utf8.bytewise(line.bytes, line.start, line.start + SHOWN_OF_TOO_LONG) + "…",
          Flaws.of(
              WRONG_FIELD_COUNT,
              "> %d bytes".formatted(line.maxLine()),
              "≤ %d bytes".formatted(line.maxLine())));
    }
    if (control(line)) {
      return bytewise(line, BINARY_CONTENT);
    }
    return ascii || Utf8.valid(line.bytes, line.start, line.end) ? null : bytewise(line, NOT_UTF8);
  }

  public static boolean control(LineScanner line) {
    for (int i = line.start; i < line.end; i++) {
      if (Utf8.control(line.bytes[i])) {
        return true;
      }
    }
    return false;
  }

  private static RawRecord bytewise(LineScanner line, BuiltInRules rule) {
    return Flaws.line(
        line.number(),
        Utf8.bytewise(line.bytes, line.start, line.end),
        Flaws.of(rule, "", "UTF-8"));
  }

  /** As {@link Utf8#control}, but VISCII's six letters below 0x20 pass. */
  public static boolean controlBesideLetters(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (Utf8.control(bytes[i]) && VISCII_LETTERS.indexOf(bytes[i]) < 0) {
        return true;
      }
    }
    return false;
  }
}

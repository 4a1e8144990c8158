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
    int i = line.start;
    while (i < line.end) {
      byte b = line.bytes[i];
      boolean space = b >= 0 && b <= ' ' && !Utf8.control(b);
      int length = space ? 1 : invisible(line.bytes, i, line.end);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** The byte that ends lines: CR, as old Macintosh programs write, where a head has no LF. */
  public static byte lineEnd(byte[] head, int length) {
    byte end = '\n';
    for (int i = 0; i < length; i++) {
      if (head[i] == '\n') {
        return '\n';
      }
      end = head[i] == '\r' ? (byte) '\r' : end;
    }
    return end;
  }

  /**
   * Bytes of the no-break space, zero-width space or byte order mark, in UTF-8, that stands at a
   * place; 0 when none does.
   */
  public static int invisible(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
    int third = at + 2 < end ? bytes[at + 2] & 0xFF : 0;
    if (first == 0xC2 && second == 0xA0) {
      return 2;
    }
    boolean zeroWidth = first == 0xE2 && second == 0x80 && third == 0x8B;
    boolean mark = first == 0xEF && second == 0xBB && third == 0xBF;
    return zeroWidth || mark ? 3 : 0;
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

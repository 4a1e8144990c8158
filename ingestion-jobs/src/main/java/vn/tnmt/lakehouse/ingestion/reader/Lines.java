package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.ingestion.reader.Flaws.BINARY;
import static vn.tnmt.lakehouse.ingestion.reader.Flaws.NOT_UTF8;
import static vn.tnmt.lakehouse.ingestion.reader.Flaws.WRONG_FIELDS;

/** What the current line of a scanner is made of, whatever its format. */
final class Lines {
  private static final int SHOWN_OF_TOO_LONG = 4096;

  private Lines() {}

  static boolean blank(LineScanner line) {
    for (int i = line.start; i < line.end; i++) {
      if (line.bytes[i] > ' ' || line.bytes[i] < 0 || control(line.bytes[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean ascii(LineScanner line) {
    for (int i = line.start; i < line.end; i++) {
      if (line.bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The record of a line that is not text, or too long to be a record; null when it is neither. */
  static RawRecord unreadable(LineScanner line, boolean ascii) {
    if (line.tooLong()) {
      return Flaws.line(
          line.number(),
          Utf8.bytewise(line.bytes, line.start, line.start + SHOWN_OF_TOO_LONG) + "…",
          Flaws.block(
              WRONG_FIELDS,
              "> %d bytes".formatted(LineScanner.MAX_LINE),
              "≤ %d bytes".formatted(LineScanner.MAX_LINE)));
    }
    for (int i = line.start; i < line.end; i++) {
      if (control(line.bytes[i])) {
        return bytewise(line, BINARY);
      }
    }
    return ascii || Utf8.valid(line.bytes, line.start, line.end) ? null : bytewise(line, NOT_UTF8);
  }

  private static RawRecord bytewise(LineScanner line, String rule) {
    return Flaws.line(
        line.number(),
        Utf8.bytewise(line.bytes, line.start, line.end),
        Flaws.block(rule, "", "UTF-8"));
  }

  /** A byte that no text holds: a control character other than TAB, LF, FF and CR. */
  static boolean control(byte b) {
    return b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' || b == 0x7F;
  }
}

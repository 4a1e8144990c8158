package vn.tnmt.lakehouse.ingestion.mapping;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/** Text as the platform keeps it. */
final class Texts {
  private static final Pattern LITERAL = Pattern.compile("=\\s*\"(?<text>(?:[^\"]|\"\")*)\"\\s*");

  /** Zero-width space and word joiner, marks of direction and of byte order. */
  private static final String INVISIBLE = "\uFEFF\u200B\u2060\u200E\u200F";

  private Texts() {}

  /**
   * Trimmed of every kind of space, also of those that have no width, and in Unicode's composed
   * form (NFC).
   */
  static String clean(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && space(text.charAt(from))) {
      from++;
    }
    while (to > from && space(text.charAt(to - 1))) {
      to--;
    }
    String trimmed = text.substring(from, to);
    for (int i = 0; i < trimmed.length(); i++) {
      if (!composed(trimmed.charAt(i))) {
        return Normalizer.isNormalized(trimmed, Normalizer.Form.NFC)
            ? trimmed
            : Normalizer.normalize(trimmed, Normalizer.Form.NFC);
      }
    }
    return trimmed;
  }

  /**
   * A text without the signs by which spreadsheets keep it from becoming a number: {@code ="00123"}
   * and {@code '00123} are {@code 00123}. Any other text is given back as it is.
   */
  static String unforced(String text) {
    if (text.length() < 2 || !mayBeForced(text.charAt(0))) {
      return text;
    }
    if (text.charAt(0) == '\'') {
      int digit = text.charAt(1) == '-' || text.charAt(1) == '+' ? 2 : 1;
      boolean number =
          digit < text.length() && text.charAt(digit) >= '0' && text.charAt(digit) <= '9';
      return number && text.indexOf('\'', 1) < 0 ? text.substring(1) : text;
    }
    Matcher literal = LITERAL.matcher(text);
    return literal.matches() ? literal.group("text").replace("\"\"", "\"") : text;
  }

  /** Whether a text that begins so may have signs of a spreadsheet around it. */
  static boolean mayBeForced(int first) {
    return first == '=' || first == '\'';
  }

  /** The text with pictures of the control characters in it, which no text holds; null if none. */
  static @Nullable String withControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (control(text.charAt(i))) {
        StringBuilder shown = new StringBuilder(text);
        for (int k = i; k < shown.length(); k++) {
          if (control(shown.charAt(k))) {
            shown.setCharAt(
                k, shown.charAt(k) == 0x7F ? '\u2421' : (char) (0x2400 + shown.charAt(k)));
          }
        }
        return shown.toString();
      }
    }
    return null;
  }

  private static boolean control(char c) {
    return c <= 0x7F && Utf8.control((byte) c);
  }

  /** Whether text of such characters alone is in NFC: Latin and the letters of Vietnamese. */
  private static boolean composed(char c) {
    return c < 0x300 || (c >= 0x1E00 && c < 0x1F00);
  }

  private static boolean space(char c) {
    return c <= ' ' || (c >= 0x80 && (Character.isSpaceChar(c) || INVISIBLE.indexOf(c) >= 0));
  }
}

package vn.tnmt.lakehouse.ingestion.gate;

import java.util.regex.Pattern;

/** What a text looks like, whatever the feed says of it. */
final class Looks {
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{1,4}[/.-]\\d{1,2}[/.-]\\d{1,4}([ T]\\d{1,2}:\\d{2}.*)?"
              + "|(19|20)\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])(\\d{6})?");
  private static final Pattern NUMBER = Pattern.compile("[<>]?\\s*[+-]?[\\d.,]+([eE][+-]?\\d+)?");
  private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9.eE+-]");

  private Looks() {}

  static boolean date(String text) {
    return text.length() >= 6 && DATE.matcher(text).matches();
  }

  /**
   * The number, or NaN. The last separator is taken for the decimal one unless it appears again or
   * has three digits behind it and another kind before it; for a profile that is good enough.
   */
  static double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Double.NaN;
    }
    int point = text.lastIndexOf('.');
    int comma = text.lastIndexOf(',');
    String plain = text;
    if (point >= 0 && comma >= 0) {
      plain = point > comma ? text.replace(",", "") : text.replace(".", "").replace(',', '.');
    } else if (comma >= 0) {
      plain = comma == text.indexOf(',') ? text.replace(',', '.') : text.replace(",", "");
    } else if (point != text.indexOf('.')) {
      plain = text.replace(".", "");
    }
    try {
      return Double.parseDouble(NOT_DIGITS.matcher(plain).replaceAll(""));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}

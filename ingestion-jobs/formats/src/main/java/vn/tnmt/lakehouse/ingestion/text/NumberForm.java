package vn.tnmt.lakehouse.ingestion.text;

/** What a number tells by itself about its separators. It may still be no number. */
public enum NumberForm {
  OTHER,
  /** No separator. */
  PLAIN,
  /** Decimal point, no groups: the only separator, not followed by just three digits, … */
  POINT,
  COMMA,
  /** Decimal point, or none, and groups by comma: {@code 1,234.5}, {@code 1,234,567}. */
  POINT_GROUPED,
  COMMA_GROUPED,
  /** One point before three digits: {@code 1.234} is 1.234 or 1234. */
  LONE_POINT,
  LONE_COMMA;

  public static NumberForm of(CharSequence text) {
    int from = text.length() > 0 && "-+\u2212".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    int points = 0;
    int commas = 0;
    int before = 0;
    int after = 0;
    int digits = 0;
    char last = 0;
    int i = from;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
        after++;
      } else if (c == '.' || c == ',') {
        if (points + commas == 0) {
          before = digits;
        }
        points += c == '.' ? 1 : 0;
        commas += c == ',' ? 1 : 0;
        last = c;
        after = 0;
      } else {
        break;
      }
    }
    boolean exponent = i < text.length();
    if (digits == 0 || (exponent && text.charAt(i) != 'e' && text.charAt(i) != 'E')) {
      return OTHER;
    }
    if (points + commas == 0) {
      return PLAIN;
    }
    if (points > 0 && commas > 0) {
      int same = last == '.' ? points : commas;
      return same > 1 ? OTHER : last == '.' ? POINT_GROUPED : COMMA_GROUPED;
    }
    if (points + commas > 1) {
      return after != 3 ? OTHER : last == '.' ? COMMA_GROUPED : POINT_GROUPED;
    }
    boolean either =
        after == 3 && before >= 1 && before <= 3 && text.charAt(from) != '0' && !exponent;
    if (either) {
      return last == '.' ? LONE_POINT : LONE_COMMA;
    }
    return last == '.' ? POINT : COMMA;
  }
}

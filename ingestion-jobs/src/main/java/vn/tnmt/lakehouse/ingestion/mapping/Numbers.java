package vn.tnmt.lakehouse.ingestion.mapping;

/** Decimal numbers in a publisher's notation. */
final class Numbers {
  /** Point or comma, whichever stands there: station files write both. */
  static final char EITHER = 0;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;

  private Numbers() {}

  /**
   * The number that a trimmed text means, or NaN when it is none.
   *
   * <p>Groups of three digits may be set off by the other separator when that leaves no doubt: with
   * a decimal separator behind them or with two or more groups ({@code 1,234.5}, {@code
   * 1,234,567}). A lone {@code 1,234} under decimal point is refused, since it may be a decimal
   * comma.
   *
   * @param decimal {@code .}, {@code ,} or {@link #EITHER} (then no groups)
   */
  static double parse(CharSequence text, char decimal) {
    int length = text.length();
    int i = 0;
    boolean negative = length > 0 && text.charAt(0) == '-';
    if (negative || (length > 0 && text.charAt(0) == '+')) {
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    int groups = 0;
    int sinceGroup = 0;
    boolean fraction = false;
    boolean exact = true;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
        if (mantissa < EXACT / 10 - 1) {
          mantissa = mantissa * 10 + (c - '0');
          scale += fraction ? 1 : 0;
        } else {
          exact = false;
        }
        sinceGroup++;
      } else if (c == '.' || c == ',') {
        boolean isDecimal = c == decimal || decimal == EITHER;
        if (fraction
            || (!isDecimal && (groups == 0 ? sinceGroup > 3 || digits == 0 : sinceGroup != 3))) {
          return Double.NaN;
        }
        if (isDecimal) {
          if (groups > 0 && sinceGroup != 3) {
            return Double.NaN;
          }
          fraction = true;
        } else {
          groups++;
          sinceGroup = 0;
        }
      } else {
        break;
      }
    }
    boolean doubtful = groups > 0 && !fraction && (groups == 1 || sinceGroup != 3);
    if (digits == 0 || doubtful) {
      return Double.NaN;
    }
    if (i == length && exact && scale < POWERS.length) {
      double value = mantissa / POWERS[scale];
      return negative ? 0.0 - value : value;
    }
    return i == length || exponent(text, i) ? slow(text, decimal) : Double.NaN;
  }

  /**
   * The number that bytes mean when they are digits, with or without a sign before and one decimal
   * separator among them, and few enough for a double to hold exactly; NaN for {@link #parse} to
   * decide otherwise.
   */
  static double plain(byte[] bytes, int from, int to, char decimal) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative) {
      i++;
    }
    if (to - i > 16) {
      return Double.NaN;
    }
    long mantissa = 0;
    int separator = -1;
    int begin = i;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
      } else if (separator < 0 && bytes[i] == decimal) {
        separator = i;
      } else {
        return Double.NaN;
      }
    }
    int digits = to - begin - (separator < 0 ? 0 : 1);
    if (digits == 0 || digits > 15) {
      return Double.NaN;
    }
    double value = separator < 0 ? mantissa : mantissa / POWERS[to - separator - 1];
    return negative ? 0.0 - value : value;
  }

  private static boolean exponent(CharSequence text, int from) {
    int i = from;
    if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
      return false;
    }
    i++;
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    int begin = i;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i > begin && i == text.length();
  }

  /** For text that is known to be a number; too large a number is none. */
  private static double slow(CharSequence text, char decimal) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != ',') {
        plain.append(c);
      } else if (c == decimal || decimal == EITHER) {
        plain.append('.');
      }
    }
    double value = Double.parseDouble(plain.toString());
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}

package vn.tnmt.lakehouse.ingestion.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.regex.Pattern;

/** Decimal numbers in a publisher's notation. */
final class Numbers {
  /** Point or comma, whichever stands there: station files write both. */
  static final char EITHER = 0;

  /** The minus of typography, as word processors write it. */
  private static final char MINUS = '\u2212';

  private static final Pattern SPACES = Pattern.compile("[\u00A0\u202F\u2009]");
  private static final Pattern GROUPS =
      Pattern.compile("[-+\u2212]?\\d{1,3}(?:[\u00A0\u202F\u2009]\\d{3})+(?:[.,]\\d+)?");

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** The first byte is the lowest. */
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
  private static final long ZEROS = '0' * ONES;

  private static final long EXACT = 1L << 53;

  private Numbers() {}

  /**
   * The number that a trimmed text means, or NaN when it is none.
   *
   * <p>Groups of three digits may be set off by the other separator when that leaves no doubt: with
   * a decimal separator behind them or with two or more groups ({@code 1,234.5}, {@code
   * 1,234,567}). A lone {@code 1,234} under decimal point is refused, since it may be a decimal
   * comma. Groups may be set off by no-break spaces, which nobody types between two numbers, and
   * the minus may be that of typography.
   *
   * @param decimal {@code .}, {@code ,} or {@link #EITHER} (then no groups)
   */
  static double parse(CharSequence text, char decimal) {
    int length = text.length();
    int i = 0;
    boolean negative = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == MINUS);
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
      } else if (groupSpace(c)) {
        String ungrouped = ungrouped(text);
        return ungrouped.length() == length ? Double.NaN : parse(ungrouped, decimal);
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

  private static boolean groupSpace(char c) {
    return c == '\u00A0' || c == '\u202F' || c == '\u2009';
  }

  /** A number without the spaces between its groups of three; as it is where they are no groups. */
  static String ungrouped(CharSequence text) {
    return GROUPS.matcher(text).matches() ? SPACES.matcher(text).replaceAll("") : text.toString();
  }

  /**
   * The number that bytes mean when they are digits, with or without a minus before and one decimal
   * separator among them, and few enough for a double to hold exactly; NaN for {@link #parse} to
   * decide otherwise.
   */
  static double plain(byte[] bytes, int from, int to, char decimal) {
    boolean negative = from < to && bytes[from] == '-';
    int begin = negative ? from + 1 : from;
    int length = to - begin;
    if (length < 1 || length > 16) {
      return Double.NaN;
    }
    long right = word(bytes, Math.max(begin, to - 8), to);
    long left = length > 8 ? word(bytes, begin, to - 8) : ZEROS;
    long inRight = first(right, decimal);
    long inLeft = inRight == 0 ? first(left, decimal) : 0;
    int fraction = 0;
    int digits = length;
    long scale = 100_000_000;
    if (inRight != 0) {
      fraction = 7 - (Long.numberOfTrailingZeros(inRight) >>> 3);
      right = without(right, inRight);
      scale = 10_000_000;
      digits--;
    } else if (inLeft != 0) {
      fraction = 15 - (Long.numberOfTrailingZeros(inLeft) >>> 3);
      left = without(left, inLeft);
      digits--;
    }
    if (digits == 0 || digits > 15 || !(allDigits(right) && allDigits(left))) {
      return Double.NaN;
    }
    long mantissa = eightDigits(right) + (length > 8 ? eightDigits(left) * scale : 0);
    double value = fraction == 0 ? mantissa : mantissa / POWERS[fraction];
    return negative ? 0.0 - value : value;
  }

  /** Up to eight bytes, the last one the highest, with the character 0 before them. */
  private static long word(byte[] bytes, int from, int to) {
    int missing = (8 - (to - from)) * 8;
    if (to >= 8) {
      long eight = (long) EIGHT.get(bytes, to - 8);
      return missing == 0 ? eight : ((eight >>> missing) << missing) | (ZEROS >>> (64 - missing));
    }
    long word = ZEROS;
    for (int i = from; i < to; i++) {
      word = (word >>> 8) | ((long) bytes[i] << 56);
    }
    return word;
  }

  /** The high bit of the first byte that is a character; 0 when none is. */
  private static long first(long word, char character) {
    long zero = word ^ character * ONES;
    return Long.lowestOneBit((zero - ONES) & ~zero & HIGH_BITS);
  }

  /** The word without the byte of a high bit, and one more 0 before the others. */
  private static long without(long word, long highBit) {
    long below = (highBit >>> 7) - 1;
    return (word & ~((below << 8) | 0xFF)) | ((word & below) << 8) | '0';
  }

  private static boolean allDigits(long word) {
    return ((word & HIGH_HALVES) | (((word + 6 * ONES) & HIGH_HALVES) >>> 4)) == 0x33 * ONES;
  }

  /** Pairs, fours and eights of digits are added up side by side. */
  private static long eightDigits(long word) {
    long pairs = ((word & ~HIGH_HALVES) * (10 * 0x100 + 1)) >>> 8;
    long fours = ((pairs & 0x00FF00FF00FF00FFL) * (100 * 0x10000L + 1)) >>> 16;
    return ((fours & 0x0000FFFF0000FFFFL) * (10_000 * 0x100000000L + 1)) >>> 32;
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

  /**
   * For text that is known to be a number. One that a double cannot hold is none: too large, so
   * small that it would be 0, or a whole number of more digits than are kept.
   */
  private static double slow(CharSequence text, char decimal) {
    String plain = plain(text, decimal);
    double value = Double.parseDouble(plain);
    boolean held =
        value == 0
            ? !vanished(plain)
            : !Double.isInfinite(value) && (Math.abs(value) < EXACT || !digitsLost(plain, value));
    return held ? value : Double.NaN;
  }

  /** Whether a number that was read as 0 is another one. */
  static boolean vanished(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c >= '1' && c <= '9') {
        return true;
      }
      if (c == 'e' || c == 'E') {
        return false;
      }
    }
    return false;
  }

  /** Of a large number that is written out; one with an exponent is measured, not counted. */
  private static boolean digitsLost(String number, double value) {
    if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
      return false;
    }
    BigDecimal exact = new BigDecimal(number);
    return exact.compareTo(new BigDecimal(value)) != 0
        && exact.compareTo(BigDecimal.valueOf(value)) != 0;
  }

  /** Whether a text means a whole number, with all of its digits. */
  static boolean whole(CharSequence text, char decimal) {
    return text.length() <= 15
        || new BigDecimal(plain(text, decimal)).stripTrailingZeros().scale() <= 0;
  }

  private static String plain(CharSequence text, char decimal) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == MINUS) {
        plain.append('-');
      } else if (c != '.' && c != ',') {
        plain.append(groupSpace(c) ? "" : String.valueOf(c));
      } else if (c == decimal || decimal == EITHER) {
        plain.append('.');
      }
    }
    return plain.toString();
  }
}

package vn.tnmt.lakehouse.ingestion.reader.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;

/**
 * Typed cells as texts: numbers in plain notation with the 15 digits that a spreadsheet shows,
 * dates and times in ISO 8601.
 */
public final class CellTexts {
  private static final int SHOWN_DIGITS = 15;
  private static final MathContext SHOWN = new MathContext(SHOWN_DIGITS);
  private static final int MAX_LENGTH = 64;
  private static final int MAX_SCALE = 340;
  private static final double EXACT = 1L << 53;

  private static final long DAY_MILLIS = 86_400_000L;
  private static final LocalDate BEFORE_MARCH_1900 = LocalDate.of(1899, 12, 31);
  private static final LocalDate SINCE_MARCH_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate SINCE_1904 = LocalDate.of(1904, 1, 1);

  /** The day that Lotus invented, 1900-02-29. */
  private static final int NO_DAY = 60;

  private static final double LAST_SERIAL = 2_958_466;

  private CellTexts() {}

  /**
   * A number as a file writes it ({@code 1.1000000000000001}, {@code 1E-3}) as it is shown ({@code
   * 1.1}, {@code 0.001}); whole numbers keep all their digits. A text that is no number stays.
   *
   * @param decimal separator to write
   */
  public static String number(String raw, char decimal) {
    int digits = 0;
    int point = -1;
    int length = raw.length();
    boolean leading = true;
    for (int i = 0; i < length; i++) {
      char c = raw.charAt(i);
      if (c >= '0' && c <= '9') {
        leading &= c == '0';
        digits += leading ? 0 : 1;
      } else if (c == '.' && point < 0 && i > 0) {
        point = i;
      } else if (c != '-' || i > 0) {
        return rounded(raw, decimal);
      }
    }
    if (point < 0) {
      return raw;
    }
    if (digits > SHOWN_DIGITS) {
      return rounded(raw, decimal);
    }
    int end = length;
    while (raw.charAt(end - 1) == '0') {
      end--;
    }
    end = end == point + 1 ? point : end;
    String plain = end == length ? raw : raw.substring(0, end);
    return decimal == '.' || end <= point ? plain : plain.replace('.', decimal);
  }

  public static String number(double value, char decimal) {
    if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      return Long.toString((long) value);
    }
    return Double.isFinite(value) ? number(Double.toString(value), decimal) : "";
  }

  private static String rounded(String raw, char decimal) {
    String trimmed = raw.strip();
    if (trimmed.length() > MAX_LENGTH) {
      return raw;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(trimmed);
    } catch (NumberFormatException e) {
      return raw;
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      return raw;
    }
    BigDecimal shown = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (shown.scale() > 0 && shown.precision() > SHOWN_DIGITS) {
      shown = shown.round(SHOWN).stripTrailingZeros();
    }
    String plain = shown.toPlainString();
    return decimal == '.' ? plain : plain.replace('.', decimal);
  }

  /**
   * The date or time that a serial number means, or null when it means none (it is a number then).
   *
   * @param from1904 whether days are counted from 1904 on
   */
  public static @Nullable String date(double serial, CellFormat format, boolean from1904) {
    if (!(serial >= 0 && serial < LAST_SERIAL)) {
      return null;
    }
    long millis = Math.round(serial * DAY_MILLIS);
    if (format == CellFormat.ELAPSED) {
      long seconds = Math.floorDiv(millis + 500, 1000L);
      return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    long day = millis / DAY_MILLIS;
    long ofDay = millis % DAY_MILLIS;
    LocalTime time = LocalTime.ofNanoOfDay(ofDay * 1_000_000L);
    if (format == CellFormat.TIME && day == 0) {
      return seconds(time);
    }
    String date;
    if (!from1904 && day == NO_DAY) {
      date = "1900-02-29";
    } else {
      LocalDate first = from1904 ? SINCE_1904 : day < NO_DAY ? BEFORE_MARCH_1900 : SINCE_MARCH_1900;
      date = first.plusDays(day).toString();
    }
    return format == CellFormat.DATE && ofDay == 0 ? date : date + "T" + seconds(time);
  }

  /** An ISO date and time, seconds always, milliseconds where there are any. */
  public static String time(LocalDateTime at) {
    return at.toLocalDate() + "T" + seconds(at.toLocalTime());
  }

  private static String seconds(LocalTime time) {
    int millis = time.getNano() / 1_000_000;
    String text = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
    return millis == 0 ? text : text + ".%03d".formatted(millis);
  }

  /** NFC, with a single space for line breaks and runs of spaces. */
  public static String clean(String text) {
    return HeaderNames.clean(text).replaceAll("\\s+", " ");
  }
}

package vn.tnmt.lakehouse.transform.page;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers and dates as each language writes them: {@code 1.234,56} and {@code dd/MM/yyyy} in
 * Vietnamese, {@code 1,234.56} and ISO dates in English. Instants are shown in Vietnam's time.
 */
public final class Figures {
  public static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

  private static final String MINUS = "\u2212";
  private static final DateTimeFormatter DATE_VI = DateTimeFormatter.ofPattern("dd/MM/yyyy");
  private static final DateTimeFormatter DATE_EN = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME_VI = DateTimeFormatter.ofPattern("HH:mm dd/MM/yyyy");
  private static final DateTimeFormatter TIME_EN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Figures() {}

  /** A whole number with thousands separated. */
  public static Words whole(long value) {
    return new Words(number(value, "#,##0", '.', ','), number(value, "#,##0", ',', '.'));
  }

  /** A number rounded half up to exactly {@code digits} decimals. */
  public static Words fixed(double value, int digits) {
    String pattern = digits == 0 ? "#,##0" : "#,##0." + "0".repeat(digits);
    return new Words(number(value, pattern, '.', ','), number(value, pattern, ',', '.'));
  }

  /** A number rounded half up to at most {@code digits} decimals. */
  public static Words decimal(double value, int digits) {
    String pattern = digits == 0 ? "#,##0" : "#,##0." + "#".repeat(digits);
    return new Words(number(value, pattern, '.', ','), number(value, pattern, ',', '.'));
  }

  /** The share of {@code part} in {@code all} in per cent, one decimal; a dash when all is 0. */
  public static Words percent(long part, long all) {
    if (all == 0) {
      return Words.same("–");
    }
    // 99.96 % must not read as 100 %, nor 0.04 % as 0 %, when something is missing or present.
    double share = 100.0 * part / all;
    double shown = Math.floor(share * 10) / 10;
    if (part > 0 && shown == 0) {
      return new Words("< 0,1 %", "< 0.1%");
    }
    Words number = fixed(shown, 1);
    return new Words(number.vi() + " %", number.en() + "%");
  }

  /** A difference with its sign; 0 without one. */
  public static Words change(long difference) {
    Words size = whole(Math.abs(difference));
    String sign = difference > 0 ? "+" : difference < 0 ? MINUS : "";
    return new Words(sign + size.vi(), sign + size.en());
  }

  /** A size in bytes, kB, MB or GB of 1,000 each. */
  public static Words bytes(long bytes) {
    double size = bytes;
    for (String unit : new String[] {"B", "kB", "MB"}) {
      if (size < 999.5) {
        return Words.concat(decimal(size, size < 10 ? 1 : 0), Words.same(" " + unit));
      }
      size /= 1000;
    }
    return Words.concat(decimal(size, 1), Words.same(" GB"));
  }

  public static Words date(LocalDate date) {
    return new Words(DATE_VI.format(date), DATE_EN.format(date));
  }

  public static Words time(Instant instant) {
    return new Words(
        TIME_VI.format(instant.atZone(VIETNAM)), TIME_EN.format(instant.atZone(VIETNAM)));
  }

  private static String number(Number value, String pattern, char grouping, char decimal) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setGroupingSeparator(grouping);
    symbols.setDecimalSeparator(decimal);
    DecimalFormat format = new DecimalFormat(pattern, symbols);
    format.setRoundingMode(RoundingMode.HALF_UP);
    format.setNegativePrefix(MINUS);
    return format.format(value);
  }
}

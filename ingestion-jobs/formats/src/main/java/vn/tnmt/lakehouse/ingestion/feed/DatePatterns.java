package vn.tnmt.lakehouse.ingestion.feed;

import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;

/** Date patterns of feeds: those of {@link DateTimeFormatter}, strict, {@code y} being the year. */
public final class DatePatterns {
  /** Every form that is known; day or month first by the evidence in the column. */
  public static final String AUTO = "auto";

  /** Serial days of Excel, 1900 system, with the time of day as fraction. */
  public static final String EXCEL = "excel";

  /** Serial days of the 1904 system (files that began on a Macintosh). */
  public static final String EXCEL_1904 = "excel1904";

  /** In Vietnamese words: {@code ngày 31 tháng 7 năm 2026}. */
  public static final String WORDS = "ngay-thang-nam";

  /** What a feed means that gives no pattern: ISO 8601, a day with or without a time. */
  public static final String ISO = "yyyy-MM-dd[ HH:mm[:ss]]";

  private static final Set<String> NAMED = Set.of(AUTO, EXCEL, EXCEL_1904, WORDS);

  private DatePatterns() {}

  /** Whether a pattern is one of the names above and not letters of {@code java.time}. */
  public static boolean named(String pattern) {
    return NAMED.contains(pattern);
  }

  /** Whether texts of a pattern may hold a time of day. */
  public static boolean hasTime(String pattern) {
    return named(pattern) ? !pattern.equals(WORDS) : pattern.contains("H");
  }

  /**
   * @return the pattern
   * @throws IllegalArgumentException when it is none
   */
  static String known(String pattern) {
    if (!named(pattern)) {
      formatter(pattern);
    }
    return pattern;
  }

  /**
   * A formatter that refuses 31/2 instead of bending it to 28/2.
   *
   * @throws IllegalArgumentException when the pattern is not one
   */
  public static DateTimeFormatter formatter(String pattern) {
    // In strict resolving 'y' (year of era) needs an era; people mean the year, 'u'.
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}

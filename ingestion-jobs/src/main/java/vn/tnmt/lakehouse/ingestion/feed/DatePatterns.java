package vn.tnmt.lakehouse.ingestion.feed;

import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Date patterns of feeds: those of {@link DateTimeFormatter}, strict, {@code y} being the year. */
public final class DatePatterns {
  private DatePatterns() {}

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

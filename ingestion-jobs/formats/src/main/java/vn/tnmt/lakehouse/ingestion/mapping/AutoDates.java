package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.ingestion.text.Notation;

/**
 * Dates in any form that publishers are known to write, where the feed leaves it to the data. Only
 * {@code 3/4/2026} can be two days; the other cells of its column tell which.
 */
final class AutoDates {
  /** What {@link #parse} gives for a date that can be two days. */
  static final long AMBIGUOUS = TimePattern.NONE + 1;

  private static final List<String> CLOCKS = List.of("", " H:m", " H:m:s", "'T'H:m", "'T'H:m:s");
  private static final List<String> CLEAR =
      List.of("yyyy-M-d", "yyyy/M/d", "d.M.yyyy", "yyyyMMdd", "d 'tháng' M 'năm' yyyy");

  private final TimePattern[] clear;
  private final TimePattern[] dayFirst;
  private final TimePattern[] monthFirst;

  AutoDates(ZoneId zone) {
    List<String> others = new ArrayList<>();
    CLEAR.forEach(day -> CLOCKS.forEach(clock -> others.add(day + clock)));
    others.add("yyyyMMddHHmmss");
    others.add("yyyyMMddHHmm");
    others.add(DatePatterns.WORDS);
    clear = compile(others, zone);
    dayFirst = compile(slashed("d%sM"), zone);
    monthFirst = compile(slashed("M%sd"), zone);
  }

  private static List<String> slashed(String order) {
    List<String> patterns = new ArrayList<>();
    for (String separator : List.of("/", "-")) {
      for (String year : List.of("yyyy", "yy")) {
        String day = order.formatted(separator) + separator + year;
        CLOCKS.forEach(clock -> patterns.add(day + clock));
        patterns.add("H:m:s-" + day);
        patterns.add("H:m:s " + day);
        patterns.add("H:m " + day);
      }
    }
    return patterns;
  }

  private static TimePattern[] compile(List<String> patterns, ZoneId zone) {
    return patterns.stream()
        .map(pattern -> TimePattern.compile(pattern, zone))
        .toArray(TimePattern[]::new);
  }

  /** Seconds on the clock, {@link TimePattern#NONE} or {@link #AMBIGUOUS}. */
  long parse(String text, Notation.DayOrder order) {
    long day = first(dayFirst, text);
    long month = first(monthFirst, text);
    if (day == month) {
      return day != TimePattern.NONE ? day : first(clear, text);
    }
    if (day == TimePattern.NONE || month == TimePattern.NONE) {
      return Math.max(day, month);
    }
    return switch (order) {
      case DAY_FIRST -> day;
      case MONTH_FIRST -> month;
      case UNKNOWN -> AMBIGUOUS;
    };
  }

  private static long first(TimePattern[] patterns, String text) {
    for (TimePattern pattern : patterns) {
      long seconds = pattern.parse(text);
      if (seconds != TimePattern.NONE) {
        return seconds;
      }
    }
    return TimePattern.NONE;
  }
}

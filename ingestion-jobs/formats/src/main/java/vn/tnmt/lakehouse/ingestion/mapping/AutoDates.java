package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** {@code 7:30:00 SA} (sáng), {@code 2:05 CH} (chiều): Windows set to Vietnamese writes so. */
  private static final Pattern HALF_DAY =
      Pattern.compile(
          "(?<hour>1[0-2]|0?[1-9])(?<rest>(?::\\d{1,2}){1,2}) ?(?:(?<am>SA|AM)|CH|PM)(?![\\p{L}])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DAY_BEFORE =
      Pattern.compile(
          "(?:ngày|ngay)[: ] *(?=\\d)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Days since 1900 from 1954 to 2118: what programs leave of a date without its format. */
  private static final Pattern SERIAL = Pattern.compile("[2-7]\\d{4}(?:[.,]\\d+)?");

  private static final int MAX_LENGTH = 80;

  private final TimePattern excel;
  private final TimePattern[] clear;
  private final TimePattern[] dayFirst;
  private final TimePattern[] monthFirst;

  AutoDates(ZoneId zone) {
    excel = TimePattern.compile(DatePatterns.EXCEL, zone);
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
        .map(TimePattern::ofShortYears)
        .toArray(TimePattern[]::new);
  }

  /** Seconds on the clock, {@link TimePattern#NONE} or {@link #AMBIGUOUS}. */
  long parse(String delivered, Notation.DayOrder order) {
    String text = plain(delivered);
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

  /** Seconds of a serial day of a spreadsheet, or {@link TimePattern#NONE}. */
  long serial(String text) {
    return SERIAL.matcher(text).matches() ? excel.parse(text) : TimePattern.NONE;
  }

  /** On a clock of 24 hours, without the word for day. */
  private static String plain(String text) {
    if (text.length() > MAX_LENGTH || text.chars().noneMatch(c -> c >= 'A' && c != 'T')) {
      return text;
    }
    String day = text;
    Matcher before = DAY_BEFORE.matcher(text);
    if (before.find()) {
      day = text.substring(0, before.start()) + text.substring(before.end());
    }
    Matcher half = HALF_DAY.matcher(day);
    if (!half.find() || (half.start() > 0 && Character.isDigit(day.charAt(half.start() - 1)))) {
      return day;
    }
    int hour = Integer.parseInt(half.group("hour")) % 12 + (half.group("am") == null ? 12 : 0);
    return day.substring(0, half.start()) + hour + half.group("rest") + day.substring(half.end());
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

package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.tables.codelist.UnitNames;

/**
 * One date pattern of a feed, compiled for the row path. Strict: 31/2 is no date. {@code
 * 24:00[:00]} is the midnight at the end of the day, as ISO 8601 once had it and loggers still
 * write.
 */
abstract class TimePattern {
  /** What {@link #parse} gives for a text that does not fit. */
  static final long NONE = Long.MIN_VALUE;

  /** Seconds since 1970-01-01T00:00 on the clock of the zone, or {@link #NONE}. */
  abstract long parse(String text);

  /**
   * @param zone the clock onto which texts with an offset are brought
   */
  static TimePattern compile(String pattern, ZoneId zone) {
    return switch (pattern) {
      case DatePatterns.EXCEL -> new Serial(Serial.EPOCH_1900);
      case DatePatterns.EXCEL_1904 -> new Serial(LocalDate.of(1904, 1, 1).toEpochDay());
      case DatePatterns.WORDS -> new Words();
      case DatePatterns.ISO -> new Iso(zone);
      // EvidentStep reads these; no text fits here.
      case DatePatterns.AUTO -> new Never();
      default -> ofLetters(pattern, zone);
    };
  }

  /**
   * The same pattern with years of two digits as spreadsheets read them: 00 to 29 are of this
   * century, 30 to 99 of the last.
   */
  TimePattern ofShortYears() {
    return this;
  }

  private static TimePattern ofLetters(String pattern, ZoneId zone) {
    Digits digits = Digits.compile(pattern);
    return digits != null ? digits : new General(DatePatterns.formatter(pattern), zone);
  }

  static LocalDateTime local(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
  }

  static LocalDate day(long seconds) {
    return LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
  }

  /**
   * Patterns of numbers and literals only, which is nearly all of them: no exceptions, no garbage.
   */
  private static final class Digits extends TimePattern {
    private static final String LETTERS = "yMdHms";

    /** Field of {@link #LETTERS} that a step reads, or -1 for a literal. */
    private final int[] field;

    private final int[] min;
    private final int[] max;
    private final char[] literal;

    /** Years of two digits from this one on are of the last century. */
    private final int lastCentury;

    private Digits(int[] field, int[] min, int[] max, char[] literal, int lastCentury) {
      this.lastCentury = lastCentury;
      this.field = field;
      this.min = min;
      this.max = max;
      this.literal = literal;
    }

    /** Null when the pattern has other letters or no whole date. */
    static @Nullable Digits compile(String pattern) {
      int[] field = new int[pattern.length()];
      int[] min = new int[pattern.length()];
      int[] max = new int[pattern.length()];
      char[] literal = new char[pattern.length()];
      int steps = 0;
      int seen = 0;
      boolean quoted = false;
      for (int i = 0; i < pattern.length(); ) {
        char c = pattern.charAt(i);
        int letter = quoted ? -1 : LETTERS.indexOf(c == 'u' ? 'y' : c);
        if (c == '\'') {
          quoted = !quoted;
          i++;
          continue;
        }
        if (letter < 0) {
          if (!quoted && (Character.isLetter(c) || "[]{}#".indexOf(c) >= 0)) {
            return null;
          }
          field[steps] = -1;
          literal[steps++] = c;
          i++;
          continue;
        }
        int run = i;
        while (run < pattern.length() && pattern.charAt(run) == c) {
          run++;
        }
        int width = run - i;
        if ((seen & 1 << letter) != 0 || (letter == 0 ? width != 4 && width != 2 : width > 2)) {
          return null;
        }
        seen |= 1 << letter;
        field[steps] = letter;
        min[steps] = width;
        max[steps++] = Math.max(width, 2);
        i = run;
      }
      if ((seen & 7) != 7 || quoted) {
        return null;
      }
      return new Digits(
          java.util.Arrays.copyOf(field, steps),
          java.util.Arrays.copyOf(min, steps),
          java.util.Arrays.copyOf(max, steps),
          java.util.Arrays.copyOf(literal, steps),
          100);
    }

    @Override
    TimePattern ofShortYears() {
      return new Digits(field, min, max, literal, 30);
    }

    @Override
    long parse(String text) {
      int year = 0;
      int month = 0;
      int day = 0;
      int hour = 0;
      int minute = 0;
      int second = 0;
      int at = 0;
      for (int step = 0; step < field.length; step++) {
        if (field[step] < 0) {
          if (at >= text.length() || text.charAt(at++) != literal[step]) {
            return NONE;
          }
          continue;
        }
        int value = 0;
        int digits = 0;
        while (digits < max[step] && at < text.length()) {
          int digit = text.charAt(at) - '0';
          if (digit < 0 || digit > 9) {
            break;
          }
          value = value * 10 + digit;
          digits++;
          at++;
        }
        if (digits < min[step]) {
          return NONE;
        }
        switch (field[step]) {
          // as java.time: two digits are of this century
          case 0 -> year = max[step] == 2 ? (value < lastCentury ? 2000 : 1900) + value : value;
          case 1 -> month = value;
          case 2 -> day = value;
          case 3 -> hour = value;
          case 4 -> minute = value;
          default -> second = value;
        }
      }
      boolean midnight = hour == 24 && minute == 0 && second == 0;
      if (at != text.length()
          || month < 1
          || month > 12
          || day < 1
          || day > daysIn(year, month)
          || (hour > 23 && !midnight)
          || minute > 59
          || second > 59) {
        return NONE;
      }
      return epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    }

    private static int daysIn(int year, int month) {
      return switch (month) {
        case 2 -> IsoChronology.INSTANCE.isLeapYear(year) ? 29 : 28;
        case 4, 6, 9, 11 -> 30;
        default -> 31;
      };
    }

    private static long epochDay(int year, int month, int day) {
      return LocalDate.of(year, month, day).toEpochDay();
    }
  }

  /**
   * Serial days: {@code 46234.5} is noon of 2026-07-31. In the 1900 system day 60 is a 29 February
   * 1900 that never was; it is no date, and the days before it count from a day later.
   */
  private static final class Serial extends TimePattern {
    /** 9999-12-31, the last day that Excel knows. */
    private static final double END = 2_958_466;

    private static final long EPOCH_1900 = LocalDate.of(1899, 12, 30).toEpochDay();

    private final long epoch;

    Serial(long epoch) {
      this.epoch = epoch;
    }

    @Override
    long parse(String text) {
      double days = Numbers.parse(text, Numbers.EITHER);
      boolean from1900 = epoch == EPOCH_1900;
      if (!(days >= (from1900 ? 1 : 0)) || days >= END || (from1900 && days >= 60 && days < 61)) {
        return NONE;
      }
      long shift = from1900 && days < 60 ? 1 : 0;
      return (epoch + shift) * 86_400L + Math.round(days * 86_400);
    }
  }

  /** {@code ngày 31 tháng 7 năm 2026}, in any case, spacing and Unicode form, marks or none. */
  private static final class Words extends TimePattern {
    private static final Pattern WORDS =
        Pattern.compile("(?:ngay)?(\\d{1,2})thang(\\d{1,2})nam(\\d{4})");

    private final TimePattern day = compile("d/M/yyyy", ZoneOffset.UTC);

    @Override
    long parse(String text) {
      if (text.length() > 80) {
        return NONE;
      }
      Matcher words = WORDS.matcher(UnitNames.letters(text));
      return words.matches()
          ? day.parse(words.group(1) + "/" + words.group(2) + "/" + words.group(3))
          : NONE;
    }
  }

  /**
   * ISO 8601 as programs write it: a day, or a day, {@code T} or a blank, and a time with or
   * without seconds, a fraction of them (which is dropped) and an offset.
   */
  private static final class Iso extends TimePattern {
    private static final int DAY = "yyyy-MM-dd".length();
    private static final int MINUTES = "yyyy-MM-ddTHH:mm".length();
    private static final int SECONDS = "yyyy-MM-ddTHH:mm:ss".length();
    private static final Pattern REST =
        Pattern.compile("(?:[.,]\\d{1,9})?(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private final ZoneId zone;
    private final TimePattern day = compile("yyyy-MM-dd", ZoneOffset.UTC);
    private final TimePattern minutes = compile("HH:mm yyyy-MM-dd", ZoneOffset.UTC);
    private final TimePattern seconds = compile("HH:mm:ss yyyy-MM-dd", ZoneOffset.UTC);

    Iso(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    long parse(String text) {
      if (text.length() <= DAY) {
        return day.parse(text);
      }
      if (text.length() < MINUTES || (text.charAt(DAY) != 'T' && text.charAt(DAY) != ' ')) {
        return NONE;
      }
      boolean withSeconds = text.length() >= SECONDS && text.charAt(MINUTES) == ':';
      int end = withSeconds ? SECONDS : MINUTES;
      long clock =
          (withSeconds ? seconds : minutes)
              .parse(text.substring(DAY + 1, end) + " " + text.substring(0, DAY));
      if (clock == NONE || end == text.length()) {
        return clock;
      }
      Matcher rest = REST.matcher(text).region(end, text.length());
      if (!rest.matches() || (!withSeconds && rest.start() != rest.start("offset"))) {
        return NONE;
      }
      return rest.group("offset") == null ? clock : onClock(clock, rest.group("offset"));
    }

    private long onClock(long clock, String offset) {
      try {
        long instant = clock - ZoneOffset.of(offset).getTotalSeconds();
        return instant
            + zone.getRules().getOffset(Instant.ofEpochSecond(instant)).getTotalSeconds();
      } catch (DateTimeException e) {
        return NONE;
      }
    }
  }

  private static final class Never extends TimePattern {
    @Override
    long parse(String text) {
      return NONE;
    }
  }

  /** Everything else that {@link DateTimeFormatter} understands, offsets among it. */
  private static final class General extends TimePattern {
    private final DateTimeFormatter formatter;
    private final ZoneId zone;

    General(DateTimeFormatter formatter, ZoneId zone) {
      this.formatter = formatter;
      this.zone = zone;
    }

    @Override
    long parse(String text) {
      try {
        TemporalAccessor parsed = formatter.parse(text);
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
          long instant = parsed.getLong(ChronoField.INSTANT_SECONDS);
          return instant
              + zone.getRules()
                  .getOffset(java.time.Instant.ofEpochSecond(instant))
                  .getTotalSeconds();
        }
        LocalDate day = parsed.query(TemporalQueries.localDate());
        var time = parsed.query(TemporalQueries.localTime());
        return day == null
            ? NONE
            : day.toEpochDay() * 86_400L + (time == null ? 0 : time.toSecondOfDay());
      } catch (DateTimeException e) {
        return NONE;
      }
    }
  }
}

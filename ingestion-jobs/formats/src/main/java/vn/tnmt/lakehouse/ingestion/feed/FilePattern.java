package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.text.BoundedText;

/**
 * The names of a feed's files, below its root: {@code
 * {station}/{yyyy}/{MM}/{dd}/{name}_{time:yyyyMMddHHmmss}.txt}.
 *
 * <ul>
 *   <li>{@code {name}}: some characters, no {@code /}; a name used again must be the same text
 *       again
 *   <li>{@code {yyyy}}, {@code {MM}}, {@code {dd}}: the year, month, day in digits
 *   <li>{@code {name:pattern}}: a date or time of letters {@code y M d H m s} and separators
 *   <li>{@code *}: any characters but {@code /}; <code>**&#47;</code>: any folders
 *   <li>anything else is itself
 * </ul>
 *
 * A name whose date does not exist (31 February) is not in the pattern.
 */
public final class FilePattern implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern TOKEN =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)(?::([^{}/]+))?}|\\*\\*/|\\*|[{}]");
  private static final Pattern TIME = Pattern.compile("[yMdHms_.-]+");

  /** Year before month before day, each of a fixed width. */
  private static final Pattern ORDERED = Pattern.compile("^yyyy[_.-]*MM[_.-]*dd");

  private final String text;
  private transient @Nullable Compiled compiled;

  private FilePattern(String text, Compiled compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /**
   * A pattern as the feed file writes it.
   *
   * @throws IllegalArgumentException when the text is not a pattern
   */
  public static FilePattern parse(String text) {
    return new FilePattern(text, Compiled.of(text));
  }

  /** The pattern as written. */
  public String text() {
    return text;
  }

  /** Names of the groups, in order. */
  public List<String> groups() {
    return compiled().names;
  }

  /** True when a file's name tells its day. */
  public boolean dated() {
    return compiled().dated();
  }

  /** True when a file's name tells its time of day. */
  public boolean timed() {
    return compiled().timed;
  }

  /** What a path says; empty when it is not in the pattern. */
  public Optional<Match> match(String path) {
    return compiled().match(path);
  }

  /**
   * False when every file that the pattern allows below this folder is named with a day before
   * {@code from}, so that the folder need not be opened.
   *
   * @param folder path below the root, without a {@code /} at its end
   */
  public boolean mayHold(String folder, LocalDate from) {
    return compiled().mayHold(folder, from);
  }

  /**
   * Where the names of earlier days end, when names sort as their days do ({@code
   * mau_{day:yyyyMMdd}.csv}); empty when they do not.
   */
  public Optional<DayOrder> dayOrder(LocalDate from) {
    Matcher first = TOKEN.matcher(text);
    if (!first.find() || first.group(2) == null || !ORDERED.matcher(first.group(2)).find()) {
      return Optional.empty();
    }
    String begin = text.substring(0, first.start());
    String day = first.group(2).replaceFirst("(dd).*$", "$1");
    return Optional.of(
        new DayOrder(begin, begin + DatePatterns.formatter(day).format(from.minusDays(1))));
  }

  /**
   * Names in the order of their days.
   *
   * @param begin what all names begin with
   * @param history names that begin so and sort before this are of earlier days
   */
  public record DayOrder(String begin, String history) {}

  /**
   * A path taken apart.
   *
   * @param groups name → text
   * @param time the date and time in the name; the start of the day when it names only a day; null
   *     when it names none. Use {@link #at()}
   */
  public record Match(Map<String, String> groups, LocalDateTime time) {
    public Optional<LocalDateTime> at() {
      return Optional.ofNullable(time);
    }
  }

  private Compiled compiled() {
    if (compiled == null) {
      compiled = Compiled.of(text);
    }
    return compiled;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilePattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** The regular expression and what its groups mean. */
  private static final class Compiled {
    final Pattern regex;
    final List<String> names;
    final int timeGroup;
    final DateTimeFormatter timeFormat;
    final boolean timed;

    /** One expression for each leading folder of the pattern that ends in a part of a date. */
    final List<Pattern> folders;

    private Compiled(
        Pattern regex,
        List<String> names,
        int timeGroup,
        @Nullable DateTimeFormatter timeFormat,
        boolean timed,
        List<Pattern> folders) {
      this.regex = regex;
      this.names = names;
      this.timeGroup = timeGroup;
      this.timeFormat = timeFormat;
      this.timed = timed;
      this.folders = folders;
    }

    static Compiled of(String text) {
      if (text.isBlank() || text.startsWith("/") || text.contains("//")) {
        throw new IllegalArgumentException(
            "mẫu tên tệp phải là đường dẫn tương đối / a file pattern must be a relative path");
      }
      StringBuilder regex = new StringBuilder();
      List<String> names = new ArrayList<>();
      List<Pattern> folders = new ArrayList<>();
      int timeGroup = 0;
      String time = "";
      boolean anyFolders = false;
      Matcher token = TOKEN.matcher(text);
      int end = 0;
      while (token.find()) {
        literal(text.substring(end, token.start()), regex, anyFolders ? null : folders);
        end = token.end();
        String name = token.group(1);
        if (token.group().equals("*")) {
          regex.append("[^/]*");
        } else if (token.group().equals("**/")) {
          regex.append("(?:.*/)?");
          anyFolders = true;
        } else if (name == null) {
          throw new IllegalArgumentException(
              "dấu ngoặc nhọn không khớp / unmatched brace at character " + (token.start() + 1));
        } else if (names.contains(name)) {
          regex.append('\\').append(names.indexOf(name) + 1).append("(?!\\d)");
          throwIfTime(token.group(2), name);
        } else {
          names.add(name);
          regex.append('(').append(expression(name, token.group(2))).append(')');
          if (token.group(2) != null) {
            if (timeGroup > 0) {
              throw new IllegalArgumentException(
                  "chỉ được một nhóm ngày giờ / only one group may hold a date or time");
            }
            timeGroup = names.size();
            time = token.group(2);
          }
        }
      }
      literal(text.substring(end), regex, null);
      return new Compiled(
          Pattern.compile(regex.toString()),
          List.copyOf(names),
          timeGroup,
          timeGroup == 0 ? null : DatePatterns.formatter(time),
          time.indexOf('H') >= 0,
          List.copyOf(folders));
    }

    private static void throwIfTime(String time, String name) {
      if (time != null) {
        throw new IllegalArgumentException("nhóm lặp lại / group used twice: " + name);
      }
    }

    /** Adds literal text; at each slash the folder so far is kept for {@link #mayHold}. */
    private static void literal(String text, StringBuilder regex, @Nullable List<Pattern> folders) {
      int start = 0;
      for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
        quote(text.substring(start, slash), regex);
        if (folders != null) {
          folders.add(Pattern.compile(regex.toString()));
        }
        regex.append('/');
        start = slash + 1;
      }
      quote(text.substring(start), regex);
    }

    private static void quote(String text, StringBuilder regex) {
      if (!text.isEmpty()) {
        regex.append(Pattern.quote(text));
      }
    }

    private static String expression(String name, @Nullable String time) {
      if (time == null) {
        return switch (name) {
          case "yyyy" -> "\\d{4}";
          case "MM", "dd" -> "\\d{2}";
          default -> "[^/]+";
        };
      }
      if (!TIME.matcher(time).matches() || !time.contains("yyyy")) {
        throw new IllegalArgumentException(
            "mẫu ngày giờ lạ / not a date pattern: '"
                + time
                + "'; use yyyy MM dd HH mm ss and . - _");
      }
      DatePatterns.formatter(time);
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < time.length(); i++) {
        char c = time.charAt(i);
        digits.append(Character.isLetter(c) ? "\\d" : Pattern.quote(String.valueOf(c)));
      }
      return digits.toString();
    }

    boolean dated() {
      return timeGroup > 0
          || (names.contains("yyyy") && names.contains("MM") && names.contains("dd"));
    }

    Optional<Match> match(String path) {
      Matcher matcher = regex.matcher("");
      if (!BoundedText.matches(matcher, path)) {
        return Optional.empty();
      }
      Map<String, String> groups = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        groups.put(names.get(i), matcher.group(i + 1));
      }
      try {
        return Optional.of(new Match(groups, time(matcher, groups)));
      } catch (DateTimeException e) {
        // A date that does not exist: the name is not in the pattern.
        return Optional.empty();
      }
    }

    private LocalDateTime time(Matcher matcher, Map<String, String> groups) {
      LocalDateTime folder =
          groups.containsKey("yyyy") && groups.containsKey("MM") && groups.containsKey("dd")
              ? LocalDate.of(number(groups, "yyyy"), number(groups, "MM"), number(groups, "dd"))
                  .atStartOfDay()
              : null;
      if (timeGroup == 0) {
        return folder;
      }
      TemporalAccessor parsed = timeFormat.parse(matcher.group(timeGroup));
      LocalDate day = parsed.query(TemporalQueries.localDate());
      if (day == null) {
        throw new DateTimeException("no day in the name");
      }
      var time = parsed.query(TemporalQueries.localTime());
      return time == null ? day.atStartOfDay() : day.atTime(time);
    }

    boolean mayHold(String folder, LocalDate from) {
      int depth = (int) folder.chars().filter(c -> c == '/').count();
      if (depth >= folders.size()) {
        return true;
      }
      Matcher matcher = folders.get(depth).matcher("");
      if (!BoundedText.matches(matcher, folder)) {
        return true;
      }
      Map<String, String> groups = new LinkedHashMap<>();
      for (int i = 0; i < matcher.groupCount(); i++) {
        groups.put(names.get(i), matcher.group(i + 1));
      }
      try {
        return !lastDay(groups).map(last -> last.isBefore(from)).orElse(false);
      } catch (DateTimeException e) {
        return true;
      }
    }

    /** The last day that a file below a folder with these groups can be of. */
    private static Optional<LocalDate> lastDay(Map<String, String> groups) {
      if (!groups.containsKey("yyyy")) {
        return Optional.empty();
      }
      int year = number(groups, "yyyy");
      if (!groups.containsKey("MM")) {
        return Optional.of(LocalDate.of(year, 12, 31));
      }
      int month = number(groups, "MM");
      return Optional.of(
          groups.containsKey("dd")
              ? LocalDate.of(year, month, number(groups, "dd"))
              : YearMonth.of(year, month).atEndOfMonth());
    }

    private static int number(Map<String, String> groups, String name) {
      return Integer.parseInt(groups.get(name));
    }
  }
}

package vn.tnmt.lakehouse.ingestion.collect.https;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * A text that may name a day in the notation of {@link FilePattern}: {@code {yyyy}}, {@code {MM}},
 * {@code {dd}} or {@code {name:yyyyMMdd}}. Where a file pattern recognises days, a template makes
 * them.
 *
 * @param text as written in the feed
 */
public record DayTemplate(String text) implements Serializable {
  private static final Pattern TOKEN =
      Pattern.compile("\\{(?:(yyyy|MM|dd)|[A-Za-z][A-Za-z0-9_]*:([^{}]+))}|[{}]");
  private static final Pattern DAY = Pattern.compile("[yMd_.-]+");

  /**
   * The template that a text is.
   *
   * @throws IllegalArgumentException when a brace holds anything but a day
   */
  public static DayTemplate parse(String text) {
    DayTemplate template = new DayTemplate(text);
    template.on(LocalDate.EPOCH);
    return template;
  }

  /** Whether the text is another one on every day, so that it stands for a file of each day. */
  public boolean dated() {
    return TOKEN.matcher(text).find();
  }

  /** The text of one day. */
  public String on(LocalDate day) {
    return TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(part(token, day)));
  }

  private static String part(MatchResult token, LocalDate day) {
    String format = token.group(1) == null ? token.group(2) : token.group(1);
    if (format == null || !DAY.matcher(format).matches()) {
      throw new IllegalArgumentException(
          "chỉ được ngày trong ngoặc nhọn / braces may hold only a day, not '"
              + token.group()
              + "'; use {day:yyyyMMdd} or {yyyy} {MM} {dd}");
    }
    return DatePatterns.formatter(format).format(day);
  }
}

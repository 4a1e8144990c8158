package vn.tnmt.lakehouse.transform.release;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;

/**
 * Which releases stay readable: all of the last days, and before those the last one of each month.
 *
 * @param days so many, the newest release's own included
 * @param months so many, the newest release's own included
 */
public record Retention(int days, int months) {
  private static final Pattern ID = Pattern.compile("R(\\d{8})-(\\d{1,9})");
  private static final Comparator<Id> ORDER =
      Comparator.comparing(Id::date).thenComparing(Id::number);

  private record Id(String text, LocalDate date, int number) {
    static Id of(String text) {
      Matcher matcher = ID.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a release's id: " + text);
      }
      return new Id(
          text,
          LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE),
          Integer.parseInt(matcher.group(2)));
    }
  }

  public static Retention of(Settings settings) {
    return new Retention(
        settings.integer(SettingKey.MAINTAIN_RELEASE_DAYS),
        settings.integer(SettingKey.MAINTAIN_RELEASE_MONTHS));
  }

  /**
   * Those that are not kept, sorted by their ids.
   *
   * @param releases ids of those that can be read
   * @param newest id of the one made last, which is always kept
   * @param today by a clock; whichever is earlier counts, it or the newest release's business date,
   *     so that neither a clock nor a date that is wrong ends what should stay
   * @param madeOn when a release was made; asked of those only that are old by their business date.
   *     A correction of long ago that was made yesterday is new
   */
  public Set<String> ended(
      Collection<String> releases,
      String newest,
      LocalDate today,
      Function<String, LocalDate> madeOn) {
    LocalDate released = Id.of(newest).date;
    LocalDate until = released.isBefore(today) ? released : today;
    LocalDate since = until.minusDays(days - 1L);
    YearMonth firstMonth = YearMonth.from(until).minusMonths(months - 1L);
    Map<YearMonth, Id> lastOfMonth =
        releases.stream()
            .map(Id::of)
            .filter(id -> !YearMonth.from(id.date).isBefore(firstMonth))
            .collect(
                Collectors.toMap(
                    id -> YearMonth.from(id.date),
                    id -> id,
                    (a, b) -> ORDER.compare(a, b) < 0 ? b : a));
    Predicate<Id> isOld = id -> id.date.isBefore(since);
    return releases.stream()
        .map(Id::of)
        .filter(isOld)
        .filter(id -> !id.text.equals(newest))
        .filter(id -> !id.equals(lastOfMonth.get(YearMonth.from(id.date))))
        .map(Id::text)
        .filter(id -> madeOn.apply(id).isBefore(since))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The last day on which a release is certainly kept; the last of a month is kept longer. */
  public LocalDate until(Release release) {
    LocalDate date = LocalDate.parse(release.businessDate());
    LocalDate made = LocalDate.ofInstant(release.createdAt(), ZoneOffset.UTC);
    return (made.isAfter(date) ? made : date).plusDays(days - 1L);
  }

  /** As a person would find it in the settings. */
  @Override
  public String toString() {
    return "%s = %d, %s = %d"
        .formatted(
            SettingKey.MAINTAIN_RELEASE_DAYS.key(),
            days,
            SettingKey.MAINTAIN_RELEASE_MONTHS.key(),
            months);
  }
}

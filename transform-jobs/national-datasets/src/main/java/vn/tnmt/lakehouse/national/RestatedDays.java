package vn.tnmt.lakehouse.national;

import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.Edition;
import vn.tnmt.lakehouse.transform.report.ResultRow;

/** Which earlier days a night's data restated, in words. */
public final class RestatedDays {
  private RestatedDays() {}

  /**
   * The sentence of a section.
   *
   * @param edition with statement {@code restated}: {@code day, times}, latest first, and in each
   *     row {@code days}, how many there are in all; and texts {@code restated}, {@code
   *     restated-day}, {@code restated-more}
   */
  public static List<Words> of(Edition edition) {
    List<ResultRow> rows = edition.rows("restated");
    if (rows.isEmpty()) {
      return List.of();
    }
    long all = rows.get(0).number("days");
    List<Words> days = new ArrayList<>();
    for (ResultRow row : rows) {
      days.add(
          edition.say(
              "restated-day", Figures.date(row.day("day")), Figures.whole(row.number("times"))));
    }
    if (all > rows.size()) {
      days.add(edition.say("restated-more"));
    }
    return List.of(edition.say("restated", Figures.whole(all), Words.join(", ", days)));
  }
}

package vn.tnmt.lakehouse.ingestion.text;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.ingestion.text.Notation.DayOrder;

/**
 * Collects what the cells of one column tell about their numbers and dates. Only what all telling
 * cells agree on is decided.
 */
public final class NotationEvidence {
  private static final Pattern DATE =
      Pattern.compile("(?<!\\d)(\\d{1,2})([/-])(\\d{1,2})\\2(?:\\d{4}|\\d{2})(?!\\d)");
  private static final int MAX_DATE = 40;

  private final Map<NumberForm, Integer> forms = new EnumMap<>(NumberForm.class);
  private int dayFirst;
  private int monthFirst;
  private int eitherFirst;

  public void number(String cell) {
    String text = cell.strip();
    int from = !text.isEmpty() && (text.charAt(0) == '<' || text.charAt(0) == '>') ? 1 : 0;
    forms.merge(NumberForm.of(text.substring(from).strip()), 1, Integer::sum);
  }

  public void date(String cell) {
    if (cell.length() > MAX_DATE) {
      return;
    }
    Matcher date = DATE.matcher(cell);
    if (date.find()) {
      int first = Integer.parseInt(date.group(1));
      int second = Integer.parseInt(date.group(3));
      if (first > 12 && second <= 12) {
        dayFirst++;
      } else if (second > 12 && first <= 12) {
        monthFirst++;
      } else if (first != second) {
        eitherFirst++;
      }
    }
  }

  public Notation decide() {
    boolean point = count(NumberForm.POINT) + count(NumberForm.POINT_GROUPED) > 0;
    boolean comma = count(NumberForm.COMMA) + count(NumberForm.COMMA_GROUPED) > 0;
    char decimal = point == comma ? Notation.NONE : point ? '.' : ',';
    boolean grouped =
        decimal != Notation.NONE
            && count(point ? NumberForm.POINT_GROUPED : NumberForm.COMMA_GROUPED) > 0;
    DayOrder days =
        (dayFirst > 0) == (monthFirst > 0)
            ? DayOrder.UNKNOWN
            : dayFirst > 0 ? DayOrder.DAY_FIRST : DayOrder.MONTH_FIRST;
    return new Notation(decimal, grouped, days);
  }

  /** What was decided and how many cells spoke for it; empty when nothing had to be. */
  public String why() {
    StringBuilder why = new StringBuilder();
    int points = count(NumberForm.POINT) + count(NumberForm.POINT_GROUPED);
    int commas = count(NumberForm.COMMA) + count(NumberForm.COMMA_GROUPED);
    int lone = count(NumberForm.LONE_POINT) + count(NumberForm.LONE_COMMA);
    if (points + commas + lone > 0) {
      why.append("0.0 × %d, 0,0 × %d, 0[.,]000 × %d".formatted(points, commas, lone));
    }
    if (dayFirst + monthFirst + eitherFirst > 0) {
      why.append("d/M × %d, M/d × %d, d/M|M/d × %d".formatted(dayFirst, monthFirst, eitherFirst));
    }
    return why.toString();
  }

  private int count(NumberForm form) {
    return forms.getOrDefault(form, 0);
  }
}

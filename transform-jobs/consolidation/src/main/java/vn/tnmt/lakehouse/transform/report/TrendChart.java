package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.report.SectionContent.Series;
import vn.tnmt.lakehouse.transform.report.SectionContent.Trend;

/**
 * One small multiple: the line of hourly values, below it a strip with each hour's category. All
 * panels share both axes. A missing hour breaks the line and hatches the strip.
 */
final class TrendChart {
  private static final int WIDTH = 180;
  private static final int PLOT = 44;
  private static final int STRIP = 5;
  private static final int FOOT = 11;
  private static final int HEIGHT = PLOT + 3 + STRIP + FOOT;

  private final String id;
  private final Trend trend;
  private final double step;

  /**
   * @param id of the section, for the panels' titles
   */
  TrendChart(String id, Trend trend) {
    this.id = id;
    this.trend = trend;
    this.step = (double) WIDTH / trend.hours();
  }

  Html draw(Series series) {
    List<Integer> values = series.values();
    String data =
        values.stream().map(v -> v == null ? "" : v.toString()).collect(Collectors.joining(","));
    StringBuilder svg = new StringBuilder(2048);
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"trend-%s-%s\" data-v=\"%s\">"
            .formatted(WIDTH, HEIGHT, id, Html.escape(series.provinceCode()), data));
    svg.append("<path class=\"plot\" d=\"M0 0h%dv%dH0z\"/>".formatted(WIDTH, PLOT));
    days(svg);
    svg.append("<path class=\"limit\" d=\"M0 %sh%d\"/>".formatted(n(y(trend.limit())), WIDTH));
    svg.append("<path class=\"line\" d=\"").append(line(values)).append("\"/>");
    strip(svg, values);
    svg.append("<path class=\"cross\" d=\"\"/>");
    return new Html(svg.append("</svg>").toString());
  }

  private void days(StringBuilder svg) {
    for (int i = 0; i < trend.hours(); i++) {
      var hourEnding = trend.firstHour().plusSeconds(3600L * i).atZone(Figures.VIETNAM);
      if (hourEnding.getHour() != 1) {
        continue; // the hour (0, 1] is the first of its day
      }
      String x = n(i * step);
      if (i > 0) {
        svg.append("<path class=\"day\" d=\"M%s 0v%d\"/>".formatted(x, PLOT + 3 + STRIP));
      }
      if (trend.hours() - i >= 20) {
        svg.append(
            "<text x=\"%s\" y=\"%d\">%02d/%02d</text>"
                .formatted(
                    n(i * step + 12 * step),
                    HEIGHT - 1,
                    hourEnding.getDayOfMonth(),
                    hourEnding.getMonthValue()));
      }
    }
  }

  private String line(List<Integer> values) {
    StringBuilder path = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < values.size(); i++) {
      Integer value = values.get(i);
      if (value == null) {
        open = false;
        continue;
      }
      path.append(open ? "L" : "M").append(n((i + 0.5) * step)).append(' ').append(n(y(value)));
      boolean alone = !open && (i + 1 == values.size() || values.get(i + 1) == null);
      if (alone) {
        path.append("h.01"); // a round cap makes a dot of it
      }
      open = true;
    }
    return path.toString();
  }

  /** Neighbouring hours of one category are one rectangle. */
  private void strip(StringBuilder svg, List<Integer> values) {
    List<String> fills = new ArrayList<>();
    values.forEach(v -> fills.add(v == null ? "url(#gap)" : trend.scale().of(v).colour()));
    int from = 0;
    for (int i = 1; i <= fills.size(); i++) {
      if (i == fills.size() || !fills.get(i).equals(fills.get(from))) {
        svg.append(
            "<rect fill=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
                .formatted(fills.get(from), n(from * step), PLOT + 3, n((i - from) * step), STRIP));
        from = i;
      }
    }
  }

  private double y(int value) {
    return PLOT - 1 - (PLOT - 2.0) * value / trend.top();
  }

  /** One decimal at most, no trailing zero. */
  private static String n(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0
        ? Long.toString(tenths / 10)
        : tenths / 10 + "." + Math.abs(tenths % 10);
  }
}

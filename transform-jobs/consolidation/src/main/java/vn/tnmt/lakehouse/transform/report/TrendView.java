package vn.tnmt.lakehouse.transform.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Region;
import vn.tnmt.lakehouse.transform.report.SectionContent.Series;
import vn.tnmt.lakehouse.transform.report.SectionContent.Trend;

/** The small multiples, grouped by region, and the same values as a table. */
final class TrendView {
  private final String key;
  private final Trend trend;
  private final List<Province> provinces;
  private final Texts t;
  private final TrendChart chart;
  private final Map<String, Series> series;

  TrendView(String key, Trend trend, List<Province> provinces, Texts texts) {
    this.key = key;
    this.trend = trend;
    this.provinces = provinces;
    this.t = texts;
    this.chart = new TrendChart(key, trend);
    this.series =
        trend.series().stream()
            .collect(Collectors.toMap(Series::provinceCode, Function.identity()));
  }

  record RegionView(Words name, List<Panel> panels) {}

  record Panel(String code, Words name, String now, Html svg) {}

  record Row(String code, Words name, List<String> cells) {}

  String key() {
    return key;
  }

  Words title() {
    return trend.title();
  }

  boolean any() {
    return !trend.series().isEmpty();
  }

  Words note() {
    return trend.note();
  }

  /** Milliseconds since 1970, for the script. */
  long firstHour() {
    return trend.firstHour().toEpochMilli();
  }

  List<RegionView> regions() {
    return Arrays.stream(Region.values())
        .map(
            region ->
                new RegionView(
                    t.say("region-" + region.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                    provinces.stream()
                        .filter(province -> province.region() == region)
                        .map(this::panel)
                        .toList()))
        .filter(region -> !region.panels().isEmpty())
        .toList();
  }

  private Panel panel(Province province) {
    Series values = values(province);
    Integer now = values.values().get(trend.hours() - 1);
    return new Panel(
        province.code(), province.name(), now == null ? "–" : now.toString(), chart.draw(values));
  }

  private Series values(Province province) {
    return series.getOrDefault(
        province.code(),
        new Series(province.code(), Collections.nCopies(trend.hours(), (Integer) null)));
  }

  List<Words> days() {
    return byDay(Collections.nCopies(trend.hours(), (Integer) null)).keySet().stream()
        .map(Figures::date)
        .toList();
  }

  List<Row> rows() {
    return provinces.stream()
        .map(
            province ->
                new Row(
                    province.code(),
                    province.name(),
                    byDay(values(province).values()).values().stream()
                        .map(TrendView::range)
                        .toList()))
        .toList();
  }

  private Map<LocalDate, List<Integer>> byDay(List<Integer> values) {
    Map<LocalDate, List<Integer>> days = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      days.computeIfAbsent(day(i), d -> new ArrayList<>()).add(values.get(i));
    }
    return days;
  }

  /** The day of an hour; the hour that ends at midnight is the last of its day. */
  private LocalDate day(int hour) {
    return trend.firstHour().plusSeconds(3600L * hour - 1).atZone(Figures.VIETNAM).toLocalDate();
  }

  private static String range(List<Integer> values) {
    var known =
        values.stream().filter(Objects::nonNull).mapToInt(Integer::intValue).summaryStatistics();
    return known.getCount() == 0 ? "–" : known.getMin() + " – " + known.getMax();
  }
}

package vn.tnmt.lakehouse.national.airqualitydaily;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.national.MissingIndices;
import vn.tnmt.lakehouse.national.RestatedDays;
import vn.tnmt.lakehouse.transform.index.AqiCategory;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.Edition;
import vn.tnmt.lakehouse.transform.report.ReportSection;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.report.Scale;
import vn.tnmt.lakehouse.transform.report.SectionContent.Completeness;
import vn.tnmt.lakehouse.transform.report.SectionContent.Layer;
import vn.tnmt.lakehouse.transform.report.SectionContent.Note;
import vn.tnmt.lakehouse.transform.report.SectionContent.OutOfRange;
import vn.tnmt.lakehouse.transform.report.SectionContent.Place;
import vn.tnmt.lakehouse.transform.report.SectionContent.PlaceList;
import vn.tnmt.lakehouse.transform.report.SectionContent.ProvinceValue;
import vn.tnmt.lakehouse.transform.report.SectionContent.Reason;
import vn.tnmt.lakehouse.transform.report.SectionContent.Series;
import vn.tnmt.lakehouse.transform.report.SectionContent.Source;
import vn.tnmt.lakehouse.transform.report.SectionContent.Trend;
import vn.tnmt.lakehouse.transform.run.LocalDay;

/** Air in the national report: the day's index by province and station, and its last hours. */
public final class AirQualitySection implements ReportSection {
  private static final String INDEX = "VN_AQI";

  /** Names and colours of Quyết định 1459/QĐ-TCMT. */
  static final Scale SCALE =
      Scale.of(
          INDEX,
          Arrays.stream(AqiCategory.values())
              .map(
                  c ->
                      new Scale.Level(
                          c.lowest(), c.highest(), new Words(c.vi(), c.en()), c.colour()))
              .toList());

  /** Highest index that is still Trung bình. */
  private static final int LIMIT = AqiCategory.MODERATE.highest();

  private static final int TREND_HOURS = 72;

  /** Where the charts' common scale may end: limits between levels, and half-way to the last. */
  private static final List<Integer> TOPS = List.of(150, 200, 300, 400, 500);

  @Override
  public String key() {
    return "air";
  }

  @Override
  public Set<String> tables() {
    return Set.of(
        "national.air_quality_daily",
        "national.air_quality_hourly",
        "national.station",
        "monitoring.station");
  }

  @Override
  public Map<String, Object> parameters(LocalDate date) {
    return Map.of("from", new LocalDay(date).end().minus(TREND_HOURS, ChronoUnit.HOURS));
  }

  @Override
  public Set<String> leadStatements() {
    return Set.of("provinces");
  }

  @Override
  public Words headline(Edition edition) {
    List<ResultRow> known =
        provinces(edition)
            .sorted(
                Comparator.comparing(AirQualitySection::value)
                    .reversed()
                    .thenComparing(row -> row.struct("worst").text("station_code")))
            .toList();
    if (known.isEmpty()) {
      return edition.say("headline-none");
    }
    long bad = known.stream().filter(row -> value(row) > LIMIT).count();
    Words count = Figures.whole(known.size());
    Words where = edition.province(known.get(0).text("province_code"));
    Words value = Figures.whole(value(known.get(0)));
    Words level = SCALE.level(value(known.get(0)));
    return bad == 0
        ? edition.say("headline-good", count, where, value, level)
        : edition.say("headline-bad", Figures.whole(bad), count, where, value, level);
  }

  @Override
  public Optional<OutOfRange> outOfRange(Edition edition) {
    List<ResultRow> rows = edition.rows("provinces");
    return Optional.of(
        new OutOfRange(
            ResultRow.sum(rows, "out_of_range"),
            ResultRow.sum(rows, "with_index"),
            edition.say("out-of-range")));
  }

  @Override
  public Optional<Layer> layer(Edition edition) {
    List<ProvinceValue> values = provinces(edition).map(row -> province(edition, row)).toList();
    int highest = values.stream().mapToInt(ProvinceValue::value).max().orElse(0);
    return Optional.of(
        new Layer(
            SCALE,
            edition.say("tab"),
            edition.say("scale"),
            edition.say("caption", Figures.date(edition.date())),
            edition.say("ranking"),
            edition.say("driver"),
            Math.max(TOPS.get(0), highest),
            values));
  }

  private static ProvinceValue province(Edition edition, ResultRow row) {
    ResultRow worst = row.struct("worst");
    return new ProvinceValue(
        row.text("province_code"),
        value(row),
        Pollutants.html(worst.text("driver")),
        edition.say(
            "more",
            Words.same(name(worst)),
            Words.same(worst.text("driver")),
            Figures.whole(row.number("median")),
            Figures.whole(row.number("with_index")),
            Figures.whole(row.number("stations"))));
  }

  /** Provinces where a station has an index. */
  private static Stream<ResultRow> provinces(Edition edition) {
    return edition.rows("provinces").stream()
        .filter(row -> row.number("with_index") > 0 && row.text("province_code") != null);
  }

  /** The index of the province's worst station. */
  private static int value(ResultRow province) {
    return (int) province.struct("worst").number("aqi");
  }

  /** A station that the register does not name is shown by its code. */
  private static String name(ResultRow station) {
    return Objects.requireNonNullElse(station.text("name"), station.text("station_code"));
  }

  @Override
  public Optional<PlaceList> places(Edition edition) {
    return Optional.of(
        new PlaceList(
            SCALE,
            edition.say("places"),
            edition.say("station"),
            edition.say("driver"),
            edition.rows("worst").stream()
                .map(
                    row ->
                        new Place(
                            row.text("province_code"),
                            name(row),
                            where(edition, row),
                            (int) row.number("aqi"),
                            because(edition, row)))
                .toList()));
  }

  private static Words where(Edition edition, ResultRow station) {
    Words code = Words.same(station.text("station_code"));
    return station.flag("whole")
        ? code
        : Words.join(" · ", List.of(code, edition.say("not-whole")));
  }

  private static Html because(Edition edition, ResultRow station) {
    String driver = station.text("driver");
    Double concentration = station.decimal("concentration");
    return concentration == null
        ? Pollutants.html(driver)
        : Pollutants.html(driver, concentration, edition.say(Pollutants.average(driver)));
  }

  @Override
  public Optional<Trend> trend(Edition edition) {
    Instant first = new LocalDay(edition.date()).end().minus(TREND_HOURS - 1L, ChronoUnit.HOURS);
    Map<String, Integer[]> hours = new TreeMap<>();
    int highest = 0;
    for (ResultRow row : edition.rows("trend")) {
      if (row.text("province_code") != null) {
        int worst = (int) row.number("worst");
        int hour = (int) ChronoUnit.HOURS.between(first, row.instant("hour_ending"));
        hours.computeIfAbsent(row.text("province_code"), code -> new Integer[TREND_HOURS])[hour] =
            worst;
        highest = Math.max(highest, worst);
      }
    }
    int top = top(highest);
    return Optional.of(
        new Trend(
            edition.say("trend"),
            edition.say(
                "trend-note",
                Figures.whole(TREND_HOURS),
                Figures.date(edition.date()),
                Figures.whole(top)),
            SCALE,
            LIMIT,
            top,
            first,
            TREND_HOURS,
            hours.entrySet().stream()
                .map(entry -> new Series(entry.getKey(), Arrays.asList(entry.getValue())))
                .toList()));
  }

  private static int top(int highest) {
    return TOPS.stream().filter(limit -> limit >= highest).findFirst().orElse(highest);
  }

  @Override
  public List<Completeness> completeness(Edition edition) {
    List<ResultRow> provinces = edition.rows("provinces");
    long stations = ResultRow.sum(provinces, "stations");
    return List.of(
        new Completeness(
            edition.say("complete-hours"),
            edition.row("hours").number("with_index"),
            24 * stations),
        new Completeness(
            edition.say("complete-whole"),
            edition.row("whole").number("whole"),
            ResultRow.sum(provinces, "with_index")),
        new Completeness(
            edition.say("complete-days"), ResultRow.sum(provinces, "with_index"), stations));
  }

  @Override
  public Set<String> comparingStatements() {
    return Set.of("restated");
  }

  @Override
  public List<Words> restated(Edition edition) {
    return RestatedDays.of(edition);
  }

  @Override
  public List<Reason> reasons(Edition edition) {
    return MissingIndices.reasons(INDEX, edition.rows("reasons"));
  }

  @Override
  public List<Note> method(Edition edition) {
    return List.of(new Note(Words.same(INDEX), edition.say("method")));
  }

  @Override
  public List<Source> sources(Edition edition) {
    return Stream.of("decision", "circular")
        .map(key -> new Source(edition.say(key), edition.say(key + "-use")))
        .toList();
  }
}

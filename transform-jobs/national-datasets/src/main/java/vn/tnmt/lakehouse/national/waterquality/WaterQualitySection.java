package vn.tnmt.lakehouse.national.waterquality;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.national.MissingIndices;
import vn.tnmt.lakehouse.national.RestatedDays;
import vn.tnmt.lakehouse.transform.index.WqiCategory;
import vn.tnmt.lakehouse.transform.page.Figures;
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
import vn.tnmt.lakehouse.transform.report.SectionContent.Source;

/** Surface water in the national report: each sampling point with its latest index of a year. */
public final class WaterQualitySection implements ReportSection {
  private static final String INDEX = "VN_WQI";

  /** Names and colours of bảng 7 of Quyết định 1460/QĐ-TCMT. */
  static final Scale SCALE =
      Scale.of(
          INDEX,
          Arrays.stream(WqiCategory.values())
              .map(
                  c ->
                      new Scale.Level(
                          c.lowest(), c.highest(), new Words(c.vi(), c.en()), c.colour()))
              .toList());

  /** How far back the latest sample of a point may lie. */
  private static final int WINDOW_DAYS = 365;

  @Override
  public String key() {
    return "water";
  }

  @Override
  public Set<String> tables() {
    return Set.of("national.water_quality");
  }

  @Override
  public Map<String, Object> parameters(LocalDate date) {
    return Map.of("since", since(date));
  }

  private static LocalDate since(LocalDate date) {
    return date.minusDays(WINDOW_DAYS);
  }

  @Override
  public Set<String> leadStatements() {
    return Set.of("provinces");
  }

  @Override
  public Words headline(Edition edition) {
    List<ResultRow> known = edition.rows("provinces"); // points in no province count, too
    long points = ResultRow.sum(known, "with_index");
    long bad = ResultRow.sum(known, "out_of_range");
    if (points == 0) {
      return edition.say("headline-none");
    }
    return bad == 0
        ? edition.say("headline-good", Figures.whole(points))
        : edition.say("headline-bad", Figures.whole(bad), Figures.whole(points));
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
    return Optional.of(
        new Layer(
            SCALE,
            edition.say("tab"),
            edition.say("scale"),
            edition.say(
                "caption", Figures.date(since(edition.date())), Figures.date(edition.date())),
            edition.say("ranking"),
            edition.say("sampled-on"),
            WqiCategory.VERY_GOOD.highest(),
            provinces(edition).map(row -> province(edition, row)).toList()));
  }

  private static ProvinceValue province(Edition edition, ResultRow row) {
    ResultRow worst = row.struct("worst");
    Words sampledOn = Figures.date(worst.day("sampled_on"));
    return new ProvinceValue(
        row.text("province_code"),
        (int) worst.number("wqi"),
        sampledOn.html(),
        edition.say(
            "more",
            Words.same(worst.text("sample_point")),
            sampledOn,
            Figures.whole(row.number("median")),
            Figures.whole(row.number("with_index")),
            Figures.whole(row.number("points"))));
  }

  /** Provinces where a point has an index: what a map can show. */
  private static Stream<ResultRow> provinces(Edition edition) {
    return edition.rows("provinces").stream()
        .filter(row -> row.number("with_index") > 0 && row.text("province_code") != null);
  }

  @Override
  public Optional<PlaceList> places(Edition edition) {
    return Optional.of(
        new PlaceList(
            SCALE,
            edition.say("places"),
            edition.say("point"),
            edition.say("sampled-on"),
            edition.rows("worst").stream()
                .map(
                    row ->
                        new Place(
                            row.text("province_code"),
                            row.text("sample_point"),
                            edition.say(
                                "position",
                                Figures.fixed(row.decimal("lat"), 3),
                                Figures.fixed(row.decimal("lon"), 3)),
                            (int) row.number("wqi"),
                            Figures.date(row.day("sampled_on")).html()))
                .toList()));
  }

  @Override
  public List<Completeness> completeness(Edition edition) {
    List<ResultRow> rows = edition.rows("provinces");
    return List.of(
        new Completeness(
            edition.say("complete-whole"),
            edition.row("whole").number("whole"),
            ResultRow.sum(rows, "with_index")),
        new Completeness(
            edition.say("complete-points"),
            ResultRow.sum(rows, "with_index"),
            ResultRow.sum(rows, "points")));
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
    return List.of(new Source(edition.say("decision"), edition.say("decision-use")));
  }
}

package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.transform.index.NoIndexReason;
import vn.tnmt.lakehouse.transform.page.Assets;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;

/** What the template of the report asks for, by the names that it uses. */
final class ReportView {
  private static final int TOP = 8;

  final Texts t;
  private final ReportData data;
  private final Texts sources;
  private final Map<String, Province> provinces;
  private final DeliveriesView deliveries;

  ReportView(ReportData data, Texts texts, Texts sources) {
    this.data = data;
    this.t = texts;
    this.sources = sources;
    this.provinces =
        data.provinces().stream().collect(Collectors.toMap(Province::code, Function.identity()));
    this.deliveries = new DeliveriesView(data.publishers(), provinces, t);
  }

  // ---- head

  Words title() {
    return t.say("title", date());
  }

  Words date() {
    return Figures.date(data.release().businessDate());
  }

  Words headline() {
    return Headline.of(data, t);
  }

  Html baseStyle() {
    return Assets.style();
  }

  Html style() {
    return Assets.file(ReportView.class, "report.css");
  }

  Html baseScript() {
    return Assets.script();
  }

  Html script() {
    return Assets.file(ReportView.class, "report.js");
  }

  // ---- four figures

  record Figure(Words label, Words value, Words of, Words change) {}

  List<Figure> figures() {
    Lead lead = data.lead();
    return List.of(
        figure(
            "figure-stations",
            lead.stationsReporting(),
            lead.stationsTotal(),
            Lead::stationsReporting),
        figure("figure-rows", lead.rowsAccepted(), lead.rowsReceived(), Lead::rowsAccepted),
        figure(
            "figure-provinces",
            lead.provincesDelivered(),
            lead.provincesTotal(),
            Lead::provincesDelivered),
        figure(
            "figure-indices", lead.indicesOutOfRange(), lead.indices(), Lead::indicesOutOfRange));
  }

  private Figure figure(String key, long value, long of, Function<Lead, Long> from) {
    Words change = change(value, from);
    return new Figure(
        t.say(key),
        Figures.whole(value),
        t.say(key + "-of", Figures.whole(of)),
        t.has(key + "-rule") ? Words.join("; ", List.of(t.say(key + "-rule"), change)) : change);
  }

  private Words change(long value, Function<Lead, Long> from) {
    if (data.previousLead() == null) {
      return t.say("change-first");
    }
    long difference = value - from.apply(data.previousLead());
    Words since = Figures.date(data.release().previousDate());
    return difference == 0
        ? t.say("change-none", since)
        : t.say("change", Figures.change(difference), since);
  }

  // ---- maps

  record MapView(
      String key,
      boolean first,
      Words tab,
      Html svg,
      Words scaleName,
      Words scaleShort,
      List<Scale.Category> legend,
      Words caption,
      Words rankingTitle,
      Words detailTitle,
      List<Ranked> ranked) {}

  record Ranked(
      String code, String rank, Html chip, Words name, Object value, Html bar, Object detail) {}

  List<MapView> maps() {
    List<Territory> territories = data.provinces().stream().map(Territory::of).toList();
    return Arrays.stream(Scale.values()).map(scale -> map(scale, territories)).toList();
  }

  private MapView map(Scale scale, List<Territory> territories) {
    String key = Views.key(scale);
    Words caption =
        scale == Scale.AIR
            ? t.say("caption-air", date(), boundaryNote())
            : t.say(
                "caption-water", Figures.date(data.release().waterSince()), date(), boundaryNote());
    return new MapView(
        key,
        scale == firstScale(),
        t.say("tab-" + key),
        new NationMap(scale, t).draw(territories),
        t.say("scale-" + key),
        shortName(scale),
        scale.categories(),
        caption,
        t.say("ranking-" + key),
        t.say("detail-" + key),
        ranked(scale));
  }

  /** Air, unless only water has anything to show. */
  private Scale firstScale() {
    boolean air = data.provinces().stream().anyMatch(province -> province.air() != null);
    boolean water = data.provinces().stream().anyMatch(province -> province.water() != null);
    return air || !water ? Scale.AIR : Scale.WATER;
  }

  private static Words shortName(Scale scale) {
    return Words.same(scale == Scale.AIR ? "VN_AQI" : "VN_WQI");
  }

  private List<Ranked> ranked(Scale scale) {
    List<Province> known =
        data.provinces().stream()
            .filter(province -> Views.value(scale, province) != null)
            .sorted(
                Views.worstFirst(scale, province -> Views.value(scale, province), Province::code))
            .toList();
    double longest =
        scale == Scale.WATER
            ? 100
            : known.isEmpty() ? 1 : Math.max(150, known.get(0).air().worst());
    List<Ranked> ranked = new ArrayList<>();
    int rank = 0;
    for (int i = 0; i < known.size(); i++) {
      Province province = known.get(i);
      int value = Views.value(scale, province);
      if (i == 0 || value != Views.value(scale, known.get(i - 1))) {
        rank = i + 1; // equal values share a rank
      }
      ranked.add(
          new Ranked(
              province.code(),
              Integer.toString(rank),
              Views.chip(scale, value),
              province.name(),
              Figures.whole(value),
              Views.bar(value, longest),
              scale == Scale.AIR
                  ? Views.pollutant(province.air().driver())
                  : Figures.date(province.water().sampledOn())));
    }
    data.provinces().stream()
        .filter(province -> Views.value(scale, province) == null)
        .forEach(
            province ->
                ranked.add(
                    new Ranked(
                        province.code(),
                        "–",
                        Views.chip(scale, null),
                        province.name(),
                        Words.same("–"),
                        Html.EMPTY,
                        t.say("no-data"))));
    return ranked;
  }

  Words boundaryNote() {
    Set<Boundary> kinds =
        data.provinces().stream()
            .filter(province -> province.outline() != null)
            .map(Province::boundary)
            .collect(Collectors.toSet());
    String worst =
        kinds.isEmpty()
            ? "none"
            : kinds.contains(Boundary.GENERATED)
                ? "generated"
                : kinds.contains(Boundary.REFERENCE) ? "reference" : "official";
    return t.say("boundary-" + worst);
  }

  // ---- the card of a province

  record Card(String code, Words name, List<Line> lines) {}

  record Line(Html chip, Words label, Object text) {}

  List<Card> cards() {
    Map<String, Publisher> byProvince =
        data.publishers().stream()
            .filter(publisher -> publisher.provinceCode() != null)
            .collect(Collectors.toMap(Publisher::provinceCode, Function.identity(), (a, b) -> a));
    return data.provinces().stream()
        .map(
            province ->
                new Card(
                    province.code(),
                    province.name(),
                    List.of(
                        airLine(province),
                        waterLine(province),
                        deliveryLine(byProvince.get(province.code())))))
        .toList();
  }

  private Line airLine(Province province) {
    var air = province.air();
    if (air == null) {
      return new Line(Views.chip(Scale.AIR, null), t.say("card-no-air"), "");
    }
    return new Line(
        Views.chip(Scale.AIR, air.worst()),
        t.say("card-air", Figures.whole(air.worst()), Scale.AIR.of(air.worst()).name()),
        t.say(
            "card-air-more",
            Words.same(air.station()),
            Words.same(air.driver()),
            Figures.whole(air.median()),
            Figures.whole(air.withIndex()),
            Figures.whole(air.stations())));
  }

  private Line waterLine(Province province) {
    var water = province.water();
    if (water == null) {
      return new Line(Views.chip(Scale.WATER, null), t.say("card-no-water"), "");
    }
    return new Line(
        Views.chip(Scale.WATER, water.worst()),
        t.say("card-water", Figures.whole(water.worst()), Scale.WATER.of(water.worst()).name()),
        t.say(
            "card-water-more",
            Words.same(water.point()),
            Figures.date(water.sampledOn()),
            Figures.whole(water.median()),
            Figures.whole(water.withIndex()),
            Figures.whole(water.points())));
  }

  private Line deliveryLine(Publisher publisher) {
    return publisher == null || publisher.deliveries() == 0
        ? new Line(Html.EMPTY, t.say("card-missing"), "")
        : new Line(
            Html.EMPTY,
            t.say(
                "card-delivered",
                Figures.whole(publisher.received()),
                Figures.whole(publisher.accepted())),
            "");
  }

  // ---- the worst places

  record Worst(
      Words title, Words place, Words scaleShort, Words because, boolean any, List<Place> rows) {}

  record Place(String code, Html chip, String name, Object under, Words value, Html detail) {}

  List<Worst> worst() {
    List<Place> air =
        data.worstAir().stream()
            .limit(TOP)
            .map(
                s ->
                    new Place(
                        s.provinceCode(),
                        Views.chip(Scale.AIR, s.aqi()),
                        s.name(),
                        Words.concat(provinceName(s.provinceCode()), Words.same(" · " + s.code())),
                        Figures.whole(s.aqi()),
                        because(s)))
            .toList();
    List<Place> water =
        data.worstWater().stream()
            .limit(TOP)
            .map(
                p ->
                    new Place(
                        p.provinceCode() == null ? "" : p.provinceCode(),
                        Views.chip(Scale.WATER, p.wqi()),
                        p.point(),
                        Words.concat(
                            provinceName(p.provinceCode()), Words.same(" · "), position(p)),
                        Figures.whole(p.wqi()),
                        Figures.date(p.sampledOn()).html()))
            .toList();
    return List.of(
        new Worst(
            t.say("worst-air"),
            t.say("station"),
            shortName(Scale.AIR),
            t.say("detail-air"),
            !air.isEmpty(),
            air),
        new Worst(
            t.say("worst-water"),
            t.say("point"),
            shortName(Scale.WATER),
            t.say("detail-water"),
            !water.isEmpty(),
            water));
  }

  private Words provinceName(String code) {
    Province province = code == null ? null : provinces.get(code);
    return province == null ? t.say("no-province") : province.name();
  }

  private static Words position(ReportData.WaterPoint point) {
    Words lat = Figures.fixed(point.lat(), 3);
    Words lon = Figures.fixed(point.lon(), 3);
    return new Words(lat.vi() + "° B, " + lon.vi() + "° Đ", lat.en() + "° N, " + lon.en() + "° E");
  }

  private Html because(ReportData.AirStation station) {
    Html driver = Views.pollutant(station.driver());
    if (station.concentration() == null) {
      return driver;
    }
    String average =
        switch (station.driver()) {
          case "PM2.5", "PM10" -> "average-24h";
          case "O3" -> "average-o3";
          default -> "average-1h";
        };
    return Views.html(
        driver,
        " ",
        Figures.fixed(station.concentration(), 1),
        " µg/m³",
        new Html("<span class=\"under\">"),
        t.say(average),
        new Html("</span>"));
  }

  // ---- the rest, section by section

  Object trend() {
    return data.trend() == null || data.trend().series().isEmpty()
        ? Boolean.FALSE
        : new TrendView(data.trend(), data.provinces(), t);
  }

  Words deliveryStatement() {
    return deliveries.statement();
  }

  List<Words> datasets() {
    return deliveries.datasetTitles();
  }

  List<DeliveriesView.Row> publishers() {
    return deliveries.rows();
  }

  List<Words> totals() {
    return deliveries.totals();
  }

  Html totalShare() {
    return deliveries.totalShare();
  }

  Words marks() {
    return t.say("marks");
  }

  record RuleRow(String code, Words message, Words effect, Words publishers, Words rows) {}

  boolean anyRules() {
    return !data.quality().rules().isEmpty();
  }

  List<RuleRow> rules() {
    return data.quality().rules().stream()
        .map(
            rule ->
                new RuleRow(
                    rule.rule(),
                    rule.message(),
                    t.say(rule.blocking() ? "effect-block" : "effect-warn"),
                    Figures.whole(rule.publishers()),
                    Figures.whole(rule.broken())))
        .toList();
  }

  record Complete(Words label, Html bar, Words text) {}

  List<Complete> completeness() {
    return data.quality().completeness().stream()
        .map(
            c ->
                new Complete(
                    t.say(c.key()),
                    Views.bar(c.present(), c.expected()),
                    t.say(
                        "of",
                        Figures.whole(c.present()),
                        Figures.whole(c.expected()),
                        Figures.percent(c.present(), c.expected()))))
        .toList();
  }

  record ReasonRow(Words reason, Words count) {}

  boolean anyReasons() {
    return !data.quality().reasons().isEmpty();
  }

  List<ReasonRow> reasons() {
    return data.quality().reasons().stream()
        .map(
            r ->
                new ReasonRow(
                    Words.concat(Words.same(r.index() + ": "), reason(r.reason())),
                    Figures.whole(r.count())))
        .toList();
  }

  /** A reason that this version does not know is shown as the table has it. */
  private static Words reason(String reason) {
    return Arrays.stream(NoIndexReason.values())
        .filter(known -> known.name().equals(reason))
        .map(known -> new Words(known.vi(), known.en()))
        .findFirst()
        .orElse(Words.same(reason));
  }

  record AuditRow(String code, Words message, Words measured, Words threshold, Words outcome) {}

  boolean anyAudits() {
    return !data.audits().isEmpty();
  }

  List<AuditRow> audits() {
    return data.audits().stream()
        .sorted(Comparator.comparing(ReportData.Audit::passed))
        .map(
            a ->
                new AuditRow(
                    a.audit(),
                    a.message(),
                    number(a.measured()),
                    number(a.threshold()),
                    t.say(a.passed() ? "passed" : a.blocking() ? "failed-block" : "failed-warn")))
        .toList();
  }

  private static Words number(Double value) {
    return value == null ? Words.same("–") : Figures.decimal(value, 3);
  }

  boolean anyPolicies() {
    return !data.method().policies().isEmpty();
  }

  List<ReportData.Policy> policies() {
    return data.method().policies();
  }

  record Source(Words title, Words use) {}

  List<Source> sources() {
    return List.of("vn-aqi", "vn-wqi", "tt10", "provinces", "dong-nai").stream()
        .map(key -> new Source(sources.say(key), sources.say("use-" + key)))
        .toList();
  }

  record Fact(Words label, Object text) {}

  List<Fact> release() {
    ReportData.Release release = data.release();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(t.say("release-id"), release.id()));
    facts.add(new Fact(t.say("release-run"), release.runId()));
    facts.add(new Fact(t.say("release-date"), date()));
    facts.add(
        new Fact(
            t.say("release-time"), t.say("release-zone", Figures.time(release.generatedAt()))));
    if (release.previousId() != null) {
      facts.add(new Fact(t.say("release-previous"), release.previousId()));
    }
    return facts;
  }

  record TableRow(String table, String snapshot, Words records, String contract) {}

  List<TableRow> tables() {
    return data.method().tables().stream()
        .map(
            table ->
                new TableRow(
                    table.table(),
                    Long.toString(table.snapshotId()),
                    Figures.whole(table.records()),
                    table.contractVersion()))
        .toList();
  }

  record Sql(Words name, String sql) {}

  List<Sql> sql() {
    return data.method().sql().stream()
        .map(s -> new Sql(t.say("sql-" + s.key()), s.sql()))
        .toList();
  }

  Words releaseLine() {
    return t.say(
        "release-line",
        Words.same(data.release().id()),
        Figures.time(data.release().generatedAt()));
  }
}

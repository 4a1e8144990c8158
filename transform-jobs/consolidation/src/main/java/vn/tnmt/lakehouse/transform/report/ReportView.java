package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.transform.page.Assets;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Inline;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;
import vn.tnmt.lakehouse.transform.report.SectionContent.Layer;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.Note;
import vn.tnmt.lakehouse.transform.report.SectionContent.OutOfRange;
import vn.tnmt.lakehouse.transform.report.SectionContent.Place;
import vn.tnmt.lakehouse.transform.report.SectionContent.PlaceList;
import vn.tnmt.lakehouse.transform.report.SectionContent.ProvinceValue;
import vn.tnmt.lakehouse.transform.report.SectionContent.Reason;
import vn.tnmt.lakehouse.transform.report.SectionContent.Source;

/** What the template of the report asks for, by the names that it uses. */
final class ReportView {
  private static final int TOP = 8;

  final Texts t;
  final Inline inline;
  private final ReportData data;
  private final Texts sources;
  private final Map<String, Province> provinces;
  private final DeliveriesView deliveries;

  ReportView(ReportData data, Texts texts, Texts sources) {
    this.data = data;
    this.t = texts;
    this.inline = inline(data.sections());
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

  /** Made once: the template asks thrice. */
  private static Inline inline(List<SectionContent> sections) {
    return Inline.of(
        List.of(
            Assets.file(ReportView.class, "report.css"),
            Views.paints(sections.stream().flatMap(SectionContent::chipScales))),
        List.of(Assets.file(ReportView.class, "report.js")));
  }

  // ---- lead figures

  record Figure(Words label, Words value, Words of, Words change) {}

  List<Figure> figures() {
    Lead lead = data.lead();
    List<Figure> figures = new ArrayList<>();
    for (LeadFigure own : lead.sections()) {
      figures.add(
          new Figure(
              own.label(),
              Figures.whole(own.value()),
              own.of(),
              change(own.value(), before -> valueOf(before, own.label()))));
    }
    figures.add(
        figure("figure-rows", lead.rowsAccepted(), lead.rowsReceived(), Lead::rowsAccepted));
    figures.add(
        figure(
            "figure-provinces",
            lead.provincesDelivered(),
            lead.provincesTotal(),
            Lead::provincesDelivered));
    if (outOfRange().isPresent()) {
      Figure values = figure("figure-range", lead.outOfRange(), lead.judged(), Lead::outOfRange);
      figures.add(
          new Figure(
              values.label(),
              values.value(),
              values.of(),
              Words.join("; ", List.of(outOfRange().get(), values.change()))));
    }
    return figures;
  }

  private static long valueOf(Lead lead, Words label) {
    return lead.sections().stream()
        .filter(figure -> figure.label().equals(label))
        .mapToLong(LeadFigure::value)
        .sum();
  }

  /** When a value counts as out of range, by all sections that judge values. */
  private Optional<Words> outOfRange() {
    return data.sections().stream()
        .map(SectionContent::outOfRange)
        .filter(Objects::nonNull)
        .map(OutOfRange::rule)
        .reduce((one, other) -> t.say("or", one, other));
  }

  private Figure figure(String key, long value, long of, Function<Lead, Long> from) {
    return new Figure(
        t.say(key),
        Figures.whole(value),
        t.say(key + "-of", Figures.whole(of)),
        change(value, from));
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

  boolean anyRestated() {
    return !restated().isEmpty();
  }

  /** Sentences, as a list that the template can walk. */
  List<Restated> restated() {
    return data.sections().stream()
        .flatMap(section -> section.restated().stream())
        .map(Restated::new)
        .toList();
  }

  record Restated(Words text) {}

  // ---- maps

  record MapView(
      String key,
      boolean first,
      Words tab,
      Html svg,
      Words scaleName,
      String scaleShort,
      List<LegendLine> legend,
      Words caption,
      Words rankingTitle,
      Words detailTitle,
      List<Ranked> ranked) {}

  record LegendLine(Html chip, int low, int high, Words name) {}

  record Ranked(
      String code, String rank, Html chip, Words name, Object value, Html bar, Object detail) {}

  boolean anyMaps() {
    return data.sections().stream().anyMatch(section -> section.layer() != null);
  }

  List<MapView> maps() {
    List<Territory> territories = data.provinces().stream().map(Territory::of).toList();
    List<SectionContent> mapped =
        data.sections().stream().filter(section -> section.layer() != null).toList();
    // the first that has anything to show
    String first =
        mapped.stream()
            .filter(section -> !section.layer().values().isEmpty())
            .findFirst()
            .or(() -> mapped.stream().findFirst())
            .map(SectionContent::key)
            .orElse("");
    return mapped.stream()
        .map(
            section ->
                map(section.key(), section.layer(), section.key().equals(first), territories))
        .toList();
  }

  private MapView map(String key, Layer layer, boolean first, List<Territory> territories) {
    return new MapView(
        key,
        first,
        layer.tab(),
        new NationMap(key, layer, t).draw(territories),
        layer.scaleName(),
        layer.scale().name(),
        layer.scale().categories().stream()
            .map(c -> new LegendLine(Views.chip(c), c.low(), c.high(), c.name()))
            .toList(),
        Words.join(" ", List.of(layer.caption(), boundaryNote())),
        layer.ranking(),
        layer.detail(),
        ranked(layer));
  }

  private List<Ranked> ranked(Layer layer) {
    List<ProvinceValue> known = layer.worstFirst();
    List<Ranked> ranked = new ArrayList<>();
    int rank = 0;
    for (int i = 0; i < known.size(); i++) {
      ProvinceValue province = known.get(i);
      if (i == 0 || province.value() != known.get(i - 1).value()) {
        rank = i + 1; // equal values share a rank
      }
      ranked.add(
          new Ranked(
              province.provinceCode(),
              Integer.toString(rank),
              Views.chip(layer.scale(), province.value()),
              provinceName(province.provinceCode()),
              Figures.whole(province.value()),
              Views.bar(province.value(), layer.fullBar()),
              province.detail()));
    }
    data.provinces().stream()
        .filter(province -> layer.of(province.code()).isEmpty())
        .forEach(
            province ->
                ranked.add(
                    new Ranked(
                        province.code(),
                        "–",
                        Views.chip(layer.scale(), null),
                        province.name(),
                        Words.same("–"),
                        Html.EMPTY,
                        t.say("no-value"))));
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
    Map<String, List<Publisher>> byProvince =
        data.publishers().stream()
            .filter(publisher -> publisher.provinceCode() != null)
            .collect(Collectors.groupingBy(Publisher::provinceCode));
    return data.provinces().stream()
        .map(
            province ->
                new Card(
                    province.code(),
                    province.name(),
                    lines(province.code(), byProvince.getOrDefault(province.code(), List.of()))))
        .toList();
  }

  private List<Line> lines(String provinceCode, List<Publisher> publishers) {
    List<Line> lines = new ArrayList<>();
    for (SectionContent section : data.sections()) {
      if (section.layer() != null) {
        lines.add(line(section.layer(), provinceCode));
      }
    }
    lines.add(deliveryLine(publishers));
    return lines;
  }

  private Line line(Layer layer, String provinceCode) {
    return layer
        .of(provinceCode)
        .map(
            province ->
                new Line(
                    Views.chip(layer.scale(), province.value()),
                    t.say(
                        "card-value",
                        Words.same(layer.scale().name()),
                        Figures.whole(province.value()),
                        layer.scale().level(province.value())),
                    province.more()))
        .orElse(new Line(Views.chip(layer.scale(), null), t.say("card-no-value", layer.tab()), ""));
  }

  /** Of all bodies of a province, as the headline counts it. */
  private Line deliveryLine(List<Publisher> publishers) {
    return sum(publishers, Publisher::deliveries) == 0
        ? new Line(Html.EMPTY, t.say("card-missing"), "")
        : new Line(
            Html.EMPTY,
            t.say(
                "card-delivered",
                Figures.whole(sum(publishers, Publisher::received)),
                Figures.whole(sum(publishers, Publisher::accepted))),
            "");
  }

  private static long sum(List<Publisher> publishers, ToLongFunction<Publisher> column) {
    return publishers.stream().mapToLong(column).sum();
  }

  // ---- the worst places

  record Worst(
      Words title,
      Words place,
      String scaleShort,
      Words because,
      boolean any,
      List<PlaceRow> rows) {}

  record PlaceRow(String code, Html chip, String name, Object under, Words value, Html detail) {}

  List<Worst> worst() {
    return data.sections().stream()
        .map(SectionContent::places)
        .filter(Objects::nonNull)
        .map(this::worst)
        .toList();
  }

  private Worst worst(PlaceList places) {
    return new Worst(
        places.title(),
        places.place(),
        places.scale().name(),
        places.detail(),
        !places.rows().isEmpty(),
        places.rows().stream().limit(TOP).map(place -> row(places.scale(), place)).toList());
  }

  private PlaceRow row(Scale scale, Place place) {
    return new PlaceRow(
        place.provinceCode() == null ? "" : place.provinceCode(),
        Views.chip(scale, place.value()),
        place.name(),
        Words.join(" · ", List.of(provinceName(place.provinceCode()), place.where())),
        Figures.whole(place.value()),
        place.detail());
  }

  private Words provinceName(@Nullable String code) {
    Province province = code == null ? null : provinces.get(code);
    return province == null ? t.say("no-province") : province.name();
  }

  // ---- the rest, section by section

  List<TrendView> trends() {
    return data.sections().stream()
        .filter(section -> section.trend() != null)
        .map(section -> new TrendView(section.key(), section.trend(), data.provinces(), t))
        .toList();
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
    return !data.rules().isEmpty();
  }

  List<RuleRow> rules() {
    return data.rules().stream()
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

  boolean anyCompleteness() {
    return !completeness().isEmpty();
  }

  List<Complete> completeness() {
    return data.sections().stream()
        .flatMap(section -> section.completeness().stream())
        .map(
            c ->
                new Complete(
                    c.label(),
                    Views.bar((double) c.present(), (double) c.expected()),
                    t.say(
                        "of",
                        Figures.whole(c.present()),
                        Figures.whole(c.expected()),
                        Figures.percent(c.present(), c.expected()))))
        .toList();
  }

  record ReasonRow(Words reason, Words count) {}

  boolean anyReasons() {
    return !reasons().isEmpty();
  }

  List<ReasonRow> reasons() {
    return data.sections().stream()
        .flatMap(section -> section.reasons().stream())
        .sorted(Comparator.comparingLong(Reason::count).reversed())
        .limit(TOP)
        .map(reason -> new ReasonRow(reason.text(), Figures.whole(reason.count())))
        .toList();
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

  private static Words number(@Nullable Double value) {
    return value == null ? Words.same("–") : Figures.decimal(value, 3);
  }

  boolean anyPolicies() {
    return !data.method().policies().isEmpty();
  }

  List<ReportData.Policy> policies() {
    return data.method().policies();
  }

  List<Note> notes() {
    return data.sections().stream().flatMap(section -> section.method().stream()).toList();
  }

  Words counting() {
    return Words.join(
        " ",
        List.of(
            t.say("method-count"),
            outOfRange().map(rule -> t.say("method-range", rule)).orElse(Words.NONE)));
  }

  /** The sections' texts, then those of the page itself; what two sections follow stands once. */
  List<Source> sources() {
    return Stream.concat(
            data.sections().stream().flatMap(section -> section.sources().stream()),
            Stream.of("provinces", "dong-nai")
                .map(key -> new Source(sources.say(key), sources.say("use-" + key))))
        .distinct()
        .toList();
  }

  record Link(String path, Words title) {}

  boolean anyPages() {
    return !pages().isEmpty();
  }

  /** Further pages of the sections. */
  List<Link> pages() {
    return data.sections().stream()
        .flatMap(
            section ->
                section.pages().stream()
                    .filter(page -> !page.title().equals(Words.NONE))
                    .map(page -> new Link(page.under(section.key()), page.title())))
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

  List<ReportData.FigureSql> sql() {
    return data.method().sql();
  }

  Words releaseLine() {
    return t.say(
        "release-line",
        Words.same(data.release().id()),
        Figures.time(data.release().generatedAt()));
  }
}

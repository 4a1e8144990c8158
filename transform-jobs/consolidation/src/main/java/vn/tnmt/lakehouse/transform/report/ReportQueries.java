package vn.tnmt.lakehouse.transform.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.release.Duty;
import vn.tnmt.lakehouse.transform.report.ReportData.Audit;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.FeedState;
import vn.tnmt.lakehouse.transform.report.ReportData.FigureSql;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Method;
import vn.tnmt.lakehouse.transform.report.ReportData.PinnedTable;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;
import vn.tnmt.lakehouse.transform.report.ReportData.Region;
import vn.tnmt.lakehouse.transform.report.ReportData.Release;
import vn.tnmt.lakehouse.transform.report.ReportData.RuleCount;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.OutOfRange;
import vn.tnmt.lakehouse.transform.run.Parallel;

/**
 * Reads {@link ReportData} from the tables of a release.
 *
 * <p>Spark aggregates; what reaches the driver is bounded by the numbers of provinces, publishers,
 * feeds and rules and by the lengths of the lists, never by rows or stations. The statements stand
 * in {@code report.sql} and with the sections, and are shown on the page as they ran.
 */
public final class ReportQueries {
  /** What the shared lead figures are counted from. */
  private static final Set<String> LEAD = Set.of("publishers");

  private final ReportRequest request;
  private final Statements sql;
  private final Map<String, List<ResultRow>> results;
  private final Map<String, Words> provinceNames = new LinkedHashMap<>();

  private ReportQueries(
      ReportRequest request, Statements sql, Map<String, List<ResultRow>> results) {
    this.request = request;
    this.sql = sql;
    this.results = results;
    for (Map<String, String> unit : provinceList()) {
      provinceNames.put(unit.get("code"), new Words(unit.get("name"), unit.get("name_en")));
    }
  }

  /** Asks all statements at once: those of the page, those of the sections, those of before. */
  public static ReportData read(SparkSession spark, ReportRequest request) {
    Pinned release = request.release();
    Pinned previous = request.previous();
    Statements sql = statements(release);
    try (Parallel queries = new Parallel(spark)) {
      Asking asking = new Asking(queries, spark);
      var shared = asking.ask(sql, sql.names());
      var before = previous == null ? null : asking.ask(statements(previous), LEAD);
      List<AskedSection> sections = new ArrayList<>();
      for (ReportSection section : request.sections().all()) {
        Statements own =
            ReportSections.statements(
                section,
                release.tables(),
                previous == null ? ReportQueries::noTable : previous.tables(),
                release.businessDate());
        List<String> asked =
            own.names().stream()
                .filter(name -> previous != null || !section.comparingStatements().contains(name))
                .toList();
        sections.add(
            new AskedSection(
                section,
                own,
                asking.ask(own, asked),
                previous == null
                    ? null
                    : asking.ask(
                        ReportSections.statements(
                            section,
                            previous.tables(),
                            ReportQueries::noTable,
                            previous.businessDate()),
                        section.leadStatements())));
      }
      return new ReportQueries(request, sql, join(shared))
          .read(before == null ? null : join(before), sections);
    }
  }

  private static String noTable(String table) {
    throw new IllegalArgumentException("No release before has " + table);
  }

  /** A section whose statements run; {@code before} is null for the first release. */
  private record AskedSection(
      ReportSection section,
      Statements sql,
      Map<String, CompletableFuture<List<ResultRow>>> now,
      @Nullable Map<String, CompletableFuture<List<ResultRow>>> before) {}

  private record Asking(Parallel queries, SparkSession spark) {
    Map<String, CompletableFuture<List<ResultRow>>> ask(Statements sql, Collection<String> names) {
      Map<String, CompletableFuture<List<ResultRow>>> started = new LinkedHashMap<>();
      for (String name : names) {
        String statement = sql.get(name);
        started.put(
            name,
            queries.start(
                () -> spark.sql(statement).collectAsList().stream().map(ResultRow::new).toList()));
      }
      return started;
    }
  }

  private static Map<String, List<ResultRow>> join(
      Map<String, CompletableFuture<List<ResultRow>>> started) {
    Iterator<List<ResultRow>> rows =
        Parallel.<List<ResultRow>>join(List.copyOf(started.values())).iterator();
    Map<String, List<ResultRow>> results = new LinkedHashMap<>();
    started.keySet().forEach(name -> results.put(name, rows.next()));
    return results;
  }

  private static Statements statements(Pinned release) {
    return Statements.load(
        ReportQueries.class,
        "report.sql",
        release.tables(),
        Map.of(
            "date", release.businessDate(),
            "run", release.runId(),
            "release", release.releaseId()));
  }

  private ReportData read(@Nullable Map<String, List<ResultRow>> before, List<AskedSection> asked) {
    Pinned release = request.release();
    Pinned previous = request.previous();
    List<SectionContent> sections = new ArrayList<>();
    LeadCount now = new LeadCount(rows("publishers"));
    LeadCount earlier = before == null ? null : new LeadCount(before.get("publishers"));
    List<FigureSql> shown = shown();
    for (AskedSection part : asked) {
      ReportSection section = part.section();
      Texts texts = ReportSections.texts(section);
      Map<String, List<ResultRow>> found = join(part.now());
      section.comparingStatements().forEach(name -> found.putIfAbsent(name, List.of()));
      Edition edition = edition(section, texts, release, found);
      sections.add(SectionContent.of(section, edition));
      now.add(section, edition);
      if (earlier != null) {
        earlier.add(section, edition(section, texts, previous, join(part.before())));
      }
      for (String name : part.now().keySet()) {
        shown.add(new FigureSql(texts.say("sql-" + name), part.sql().get(name)));
      }
    }
    return new ReportData(
        new Release(
            release.releaseId(),
            release.runId(),
            release.businessDate(),
            request.generatedAt(),
            previous == null ? null : previous.releaseId(),
            previous == null ? null : previous.businessDate()),
        now.lead(),
        earlier == null ? null : earlier.lead(),
        provinces(),
        sections,
        publishers(),
        rules(),
        audits(),
        new Method(request.policies(), shown, tables()));
  }

  private Edition edition(
      ReportSection section,
      Texts texts,
      Pinned release,
      Map<String, List<ResultRow>> sectionResults) {
    return new Edition(
        release.businessDate(), texts, provinceNames, section.leadStatements(), sectionResults);
  }

  // ---- figures

  /** The lead figures of one release, section by section. */
  private final class LeadCount {
    private final List<ResultRow> publishers;
    private final List<LeadFigure> figures = new ArrayList<>();
    private long outOfRange;
    private long judged;

    LeadCount(List<ResultRow> publishers) {
      this.publishers = publishers;
    }

    void add(ReportSection section, Edition edition) {
      Edition lead = edition.lead();
      figures.addAll(section.lead(lead));
      OutOfRange part = section.outOfRange(lead).orElse(null);
      if (part != null) {
        outOfRange += part.count();
        judged += part.of();
      }
    }

    Lead lead() {
      Map<String, String> provinces = provinceOfPublisher();
      Set<String> delivered = new HashSet<>();
      for (ResultRow publisher : publishers) {
        String province = provinces.getOrDefault(publisher.text("publisher"), "");
        if (!province.isEmpty()) {
          delivered.add(province);
        }
      }
      return new Lead(
          figures,
          ResultRow.sum(publishers, "accepted"),
          ResultRow.sum(publishers, "received"),
          delivered.size(),
          provinceNames.size(),
          outOfRange,
          judged);
    }
  }

  private Map<String, String> provinceOfPublisher() {
    Map<String, String> provinces = new HashMap<>();
    request
        .duties()
        .forEach(feed -> provinces.put(feed.publisher().id(), feed.publisher().provinceCode()));
    return provinces;
  }

  // ---- provinces

  private static List<Map<String, String>> provinceList() {
    return CodeLists.bundled().rows("provinces_34");
  }

  private List<Province> provinces() {
    Map<String, Boundary> kinds = new HashMap<>();
    Map<String, String> outlines = outlines(kinds);
    return provinceList().stream()
        .map(
            unit -> {
              String code = unit.get("code");
              return new Province(
                  code,
                  provinceNames.get(code),
                  Region.of(code),
                  Double.parseDouble(unit.get("centroid_lon")),
                  Double.parseDouble(unit.get("centroid_lat")),
                  outlines.get(code),
                  kinds.get(code));
            })
        .toList();
  }

  private Map<String, String> outlines(Map<String, Boundary> kinds) {
    TreeMap<String, Geometry> boundaries = new TreeMap<>();
    for (ResultRow row : rows("boundaries")) {
      ResultRow unit = row.struct("unit");
      String code = row.text("code");
      boundaries.put(code, geometry(unit.bytes("geometry"), code));
      String kind = unit.text("boundary_kind");
      kinds.put(
          code,
          kind == null ? Boundary.REFERENCE : Boundary.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
    return Outlines.simplify(boundaries);
  }

  private static Geometry geometry(byte[] wkb, String code) {
    try {
      return new WKBReader().read(wkb);
    } catch (ParseException e) {
      throw new IllegalArgumentException("Boundary of province " + code, e);
    }
  }

  // ---- who delivered

  private Map<FeedId, LocalDate> lastDeliveries() {
    Map<FeedId, LocalDate> last = new HashMap<>();
    for (ResultRow row : rows("last-deliveries")) {
      last.put(new FeedId(row.text("publisher"), row.text("feed")), row.day("last_date"));
    }
    return last;
  }

  private List<Publisher> publishers() {
    Map<FeedId, LocalDate> lastDeliveries = lastDeliveries();
    Map<String, ResultRow> byPublisher = new HashMap<>();
    rows("publishers").forEach(row -> byPublisher.put(row.text("publisher"), row));
    Map<String, List<Duty>> owed = new LinkedHashMap<>();
    request
        .duties()
        .forEach(
            feed -> owed.computeIfAbsent(feed.publisher().id(), id -> new ArrayList<>()).add(feed));
    List<Publisher> publishers = new ArrayList<>();
    owed.forEach(
        (id, feeds) -> {
          var publisher = feeds.get(0).publisher();
          ResultRow row = byPublisher.remove(id);
          publishers.add(
              publisher(
                  id,
                  new Words(publisher.nameVi(), publisher.nameEn()),
                  publisher.provinceCode().isEmpty() ? null : publisher.provinceCode(),
                  feeds.stream().map(feed -> state(feed, lastDeliveries.get(feed.id()))).toList(),
                  row));
        });
    // whoever sent without owing it any more: what the lead figures count, the table shows
    new TreeMap<>(byPublisher)
        .forEach((id, row) -> publishers.add(publisher(id, Words.same(id), null, List.of(), row)));
    return publishers;
  }

  private static Publisher publisher(
      String id,
      Words name,
      @Nullable String provinceCode,
      List<FeedState> feeds,
      @Nullable ResultRow row) {
    ToLongFunction<String> total = column -> row == null ? 0 : row.number(column);
    return new Publisher(
        id,
        name,
        provinceCode,
        feeds,
        total.applyAsLong("deliveries"),
        total.applyAsLong("received"),
        total.applyAsLong("accepted"),
        total.applyAsLong("quarantined"),
        total.applyAsLong("duplicate"),
        total.applyAsLong("superseded"));
  }

  /**
   * A feed that never delivered is late by a day: nothing says since when it owes. One that did is
   * late from the day after its interval and the lateness allowed.
   */
  private FeedState state(Duty feed, @Nullable LocalDate last) {
    LocalDate date = request.release().businessDate();
    long late =
        last == null
            ? 1
            : ChronoUnit.DAYS.between(last, date)
                - feed.schedule().everyDays()
                - feed.schedule().latenessDays()
                + 1;
    Contract contract = request.contracts().contract(feed.dataset());
    return new FeedState(
        feed.feed(),
        new Words(contract.titleVi(), contract.titleEn()),
        date.equals(last),
        last,
        (int) Math.max(0, late));
  }

  // ---- quality

  private List<RuleCount> rules() {
    return rows("rules").stream()
        .map(
            row -> {
              var text = request.rules().text(row.text("rule"));
              return new RuleCount(
                  text.code(),
                  new Words(text.titleVi(), text.titleEn()),
                  row.text("severity").equals("BLOCK"),
                  row.number("broken"),
                  row.number("publishers"));
            })
        .toList();
  }

  private List<Audit> audits() {
    return rows("audits").stream()
        .map(
            row ->
                new Audit(
                    row.text("audit"),
                    row.flag("passed"),
                    row.text("severity").equals("BLOCK"),
                    row.decimal("measured"),
                    row.decimal("threshold"),
                    new Words(row.text("message_vi"), row.text("message_en"))))
        .toList();
  }

  private List<FigureSql> shown() {
    List<FigureSql> shown = new ArrayList<>();
    sql.names()
        .forEach(
            name -> shown.add(new FigureSql(ReportPage.TEXTS.say("sql-" + name), sql.get(name))));
    return shown;
  }

  private List<PinnedTable> tables() {
    return rows("tables").stream()
        .map(
            row ->
                new PinnedTable(
                    row.text("name"),
                    row.number("snapshot_id"),
                    row.number("records"),
                    row.text("contract_version")))
        .toList();
  }

  // ---- rows

  private List<ResultRow> rows(String name) {
    return results.get(name);
  }
}

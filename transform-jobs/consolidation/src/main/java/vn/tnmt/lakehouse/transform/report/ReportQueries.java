package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.*;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;
import vn.tnmt.lakehouse.transform.run.Parallel;

/**
 * Reads {@link ReportData} from the tables of a release.
 *
 * <p>Spark aggregates; what reaches the driver is bounded by the numbers of provinces, publishers,
 * feeds and rules and by the lengths of the lists, never by rows or stations. The statements stand
 * in {@code report.sql} and are shown on the page as they ran.
 */
public final class ReportQueries {
  /** What the lead figures are counted from. */
  private static final List<String> LEAD =
      List.of("lead-stations", "publishers", "air-provinces", "water-provinces");

  private final ReportRequest request;
  private final Statements sql;
  private final Map<String, List<Row>> results;
  private final Map<String, List<Row>> before;

  private ReportQueries(
      ReportRequest request,
      Statements sql,
      Map<String, List<Row>> results,
      Map<String, List<Row>> before) {
    this.request = request;
    this.sql = sql;
    this.results = results;
    this.before = before;
  }

  public static ReportData read(SparkSession spark, ReportRequest request) {
    Statements sql = statements(request.release(), request);
    try (Parallel queries = new Parallel(spark)) {
      var results = start(queries, spark, sql, sql.names());
      var before =
          request.previous() == null
              ? Map.<String, CompletableFuture<List<Row>>>of()
              : start(queries, spark, statements(request.previous(), request), LEAD);
      return new ReportQueries(request, sql, join(results), join(before)).read();
    }
  }

  private static Map<String, CompletableFuture<List<Row>>> start(
      Parallel queries, SparkSession spark, Statements sql, List<String> names) {
    Map<String, CompletableFuture<List<Row>>> started = new LinkedHashMap<>();
    for (String name : names) {
      started.put(name, queries.start(() -> spark.sql(sql.get(name)).collectAsList()));
    }
    return started;
  }

  private static Map<String, List<Row>> join(Map<String, CompletableFuture<List<Row>>> started) {
    Iterator<List<Row>> rows = Parallel.<List<Row>>join(List.copyOf(started.values())).iterator();
    Map<String, List<Row>> results = new HashMap<>();
    started.keySet().forEach(name -> results.put(name, rows.next()));
    return results;
  }

  private static Statements statements(Pinned release, ReportRequest request) {
    Instant end = release.businessDate().plusDays(1).atStartOfDay(Figures.VIETNAM).toInstant();
    return Statements.load(
        ReportQueries.class,
        "report.sql",
        release.tables(),
        Map.of(
            "date", release.businessDate(),
            "since", release.businessDate().minusDays(request.waterWindowDays()),
            "from", end.minus(request.trendHours(), ChronoUnit.HOURS),
            "to", end,
            "run", release.runId(),
            "release", release.releaseId()));
  }

  private ReportData read() {
    LocalDate date = request.release().businessDate();
    Row stations = rows("lead-stations").get(0);
    List<Row> publishers = rows("publishers");
    Map<FeedId, LocalDate> lastDeliveries = lastDeliveries();
    Map<String, Row> air = by("province_code", rows("air-provinces"));
    Map<String, Row> water = by("province_code", rows("water-provinces"));
    Lead lead = lead(stations, publishers, air.values(), water.values());
    return new ReportData(
        new Release(
            request.release().releaseId(),
            request.release().runId(),
            date,
            request.generatedAt(),
            request.previous() == null ? null : request.previous().releaseId(),
            request.previous() == null ? null : request.previous().businessDate(),
            date.minusDays(request.waterWindowDays())),
        lead,
        request.previous() == null ? null : previousLead(),
        provinces(air, water),
        worstAir(),
        worstWater(),
        trend(),
        publishers(publishers, lastDeliveries),
        new Quality(rules(), completeness(lead, air.values(), water.values()), reasons()),
        audits(),
        new Method(request.policies(), shown(), tables()));
  }

  // ---- figures

  private Lead lead(
      Row stations, List<Row> publishers, Collection<Row> air, Collection<Row> water) {
    Map<String, String> provinces = provinceOfPublisher();
    Set<String> delivered = new HashSet<>();
    for (Row publisher : publishers) {
      String province = provinces.getOrDefault(text(publisher, "publisher"), "");
      if (!province.isEmpty()) {
        delivered.add(province);
      }
    }
    return new Lead(
        number(stations, "reporting"),
        number(stations, "total"),
        sum(publishers, "accepted"),
        sum(publishers, "received"),
        delivered.size(),
        CodeLists.bundled().rows("provinces_34").size(),
        sum(air, "out_of_range") + sum(water, "out_of_range"),
        sum(air, "with_index") + sum(water, "with_index"));
  }

  private Lead previousLead() {
    return lead(
        before.get("lead-stations").get(0),
        before.get("publishers"),
        before.get("air-provinces"),
        before.get("water-provinces"));
  }

  private Map<String, String> provinceOfPublisher() {
    Map<String, String> provinces = new HashMap<>();
    request
        .feeds()
        .forEach(feed -> provinces.put(feed.publisher().id(), feed.publisher().provinceCode()));
    return provinces;
  }

  // ---- provinces

  private List<Province> provinces(Map<String, Row> air, Map<String, Row> water) {
    Map<String, Boundary> kinds = new HashMap<>();
    Map<String, String> outlines = outlines(kinds);
    return CodeLists.bundled().rows("provinces_34").stream()
        .map(
            unit -> {
              String code = unit.get("code");
              return new Province(
                  code,
                  new Words(unit.get("name"), unit.get("name_en")),
                  Region.of(code),
                  Double.parseDouble(unit.get("centroid_lon")),
                  Double.parseDouble(unit.get("centroid_lat")),
                  outlines.get(code),
                  kinds.get(code),
                  air(air.get(code)),
                  water(water.get(code)));
            })
        .toList();
  }

  private Map<String, String> outlines(Map<String, Boundary> kinds) {
    TreeMap<String, Geometry> boundaries = new TreeMap<>();
    for (Row row : rows("boundaries")) {
      Row unit = row.getAs("unit");
      String code = text(row, "code");
      boundaries.put(code, geometry(unit.getAs("geometry"), code));
      String kind = text(unit, "boundary_kind");
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

  private static Air air(Row row) {
    if (row == null || number(row, "with_index") == 0) {
      return null;
    }
    Row worst = row.getAs("worst");
    String station = text(worst, "station_code");
    String name = text(worst, "name");
    return new Air(
        (int) number(worst, "aqi"),
        station,
        name == null ? station : name,
        text(worst, "driver"),
        (int) number(row, "median"),
        number(row, "with_index"),
        number(row, "stations"));
  }

  private static Water water(Row row) {
    if (row == null || number(row, "with_index") == 0) {
      return null;
    }
    Row worst = row.getAs("worst");
    return new Water(
        (int) number(worst, "wqi"),
        text(worst, "sample_point"),
        day(worst, "sampled_on"),
        (int) number(row, "median"),
        number(row, "with_index"),
        number(row, "out_of_range"),
        number(row, "points"));
  }

  private List<AirStation> worstAir() {
    return rows("worst-air").stream()
        .map(
            row ->
                new AirStation(
                    text(row, "station_code"),
                    text(row, "name") == null ? text(row, "station_code") : text(row, "name"),
                    text(row, "province_code"),
                    (int) number(row, "aqi"),
                    text(row, "driver"),
                    row.getAs("concentration"),
                    (int) number(row, "hours_valid")))
        .toList();
  }

  private List<WaterPoint> worstWater() {
    return rows("worst-water").stream()
        .map(
            row ->
                new WaterPoint(
                    text(row, "sample_point"),
                    text(row, "province_code"),
                    day(row, "sampled_on"),
                    (int) number(row, "wqi"),
                    row.<Double>getAs("lon"),
                    row.<Double>getAs("lat")))
        .toList();
  }

  // ---- trend

  private Trend trend() {
    int hours = request.trendHours();
    Instant first =
        request
            .release()
            .businessDate()
            .plusDays(1)
            .atStartOfDay(Figures.VIETNAM)
            .toInstant()
            .minus(hours - 1L, ChronoUnit.HOURS);
    Map<String, Integer[]> series = new TreeMap<>();
    for (Row row : rows("trend")) {
      long hour = ChronoUnit.HOURS.between(first, instant(row, "hour_ending"));
      if (text(row, "province_code") != null) {
        series.computeIfAbsent(text(row, "province_code"), code -> new Integer[hours])[(int) hour] =
            (int) number(row, "worst");
      }
    }
    return new Trend(
        first,
        hours,
        series.entrySet().stream()
            .map(entry -> new Series(entry.getKey(), Arrays.asList(entry.getValue())))
            .toList());
  }

  // ---- who delivered

  private Map<FeedId, LocalDate> lastDeliveries() {
    Map<FeedId, LocalDate> last = new HashMap<>();
    for (Row row : rows("last-deliveries")) {
      last.put(new FeedId(text(row, "publisher"), text(row, "feed")), day(row, "last_date"));
    }
    return last;
  }

  private List<Publisher> publishers(List<Row> totals, Map<FeedId, LocalDate> lastDeliveries) {
    Map<String, Row> byPublisher = by("publisher", totals);
    Map<String, List<Feed>> owed = new LinkedHashMap<>();
    request
        .feeds()
        .forEach(
            feed -> owed.computeIfAbsent(feed.publisher().id(), id -> new ArrayList<>()).add(feed));
    List<Publisher> publishers = new ArrayList<>();
    owed.forEach(
        (id, feeds) -> {
          var publisher = feeds.get(0).publisher();
          Row row = byPublisher.get(id);
          ToLongFunction<String> total = column -> row == null ? 0 : number(row, column);
          publishers.add(
              new Publisher(
                  id,
                  new Words(publisher.nameVi(), publisher.nameEn()),
                  publisher.provinceCode().isEmpty() ? null : publisher.provinceCode(),
                  feeds.stream().map(feed -> state(feed, lastDeliveries.get(feed.id()))).toList(),
                  total.applyAsLong("deliveries"),
                  total.applyAsLong("received"),
                  total.applyAsLong("accepted"),
                  total.applyAsLong("quarantined"),
                  total.applyAsLong("duplicate"),
                  total.applyAsLong("superseded")));
        });
    return publishers;
  }

  /**
   * A feed that never delivered is late by a day: nothing says since when it owes. One that did is
   * late from the day after its interval and the lateness allowed.
   */
  private FeedState state(Feed feed, LocalDate last) {
    LocalDate date = request.release().businessDate();
    long late =
        last == null
            ? 1
            : ChronoUnit.DAYS.between(last, date)
                - feed.schedule().everyDays()
                - feed.schedule().latenessDays()
                + 1;
    return new FeedState(
        feed.name(), feed.dataset(), date.equals(last), last, (int) Math.max(0, late));
  }

  // ---- quality

  private List<RuleCount> rules() {
    return rows("rules").stream()
        .map(
            row -> {
              var text = request.rules().text(text(row, "rule"));
              return new RuleCount(
                  text.code(),
                  new Words(text.titleVi(), text.titleEn()),
                  text(row, "severity").equals("BLOCK"),
                  number(row, "broken"),
                  number(row, "publishers"));
            })
        .toList();
  }

  private List<Completeness> completeness(Lead lead, Collection<Row> air, Collection<Row> water) {
    Row row = rows("completeness").get(0);
    List<Completeness> all =
        List.of(
            new Completeness("complete-stations", lead.stationsReporting(), lead.stationsTotal()),
            new Completeness(
                "complete-hours",
                number(row, "hours_with_index"),
                24 * number(row, "air_stations")),
            new Completeness("complete-days", sum(air, "with_index"), number(row, "air_stations")),
            new Completeness("complete-points", sum(water, "with_index"), sum(water, "points")),
            new Completeness("complete-units", number(row, "agreeing"), number(row, "located")));
    return all.stream().filter(part -> part.expected() > 0).toList();
  }

  private List<Reason> reasons() {
    return rows("reasons").stream()
        .map(row -> new Reason(text(row, "index"), text(row, "reason"), number(row, "times")))
        .toList();
  }

  private List<Audit> audits() {
    return rows("audits").stream()
        .map(
            row ->
                new Audit(
                    text(row, "audit"),
                    row.<Boolean>getAs("passed"),
                    text(row, "severity").equals("BLOCK"),
                    row.getAs("measured"),
                    row.getAs("threshold"),
                    new Words(text(row, "message_vi"), text(row, "message_en"))))
        .toList();
  }

  private List<FigureSql> shown() {
    return sql.names().stream().map(name -> new FigureSql(name, sql.get(name))).toList();
  }

  private List<PinnedTable> tables() {
    return rows("tables").stream()
        .map(
            row ->
                new PinnedTable(
                    text(row, "name"),
                    number(row, "snapshot_id"),
                    number(row, "records"),
                    text(row, "contract_version")))
        .toList();
  }

  // ---- rows

  private List<Row> rows(String name) {
    return results.get(name);
  }

  private static Map<String, Row> by(String column, List<Row> rows) {
    Map<String, Row> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.put(text(row, column), row));
    return byKey;
  }

  private static long sum(Collection<Row> rows, String column) {
    return rows.stream().mapToLong(row -> number(row, column)).sum();
  }

  private static String text(Row row, String column) {
    return row.getAs(column);
  }

  private static long number(Row row, String column) {
    Number value = row.getAs(column);
    return value == null ? 0 : value.longValue();
  }

  private static LocalDate day(Row row, String column) {
    Object value = row.getAs(column);
    return value instanceof LocalDate date ? date : ((java.sql.Date) value).toLocalDate();
  }

  private static Instant instant(Row row, String column) {
    Object value = row.getAs(column);
    return value instanceof Instant instant ? instant : ((java.sql.Timestamp) value).toInstant();
  }
}

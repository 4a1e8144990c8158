package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.demo.DemoNation;
import vn.tnmt.lakehouse.orchestration.demo.Expectations;
import vn.tnmt.lakehouse.orchestration.demo.PortalServer;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.release.Build;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;

/**
 * The demo's two nights through the whole pipeline. The ledger must say of every delivery what the
 * one who planted the flaws foretold.
 */
@Tag("slow")
class TwoNightsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final DemoNation NATION = DemoNation.of(34, LocalDate.of(2026, 3, 14));
  private static NightResult again;
  private static NightResult withoutPortal;
  private static boolean sparkForNothing;

  @BeforeAll
  static void twoNights() throws IOException {
    Path exports = dir.resolve("exports");
    NATION.writeNight(exports, 1);
    List<Feed> feeds;
    try (PortalServer portal = PortalServer.start(exports, dir.resolve("portal"))) {
      Map<String, String> variables = new HashMap<>(portal.variables());
      variables.put("exports", exports.toString());
      feeds =
          Feeds.load(
              List.of(
                  Path.of("../../ingestion-jobs/feeds"),
                  Path.of("../../ingestion-jobs/feeds-demo")),
              variables);
      Nightly nightly = night(LAKE.lakehouse(), feeds);
      assertThat(nightly.run(NATION.date(1)).released()).isTrue();
      NATION.writeNight(exports, 2);
      stageByStage(feeds);
      again = nightly.run(NATION.date(1));
    }
    try (Lakehouse fresh = Lakehouse.open(LAKE.lakehouse().home(), LAKE.lakehouse().settings())) {
      withoutPortal = night(fresh, feeds).run(NATION.date(2));
      sparkForNothing = fresh.sparkIfStarted().isPresent();
    }
  }

  private static Nightly night(Lakehouse lake, List<Feed> feeds) {
    return new Nightly(lake, Contracts.bundled(), feeds, Clock.systemUTC(), Progress.quiet());
  }

  /** The second night as a scheduler runs it: each stage knows only what the last one left. */
  private static void stageByStage(List<Feed> feeds) {
    Progress quiet = Progress.quiet();
    LandingStore landing = LandingStore.of(LAKE.lakehouse().store());
    Releases releases = new Releases(LAKE.lakehouse());
    new Ingest(landing, dir.resolve("work"), feeds, Clock.systemUTC(), quiet).run(NATION.date(2));

    Consolidation consolidation =
        new Consolidation(LAKE.lakehouse(), Contracts.bundled(), feeds, Clock.systemUTC(), quiet);
    consolidation.prepare();
    releases.stage(consolidation.run(NATION.date(2)).release().orElseThrow());
    assertThat(LAKE.sql("select * from lake.ops.release")).as("nobody sees it yet").hasSize(1);

    Publication publication = new Publication(LAKE.lakehouse(), feeds, quiet);
    publication.publish(releases.staged().orElseThrow());
    assertThat(releases.staged()).isEmpty();
    assertThat(LAKE.sql("select * from lake.ops.release")).hasSize(2);

    assertThat(publication.answer(releases.unfinished().orElseThrow())).exists();
    assertThat(releases.unfinished()).isEmpty();
  }

  @Test
  void theLedgerSaysOfEveryDeliveryWhatWasForetold() {
    assertThat(found()).containsExactlyInAnyOrderElementsOf(foretold());
  }

  private static List<String> foretold() {
    List<String> lines = new ArrayList<>();
    NATION.expectations().deliveries().forEach((key, counts) -> lines.add(key + " " + counts));
    return lines;
  }

  private static List<String> found() {
    Map<String, Map<String, Long>> blockedBy = new TreeMap<>();
    for (Row row :
        LAKE.sql(
            "select delivery_id, rule, broken from lake.ops.rule_result where severity = 'BLOCK'")) {
      blockedBy
          .computeIfAbsent(row.getString(0), d -> new TreeMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    List<String> lines = new ArrayList<>();
    for (Row row :
        LAKE.sql(
            "select delivery_id, publisher, feed, datediff(business_date, date '2026-03-13'), files,"
                + " received, accepted, quarantined, duplicate, superseded, replaced"
                + " from lake.ops.delivery")) {
      lines.add(
          new Expectations.Key(row.getString(1), row.getString(2), row.getInt(3))
              + " files %s, received %s, accepted %s, quarantined %s %s, duplicate %s, superseded %s, replaced %s"
                  .formatted(
                      row.get(4),
                      row.get(5),
                      row.get(6),
                      row.get(7),
                      blockedBy.getOrDefault(row.getString(0), Map.of()),
                      row.get(8),
                      row.get(9),
                      row.get(10)));
    }
    return lines;
  }

  @Test
  void aNightThatIsRunAgainFindsNothingNew() {
    assertThat(again.outcome()).isEqualTo(NightResult.Outcome.NOTHING_NEW);
    assertThat(LAKE.sql("select count(*) from lake.ops.run").get(0).getLong(0)).isEqualTo(2);
  }

  /** Land users stand in both offices' files. What is collected stays as it was sent; no more. */
  @Test
  void landUsersAreInNoTableAndNoReceipt() throws IOException {
    assertThat(LAKE.sql("select count(*) from lake.land.parcel").get(0).getLong(0))
        .isEqualTo(120 + 1 + 2 + 120 + 1);
    for (String table :
        List.of(
            "raw.land_parcel", "land.parcel", "ops.quarantine", "ops.rule_result", "ops.gate")) {
      assertThat(
              LAKE.sql(
                  "select count(*) from (select to_json(struct(*)) j from lake."
                      + table
                      + ") where j rlike 'Chủ Đất|000099|diaChi|TENCHU'"))
          .as(table)
          .extracting(row -> row.getLong(0))
          .containsExactly(0L);
    }
    try (var files = Files.walk(LAKE.lakehouse().settings().path("report.outbox"))) {
      assertThat(files.filter(f -> f.toString().contains("vpdk-") && Files.isRegularFile(f)))
          .isNotEmpty()
          .allSatisfy(
              f ->
                  assertThat(new String(Files.readAllBytes(f), StandardCharsets.ISO_8859_1))
                      .doesNotContain(
                          "000099",
                          new String(
                              "Chủ Đất".getBytes(StandardCharsets.UTF_8),
                              StandardCharsets.ISO_8859_1)));
    }
  }

  @Test
  void oldLettersAreReadAndTheReceiptTellsSo() throws IOException {
    assertThat(
            LAKE.sql(
                "select count(*) from lake.water.sample where sample_point like 'Sông qua Phường %'"))
        .extracting(row -> row.getLong(0))
        .allMatch(count -> count > 0);
    assertThat(
            LAKE.sql(
                "select distinct province_code from lake.monitoring.station"
                    + " where name like 'Giếng quan trắc %' and station_code like '52GN%'"))
        .extracting(row -> row.getString(0))
        .containsExactly("52");
    assertThat(receipt("tt-quan-trac-luu-vuc")).contains("TCVN3");
    assertThat(receipt("tt-ky-thuat-gia-lai")).contains("VNI");
  }

  private static String receipt(String publisher) throws IOException {
    Path folder =
        LAKE.lakehouse().settings().path("report.outbox").resolve(publisher).resolve("2026-03-14");
    try (var files = Files.list(folder)) {
      return Files.readString(
          files.filter(f -> f.toString().endsWith(".html")).findFirst().orElseThrow());
    }
  }

  /** Sedona's reader of Shapefiles is another program than ours. */
  @Test
  void theShapefileOpensInAnotherReader() throws IOException {
    Path unpacked = Files.createDirectories(dir.resolve("shape"));
    Path zip = dir.resolve("exports/vpdk-gia-lai/thua-dat/thua_dat_20260314.zip");
    try (var fs = FileSystems.newFileSystem(zip);
        var parts = Files.list(fs.getPath("/"))) {
      for (Path part : (Iterable<Path>) parts::iterator) {
        Files.copy(part, unpacked.resolve(part.getFileName().toString()));
      }
    }
    List<Row> rows =
        LAKE.lakehouse()
            .spark()
            .read()
            .format("shapefile")
            .load(unpacked.toUri().toString())
            .selectExpr("MAXA", "SOTHUA", "DIENTICH", "TENCHU", "geometry is not null")
            .collectAsList();
    assertThat(rows).hasSize(120 + 9).allMatch(row -> row.getBoolean(4));
    assertThat(rows.get(0).getString(3)).isEqualTo("Mẫu Thị Chủ Đất");
    assertThat(rows.get(0).getString(1)).isEqualTo("1");
  }

  @Test
  void aPortalThatIsGoneIsToldAndDoesNotFailTheNight() {
    assertThat(withoutPortal.outcome()).isEqualTo(NightResult.Outcome.NOTHING_NEW);
    assertThat(withoutPortal.publishers())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.publisher()).isEqualTo("cong-nuoc-mat");
              assertThat(line.failures()).singleElement().asString().contains("TNMT-10");
            });
  }

  @Test
  void aNightWithoutAnythingNewStartsNoSpark() {
    assertThat(sparkForNothing).isFalse();
  }

  /** 46 stations, the well that stands in another province, the one that was mended; 30 of DBF. */
  @Test
  void stationsAreThoseOfTheRegistersThatPassed() {
    assertThat(LAKE.sql("select count(*) from lake.national.station").get(0).getLong(0))
        .isEqualTo(34 + 12 + 1 + 1 + 30);
    assertThat(
            LAKE.sql("select name from lake.monitoring.station where station_code = '24KK001'")
                .get(0)
                .getString(0))
        .startsWith("Trạm nền không khí");
    assertThat(LAKE.sql("select station_code from lake.national.station where not province_agrees"))
        .extracting(row -> row.getString(0))
        .containsExactly("79NN001");
  }

  @Test
  void valuesAreInTheContractsUnitsAndErrorsStayErrors() {
    // CO is sent in mg/m³ by Hà Nội
    Row co =
        LAKE.sql(
                "select min(value), max(value), max(unit) from lake.monitoring.observation"
                    + " where station_code = '01KK001' and parameter = 'CO' and status <> '02'")
            .get(0);
    assertThat(co.getDouble(0)).isGreaterThan(300);
    assertThat(co.getDouble(1)).isLessThan(10_000);
    assertThat(co.getString(2)).isEqualTo("µg/m³");
    // -9999 of instruments in error is no value, and no sum over the table is nonsense
    assertThat(
            LAKE.sql(
                "select min(value) > -10, collect_set(if(value is null, status, null)),"
                    + " collect_set(if(value is null, missing_reason, null)), count_if(value is not null"
                    + " and missing_reason is not null) from lake.monitoring.observation"))
        .extracting(Row::toString)
        .containsExactly("[true,ArraySeq(02),ArraySeq(no_data),0]");
    assertThat(
            LAKE.sql(
                "select distinct parameter from lake.monitoring.observation where symbol in"
                    + " ('Flow_IN', 'Amoni') order by 1"))
        .extracting(row -> row.getString(0))
        .containsExactly("Flow", "NH4_N");
  }

  @Test
  void everyStationWithADayOfValuesHasADailyIndex() {
    // Lai Châu's station was silent after 05:00 on the second day, Cà Mau sent nothing
    assertThat(
            LAKE.sql(
                "select local_date, count(aqi) from lake.national.air_quality_daily"
                    + " where local_date between date '2026-03-14' and date '2026-03-15'"
                    + " group by local_date order by local_date"))
        .extracting(row -> row.getLong(1))
        .containsExactly(34L, 32L);
    // its afternoon came a day late, and is in the index
    Row late =
        LAKE.sql(
                "select hours_valid, aqi from lake.national.air_quality_daily"
                    + " where station_code = '56KK001' and local_date = date '2026-03-14'")
            .get(0);
    assertThat(late.getInt(0)).isEqualTo(24);
  }

  /** Each delivery of which something was quarantined has its rejected rows beside its receipt. */
  @Test
  void whatWasQuarantinedGoesBackWithTheReceipt() throws IOException {
    Path outbox = LAKE.lakehouse().settings().path("report.outbox");
    List<Row> quarantined =
        LAKE.sql(
            "select d.publisher, string(d.business_date), d.feed, d.delivery_id,"
                + " count(distinct q.source_file, if(q.source_line = 0, q.record_part, q.source_line))"
                + " from lake.ops.delivery d join lake.ops.quarantine q on q.delivery_id ="
                + " d.delivery_id group by all");
    assertThat(quarantined).isNotEmpty();
    for (Row delivery : quarantined) {
      Path folder = outbox.resolve(delivery.getString(0)).resolve(delivery.getString(1));
      String name = delivery.getString(2) + "-" + delivery.getString(3);
      List<NamedCsvRecord> rows = new ArrayList<>();
      try (CsvReader<NamedCsvRecord> csv =
          CsvReader.builder()
              .detectBomHeader(true)
              .fieldSeparator(delivery.getString(0).equals("cong-nuoc-mat") ? ';' : ',')
              .ofNamedCsvRecord(folder.resolve(name + "-rejects.csv"))) {
        csv.forEach(rows::add);
      }
      assertThat((long) rows.size()).as(name).isEqualTo(delivery.getLong(4));
      assertThat(rows).allMatch(row -> !row.getField("tnmt_loi").isEmpty());
      assertThat(folder.resolve(name + "-rejects.xlsx")).isNotEmptyFile();
      assertThat(folder.resolve(name + ".json"))
          .content()
          .contains("\"csv\" : \"" + name + "-rejects.csv\"");
    }
    try (var files = Files.walk(outbox)) {
      assertThat(files.filter(f -> f.toString().endsWith("-rejects.csv")))
          .hasSameSizeAs(quarantined);
    }
  }

  @Test
  void aReleasePinsWhatItWasMadeWith() {
    Definitions pinned = new Releases(LAKE.lakehouse()).find("R20260314-1").definitions();
    assertThat(pinned.commit()).isEqualTo(Build.commit());
    assertThat(pinned.settings())
        .containsEntry("national.air_quality_daily.hoursPer8", "6")
        .allSatisfy((key, value) -> assertThat(key).doesNotStartWith("spark.conf."));
    assertThat(pinned.contracts())
        .hasSameSizeAs(Contracts.bundled().all())
        .containsKey("land.parcel");
    assertThat(pinned.feeds()).containsKeys("central.yaml", "provinces.yaml");
    assertThat(pinned.duties())
        .extracting(duty -> duty.id().toString())
        .contains("cuc-ddbd/commune");
    assertThat(pinned.national()).containsKey("national.water_quality");
  }

  /** Settings, titles and duties of the release, not those of today. */
  @Test
  void aReportIsMadeWithWhatItsReleasePinned() throws IOException {
    Release release = new Releases(LAKE.lakehouse()).find("R20260315-1");
    Definitions pinned = release.definitions();
    Map<String, String> settings = new TreeMap<>(pinned.settings());
    settings.put("national.air_quality_daily.hoursPer8", "3");
    Map<String, String> texts = new TreeMap<>(Contracts.bundled().texts());
    String title = Contracts.bundled().contract("land.parcel").titleVi();
    texts.replaceAll((file, text) -> text.replace(title, "Thửa đất đời trước"));
    String key = "definitions/contracts-of-a-test.json";
    LAKE.lakehouse().store().put(key, new ObjectMapper().writeValueAsBytes(texts));
    Release earlier =
        new Release(
            release.releaseId(),
            release.runId(),
            release.businessDate(),
            release.startedAt(),
            release.createdAt(),
            release.softwareVersion(),
            new Definitions(
                pinned.commit(),
                settings,
                pinned.duties(),
                pinned.feeds(),
                pinned.contracts(),
                key,
                pinned.national()),
            release.lineage(),
            release.tables());

    String page = Files.readString(new Outputs(LAKE.lakehouse(), List.of()).report(earlier));

    assertThat(page).contains("cần ít nhất 3 giờ").doesNotContain("cần ít nhất 6 giờ");
    assertThat(page).contains("Thửa đất đời trước").doesNotContain(title + "<");
    assertThat(page).contains("Cục Đo đạc, Bản đồ và Thông tin địa lý Việt Nam");
  }
}

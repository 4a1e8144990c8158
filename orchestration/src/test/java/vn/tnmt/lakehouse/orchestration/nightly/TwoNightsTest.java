package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.progress.Progress;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.demo.DemoNation;
import vn.tnmt.lakehouse.orchestration.demo.Expectations;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.release.Releases;

/**
 * The demo's two nights through the whole pipeline. The ledger must say of every delivery what the
 * one who planted the flaws foretold.
 */
class TwoNightsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final DemoNation NATION = DemoNation.of(34, LocalDate.of(2026, 3, 14));
  private static NightResult again;

  @BeforeAll
  static void twoNights() throws IOException {
    Path exports = dir.resolve("exports");
    NATION.writeNight(exports, 1);
    List<Feed> feeds =
        Feeds.load(Path.of("../ingestion-jobs/feeds"), Map.of("exports", exports.toString()));
    Nightly nightly =
        new Nightly(
            LAKE.lakehouse(), Contracts.bundled(), feeds, Clock.systemUTC(), Progress.quiet());
    assertThat(nightly.run(NATION.date(1)).released()).isTrue();
    NATION.writeNight(exports, 2);
    stageByStage(feeds);
    again = nightly.run(NATION.date(1));
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

  /** 46 stations, the well that stands in another province, and the one that was mended. */
  @Test
  void stationsAreThoseOfTheRegistersThatPassed() {
    assertThat(LAKE.sql("select count(*) from lake.national.station").get(0).getLong(0))
        .isEqualTo(34 + 12 + 1 + 1);
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
    assertThat(
            LAKE.sql("select distinct status from lake.monitoring.observation where value = -9999"))
        .extracting(row -> row.getString(0))
        .containsExactly("02");
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
}

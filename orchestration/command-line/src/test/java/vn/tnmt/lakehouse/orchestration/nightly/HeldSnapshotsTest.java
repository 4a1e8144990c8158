package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Verification;

/**
 * An institute sends its register of stations and its parcels, each as a whole; on the second night
 * it loses half of both.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class HeldSnapshotsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final int ALL = 20;
  private static Nightly nightly;
  private static NightResult night;
  private static Map<String, String> letters;

  @BeforeAll
  static void firstNight() throws IOException {
    Path feeds = Files.createDirectories(dir.resolve("feeds"));
    Files.writeString(
        feeds.resolve("vien.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
        feeds:
          - id: station
            dataset: monitoring.station
            transport: {type: directory, root: "${exports}", pattern: "tram_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: surface_water}
              lon: x
              lat: y
              geohash: $geometry.geohash
            gate: {otherwise: off, snapshot: {removed: 10%}}
          - id: other
            dataset: monitoring.station
            transport: {type: directory, root: "${exports}", pattern: "khac_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            mapping:
              station_code: ma
              name: ten
              province_code: {const: "01"}
              station_type: {const: surface_water}
              lon: x
              lat: y
              geohash: $geometry.geohash
            gate: off
          - id: parcel
            dataset: land.parcel
            transport: {type: directory, root: "${exports}", pattern: "thua_{day:yyyyMMdd}.csv"}
            format: {type: csv}
            mapping:
              commune_code: {const: "00004"}
              sheet_number: {const: "7"}
              parcel_number: so
              area_m2: dt
              land_use_code: {const: "ODT"}
            gate: {otherwise: off, snapshot: {removed: 10%}}
        """);
    List<Feed> all = Feeds.load(feeds, Map.of("exports", dir.toString()));
    assertThat(FeedCheck.check(all, Contracts.bundled())).isEmpty();
    nightly =
        new Nightly(
            LAKE.lakehouse(), Contracts.bundled(), all, Clock.systemUTC(), Progress.quiet());
    stations("tram_", FIRST, 0, ALL);
    parcels(FIRST, ALL);
    assertThat(nightly.run(FIRST).released()).isTrue();
  }

  private static void stations(String name, LocalDate day, int from, int to) throws IOException {
    StringBuilder csv = new StringBuilder("ma,ten,x,y\n");
    for (int i = from; i < to; i++) {
      csv.append("01NM%03d,Trạm %d,105.%03d,21.%03d%n".formatted(i, i, 500 + i, 10 + i));
    }
    write(name, day, csv);
  }

  private static void parcels(LocalDate day, int count) throws IOException {
    StringBuilder csv = new StringBuilder("so,dt\n");
    for (int i = 1; i <= count; i++) {
      csv.append(i).append(",120.5\n");
    }
    write("thua_", day, csv);
  }

  private static void write(String name, LocalDate day, CharSequence text) throws IOException {
    Files.writeString(dir.resolve(name + day.toString().replace("-", "") + ".csv"), text);
  }

  private static long rows(String sql) {
    return LAKE.lakehouse().spark().sql(sql).first().getLong(0);
  }

  private static List<String> gate(LocalDate day) {
    return LAKE
        .sql(
            "SELECT feed, status, findings FROM lake.ops.gate WHERE business_date = DATE '"
                + day
                + "' ORDER BY feed")
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static Map<String, String> outbox() throws IOException {
    Path folder =
        LAKE.lakehouse()
            .settings()
            .path("report.outbox")
            .resolve("vien-x")
            .resolve(SECOND.toString());
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all.filter(f -> f.toString().endsWith(".json"))::iterator) {
        files.put(
            file.getFileName().toString().replaceAll("-[0-9a-f]{20}.json", ""),
            Files.readString(file));
      }
    }
    return files;
  }

  private static void requireNothingOfThemInTables() {
    assertThat(rows("SELECT count(*) FROM lake.land.parcel")).isEqualTo(ALL);
    for (String dataset : List.of("monitoring.station", "land.parcel")) {
      assertThat(
              rows(
                  "SELECT count(*) FROM lake."
                      + TableDefinition.rawName(dataset)
                      + " WHERE business_date = DATE '"
                      + SECOND
                      + "' AND feed <> 'other'"))
          .as(dataset)
          .isZero();
    }
  }

  @Test
  @Order(1)
  void twoSnapshotsOverTheirLimitsAreHeldInOneNight() throws IOException {
    stations("tram_", SECOND, 0, ALL / 2);
    parcels(SECOND, ALL / 2);
    night = nightly.run(SECOND);
    assertThat(night.released()).as("with nothing of theirs").isTrue();
    assertThat(night.notes())
        .filteredOn(note -> note.contains("GATE-13") && note.contains("removes 10 of 20"))
        .hasSize(2);
    assertThat(gate(SECOND))
        .hasSize(2)
        .allMatch(entry -> entry.contains(",held,") && entry.contains("bản chụp bỏ 10 trong 20"));
    requireNothingOfThemInTables();
    Releases releases = new Releases(LAKE.lakehouse());
    Verification verification = new Verification(LAKE.lakehouse());
    verification.require(releases.find("R20260302-1"));
    verification.require(releases.find("R20260303-1"));
    letters = outbox();
    assertThat(letters).containsOnlyKeys("parcel", "station");
    assertThat(letters.values()).allMatch(letter -> letter.contains("Bản chụp bỏ 10 trong 20"));
  }

  @Test
  @Order(2)
  void aNightThatWasKilledBeforeItWroteItsDecisionsDecidesTheSame() throws IOException {
    List<String> decided = gate(SECOND);
    LAKE.sql(
        "UPDATE lake.ops.gate SET status = 'passed', findings = '[]' WHERE business_date = DATE '"
            + SECOND
            + "'");
    NightResult again = nightly.run(SECOND);
    assertThat(again.outcome()).isEqualTo(NightResult.Outcome.NOTHING_NEW);
    assertThat(again.notes()).isEqualTo(night.notes());
    assertThat(gate(SECOND)).isEqualTo(decided);
    assertThat(outbox()).isEqualTo(letters);
    requireNothingOfThemInTables();
  }

  @Test
  @Order(3)
  void aNightThatIsRunAgainDecidesTheSameAndTakesWhatElseHasCome() throws IOException {
    List<String> decided = gate(SECOND);
    stations("khac_", SECOND, ALL, ALL + 1);
    NightResult again = nightly.run(SECOND);
    assertThat(again.released()).isTrue();
    assertThat(again.notes()).isEqualTo(night.notes());
    assertThat(gate(SECOND)).containsAll(decided).hasSize(3);
    assertThat(rows("SELECT count(*) FROM lake.monitoring.station")).isEqualTo(ALL + 1);
    requireNothingOfThemInTables();
    assertThat(outbox()).containsAllEntriesOf(letters);
  }
}

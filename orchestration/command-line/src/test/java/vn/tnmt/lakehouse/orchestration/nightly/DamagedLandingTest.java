package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;

/** Two feeds of one dataset; what lies in landing of one of them is changed before the load. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class DamagedLandingTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static List<Feed> feeds;

  @BeforeAll
  static void feeds() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("feeds"));
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: tnmt.vn/v1
            kind: Feeds
            publisher: {id: vien-x, nameVi: Viện X, nameEn: Institute X}
            feeds:
            """);
    for (String id : List.of("bac", "nam")) {
      yaml.append(
          """
            - id: %1$s
              dataset: monitoring.station
              transport: {type: directory, root: "${exports}", pattern: "%1$s_{day:yyyyMMdd}.csv"}
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
          """
              .formatted(id));
    }
    Files.writeString(folder.resolve("vien.yaml"), yaml);
    feeds = Feeds.load(folder, Map.of("exports", dir.toString()));
  }

  private static void stations(String feed, LocalDate day, String... codes) throws IOException {
    StringBuilder csv = new StringBuilder("ma,ten,x,y\n");
    for (String code : codes) {
      csv.append(code).append(",Trạm 7,105.5,21.0\n");
    }
    Files.writeString(
        dir.resolve(feed + "_" + day.toString().replace("-", "") + ".csv"), csv.toString());
  }

  private static void collect(LocalDate day) {
    new Ingest(
            LandingStore.of(store()),
            LAKE.lakehouse().home().resolve("work"),
            feeds,
            Clock.systemUTC(),
            Progress.quiet())
        .run(day);
  }

  private static NightResult night(LocalDate day) {
    return new Nightly(
            LAKE.lakehouse(), Contracts.bundled(), feeds, Clock.systemUTC(), Progress.quiet())
        .run(day);
  }

  private static ObjectStore store() {
    return LAKE.lakehouse().store();
  }

  private static byte[] flip(String key, int at) {
    byte[] sound = store().get(key);
    byte[] flipped = sound.clone();
    flipped[at] ^= 1;
    store().put(key, flipped);
    return sound;
  }

  private static List<String> stations() {
    return LAKE.sql("select station_code from monitoring.station order by 1").stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  @Order(1)
  void oneFlippedBitHoldsItsDeliveryAndNoOther() throws IOException {
    stations("bac", DAY, "01NM001");
    stations("nam", DAY, "01NM002");
    collect(DAY);
    String landing = "landing/vien-x/bac/2026-03-02/01";
    byte[] sound = flip(landing + "/files-00000.bin", 25); // within a station's name

    NightResult night = night(DAY);
    assertThat(night.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(stations()).containsExactly("01NM002");
    assertThat(night.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("GATE-14", "TNMT-1003", landing, "bac_20260302.csv", "backup"))
        .anySatisfy(note -> assertThat(note).contains("./tnmt deliveries approve"));
    Judgements log = new Judgements(LAKE.lakehouse());
    Judgement held = log.list(true, 10).get(0);
    assertThat(held.landing()).isEqualTo(landing);

    log.write(List.of(held.decided(Status.APPROVED, "ops", Instant.EPOCH, "tried")));
    NightResult still = night(DAY);
    assertThat(still.outcome()).as("as long as it is damaged").isEqualTo(Outcome.NOTHING_NEW);
    assertThat(log.list(true, 10)).hasSize(1);

    store().put(landing + "/files-00000.bin", sound);
    log.write(List.of(held.decided(Status.APPROVED, "ops", Instant.EPOCH, "restored")));
    assertThat(night(DAY).releaseId()).contains("R20260302-2");
    assertThat(stations()).containsExactly("01NM001", "01NM002");
  }

  @Test
  @Order(2)
  void aDamagedManifestHoldsItsFeedAndNoOther() throws IOException {
    LocalDate next = DAY.plusDays(1);
    stations("bac", next, "01NM003");
    stations("nam", next, "01NM004");
    collect(next);
    String key = "landing/vien-x/bac/2026-03-03/01/manifest.json";
    byte[] sound = flip(key, store().get(key).length / 2);
    NightResult night = night(next);
    assertThat(night.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(night.notes())
        .anySatisfy(note -> assertThat(note).contains("vien-x/bac", "TNMT-1003", key));
    assertThat(stations()).containsExactly("01NM001", "01NM002", "01NM004");
    store().put(key, sound);
    night(next);
    assertThat(stations()).containsExactly("01NM001", "01NM002", "01NM003", "01NM004");
  }

  @Test
  @Order(3)
  void anObjectThatIsGoneIsDamageToo() throws IOException {
    LocalDate day = DAY.plusDays(2);
    stations("bac", day, "01NM005");
    stations("nam", day, "01NM006");
    collect(day);
    store().delete("landing/vien-x/nam/2026-03-04/01/files-00000.bin");
    NightResult night = night(day);
    assertThat(night.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(stations()).contains("01NM005").doesNotContain("01NM006");
    assertThat(night.notes()).anySatisfy(note -> assertThat(note).contains("GATE-14"));
  }
}

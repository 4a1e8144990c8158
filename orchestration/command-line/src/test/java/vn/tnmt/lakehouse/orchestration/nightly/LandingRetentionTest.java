package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
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
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Ended;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.nightly.LandingRetention.Plan;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Two feeds of one dataset, of which one keeps its bytes for eight days only. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class LandingRetentionTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final String FIRST = "landing/vien-x/bac/2026-03-02/01";
  private static final String OTHER = "landing/vien-x/nam/2026-03-02/01";

  /** Nine days after the releases that this test makes. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(9));

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
      yaml.append(id.equals("bac") ? "    landing: {keepDays: 8}\n" : "");
    }
    Files.writeString(folder.resolve("vien.yaml"), yaml);
    feeds = Feeds.load(folder, Map.of("exports", Files.createDirectories(exports()).toString()));
  }

  private static Path exports() {
    return dir.resolve("exports");
  }

  private static Path station(String feed, LocalDate day, String code) throws IOException {
    return Files.writeString(
        exports().resolve(feed + "_" + day.toString().replace("-", "") + ".csv"),
        "ma,ten,x,y\n" + code + ",Trạm 7,105.5,21.0\n");
  }

  private static List<CollectResult> collect(LocalDate day) {
    return new Ingest(
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

  private static LandingRetention retention(Clock clock) {
    return new LandingRetention(LAKE.lakehouse(), () -> feeds, clock);
  }

  private static ObjectStore store() {
    return LAKE.lakehouse().store();
  }

  private static Deliveries landing() {
    return new Deliveries(LandingStore.of(store()));
  }

  @Test
  @Order(1)
  void whatIsStillMarkedAsNotTakenWaits() throws IOException {
    station("bac", DAY, "01NM001");
    station("nam", DAY, "01NM002");
    assertThat(night(DAY).outcome()).isEqualTo(Outcome.RELEASED);

    Plan plan = retention(LATER).plan();
    assertThat(plan.due()).isEmpty();
    assertThat(plan.marked())
        .singleElement()
        .satisfies(one -> assertThat(one.delivery().landing()).isEqualTo(FIRST));
    assertThat(retention(LATER).apply(plan, () -> true)).isZero();
    assertThat(landing().bytes(FIRST)).containsExactly(FIRST + "/files-00000.bin");
  }

  @Test
  @Order(2)
  void bytesEndOnceTheyAreDueAndTheIndexStays() throws IOException {
    night(DAY.plusDays(8)); // a week after the delivery its mark goes
    station("bac", DAY.plusDays(9), "01NM003");
    collect(DAY.plusDays(9)); // and is not taken

    assertThat(retention(Clock.systemUTC()).plan().due()).as("not after a day").isEmpty();
    Plan plan = retention(LATER).plan();
    assertThat(plan.due())
        .as("the other feed keeps its own for 400 days")
        .singleElement()
        .satisfies(one -> assertThat(one.delivery().landing()).isEqualTo(FIRST));
    assertThat(plan.bytes())
        .isEqualTo(
            "ma,ten,x,y\n01NM001,Trạm 7,105.5,21.0\n".getBytes(StandardCharsets.UTF_8).length);

    assertThat(retention(LATER).apply(plan, () -> false)).as("no time").isZero();
    assertThat(retention(LATER).apply(retention(LATER).plan(), () -> true)).isEqualTo(1);
    assertThat(landing().bytes(FIRST)).isEmpty();
    assertThat(landing().ended(FIRST).orElseThrow().told())
        .contains("hết hạn lưu", "by retention: landing.keepDays 8");
    assertThat(landing().bytes(OTHER)).hasSize(1);
    assertThat(landing().bytes("landing/vien-x/bac/2026-03-11/01")).as("not taken").hasSize(1);
    assertThat(retention(LATER).plan().due()).as("it is not looked at again").isEmpty();
  }

  @Test
  @Order(3)
  void aFileThatIsSentAgainIsKnownAsReceived() throws IOException {
    Path again = station("bac", DAY, "01NM001");
    Files.setLastModifiedTime(again, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(collect(DAY)).allSatisfy(result -> assertThat(result.delivery()).isEmpty());
  }

  @Test
  @Order(4)
  void aNightDoesWithoutADeliveryWhoseBytesHaveEnded() throws IOException {
    station("nam", DAY.plusDays(9), "01NM004");
    collect(DAY.plusDays(9));
    String gone = "landing/vien-x/nam/2026-03-11/01";
    landing().end(gone, new Ended(Instant.now(), Ended.By.ERASURE, "công văn 12"));

    NightResult night = night(DAY.plusDays(9));
    assertThat(night.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(night.notes())
        .anySatisfy(note -> assertThat(note).contains("TNMT-1005", gone, "by erasure: công văn 12"))
        .noneSatisfy(note -> assertThat(note).containsAnyOf("GATE-14", "TNMT-1003"));
    assertThat(LAKE.sql("select station_code from monitoring.station order by 1"))
        .extracting(row -> row.getString(0))
        .containsExactly("01NM001", "01NM002", "01NM003");
    assertThat(landing().marked()).extracting(Deliveries.Marked::folder).doesNotContain(gone);
    assertThat(landing().markAll()).as("the other, whose week is over").isEqualTo(1);
    assertThat(landing().marked())
        .extracting(Deliveries.Marked::folder)
        .contains(OTHER)
        .doesNotContain(gone, FIRST);
  }

  @Test
  @Order(5)
  void aDamagedCursorIsToldWithItsObject() {
    store().put(LandingRetention.CURSOR, "{".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> retention(LATER).plan())
        .hasMessageContainingAll("TNMT-3002", LandingRetention.CURSOR);
    store().delete(LandingRetention.CURSOR);
    assertThat(retention(LATER).apply(retention(LATER).plan(), () -> true))
        .as("what has ended is ended again, and says nothing new")
        .isEqualTo(1);
  }
}

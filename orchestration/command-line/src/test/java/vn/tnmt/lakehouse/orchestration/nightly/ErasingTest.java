package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.shaded.org.apache.avro.file.DataFileReader;
import org.apache.iceberg.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.iceberg.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
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
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.nightly.Erasing.KeptReleases;
import vn.tnmt.lakehouse.orchestration.nightly.Erasing.Plan;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.erase.Erasure;
import vn.tnmt.lakehouse.transform.erase.Subject;
import vn.tnmt.lakehouse.transform.explain.Explain;
import vn.tnmt.lakehouse.transform.explain.Within;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Verification;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Two deliveries whose files name made-up owners of stations; each has a row that is quarantined.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class ErasingTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final String NORTH = "landing/vien-x/bac/2026-03-02/01";
  private static final String SOUTH = "landing/vien-x/nam/2026-03-02/01";

  /** Letters that are the same bytes in every encoding, so that they can be looked for. */
  private static final String OWNER = "ChuHoKhongCoThat";

  private static final String CODE = "01NM779";
  private static final Erasing.Decision DECISION =
      new Erasing.Decision("le-an", "công văn 12/CV-STNMT");

  private static List<Feed> feeds;

  @BeforeAll
  static void night() throws IOException {
    Path exports = Files.createDirectories(dir.resolve("exports"));
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
    Path folder = Files.createDirectories(dir.resolve("feeds"));
    Files.writeString(folder.resolve("vien.yaml"), yaml);
    feeds = Feeds.load(folder, Map.of("exports", exports.toString()));
    // A station, and one that lies nowhere.
    Files.writeString(
        exports.resolve("bac_20260302.csv"),
        """
        ma,ten,x,y,chu
        01NM001,Trạm 1,105.5,21.0,%1$s Bac
        01NM002,Trạm 2,999,21.0,%1$s Bac
        """
            .formatted(OWNER));
    // Two stations, and a line that has slipped: its code stands in the name's column.
    Files.writeString(
        exports.resolve("nam_20260302.csv"),
        """
        ma,ten,x,y,chu
        %2$s,Trạm 9,105.6,21.1,%1$s Nam
        ,%2$s,105.6,21.1,%1$s Nam
        01NM010,Trạm 10,105.7,21.2,Khac
        """
            .formatted(OWNER, CODE));
    NightResult night =
        new Nightly(
                LAKE.lakehouse(), Contracts.bundled(), feeds, Clock.systemUTC(), Progress.quiet())
            .run(DAY);
    assertThat(night.releaseId()).contains("R20260302-1");
  }

  private static Erasing erasing(KeptReleases kept) {
    return new Erasing(
        LAKE.lakehouse(), Contracts.bundled(), feeds, kept, Clock.systemUTC(), Progress.quiet());
  }

  private static Subject north() {
    return Subject.delivery(landing().read(NORTH).deliveryId());
  }

  private static Subject station(String code) {
    return Subject.key(
        Contracts.bundled().contract("monitoring.station"), Map.of("station_code", code));
  }

  private static ObjectStore store() {
    return LAKE.lakehouse().store();
  }

  private static Deliveries landing() {
    return new Deliveries(LandingStore.of(store()));
  }

  private static long count(String sql) {
    return LAKE.sql("select count(*) from " + sql).get(0).getLong(0);
  }

  /** Files of the home, the store's objects among them, that hold a text in whatever form. */
  private static List<Path> holding(String text) throws IOException {
    List<Path> holding = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LAKE.lakehouse().home().resolve(""))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (content(file).contains(text)) {
          holding.add(file);
        }
      }
    }
    return holding;
  }

  private static String content(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".parquet")) {
      return LAKE.spark().read().parquet(file.toUri().toString()).collectAsList().toString();
    }
    if (name.endsWith(".avro")) {
      StringBuilder text = new StringBuilder();
      try (DataFileReader<GenericRecord> records =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        records.forEach(text::append);
      }
      return text.toString();
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @Test
  @Order(1)
  void whatIsNotThereIsToldAndWhatIsMistyped() {
    Erasing erasing = erasing(KeptReleases.WITHDRAW);
    for (String unknown : List.of("0123456789abcdef0123", "zz", "", "'; drop")) {
      assertThatThrownBy(() -> erasing.plan(Subject.delivery(unknown)))
          .as(unknown)
          .hasMessageContaining("TNMT-1004");
    }
    Contract sample = Contracts.bundled().contract("water.sample");
    assertThatThrownBy(() -> erasing.plan(station("01NM404")))
        .hasMessageContainingAll("TNMT-1004", "monitoring.station")
        .as("errors are logged: no value of a key stands in one")
        .hasMessageNotContaining("01NM404");
    assertThatThrownBy(
            () ->
                Subject.key(
                    Contracts.bundled().contract("monitoring.station"), Map.of("ma", "01NM001")))
        .hasMessageContainingAll("TNMT-5004", "[station_code]", "--key station_code=…");
    assertThatThrownBy(
            () ->
                erasing.plan(
                    Subject.key(
                        sample,
                        sample.key().stream().collect(Collectors.toMap(c -> c, c -> "hôm qua")))))
        .hasMessageContaining("TNMT-5004")
        .hasMessageNotContaining("hôm qua");
  }

  @Test
  @Order(2)
  void thePlanSaysWhatAHandCounts() throws IOException {
    assertThat(holding(OWNER)).as("otherwise nothing is shown by the rest").hasSizeGreaterThan(5);
    Plan plan = erasing(KeptReleases.REFUSE).plan(north());
    assertThat(plan.found().of())
        .singleElement()
        .satisfies(
            of -> {
              assertThat(of.rawRows()).isEqualTo(2);
              assertThat(of.quarantineRows()).isEqualTo(1);
              assertThat(of.standardRows()).isZero();
            });
    assertThat(plan.found().stays()).isEqualTo(1);
    assertThat(plan.landing()).containsExactly(NORTH + "/files-00000.bin");
    assertThat(plan.answers())
        .extracting(file -> file.getFileName().toString().replaceFirst("bac-[0-9a-f]{20}", ""))
        .containsExactlyInAnyOrder("-rejects.csv", "-rejects.xlsx", ".html", ".json");
    assertThat(plan.found().holding()).containsExactly("R20260302-1");

    Plan key = erasing(KeptReleases.REFUSE).plan(station(CODE));
    assertThat(key.found().of())
        .singleElement()
        .satisfies(
            of -> {
              assertThat(of.landing()).isEqualTo(SOUTH);
              assertThat(of.rawRows()).as("and the line that slipped").isEqualTo(2);
              assertThat(of.quarantineRows()).isEqualTo(1);
              assertThat(of.standardRows()).isEqualTo(1);
            });
  }

  @Test
  @Order(3)
  void whatAKeptReleaseHoldsIsRefusedByItsName() {
    assertThatThrownBy(() -> erasing(KeptReleases.REFUSE).apply(north(), DECISION))
        .hasMessageContainingAll("TNMT-6012", "R20260302-1", "erase.keptReleases");
    LAKE.sql("alter table lake.raw.monitoring_station create branch nghien_cuu");
    assertThatThrownBy(() -> erasing(KeptReleases.WITHDRAW).apply(north(), DECISION))
        .hasMessageContainingAll("TNMT-6012", "raw.monitoring_station: nghien_cuu");
    LAKE.sql("alter table lake.raw.monitoring_station drop branch nghien_cuu");
    assertThat(landing().bytes(NORTH)).hasSize(1);
    assertThat(count("raw.monitoring_station")).isEqualTo(5);
    assertThat(new Releases(LAKE.lakehouse()).newest().orElseThrow().releaseId())
        .isEqualTo("R20260302-1");
  }

  @Test
  @Order(4)
  void aDeliveryIsErasedAndItsCountsStay() throws IOException {
    // A run that died after its tables: nothing of it counts.
    Erasure erasure = new Erasure(LAKE.lakehouse(), Contracts.bundled());
    erasure.write(
        new RunTables(LAKE.lakehouse(), new RunId(DAY, 2)),
        erasure.look(north()),
        new Erasure.Fact(Instant.EPOCH, "x", "x", "x", "DELIVERY", "x", ""));
    List<Row> before = LAKE.sql("select * from ops.delivery order by delivery_id");

    assertThat(erasing(KeptReleases.WITHDRAW).apply(north(), DECISION).orElseThrow().releaseId())
        .isEqualTo("R20260302-2");

    assertThat(holding(OWNER + " Bac")).isEmpty();
    assertThat(holding(OWNER + " Nam")).as("the other one's").isNotEmpty();
    assertThat(LAKE.sql("select * from ops.delivery order by delivery_id")).isEqualTo(before);
    assertThat(
            count("ops.delivery where received <> accepted + quarantined + duplicate + superseded"))
        .isZero();
    assertThat(
            LAKE.sql(
                "select d.received - e.raw_rows, d.quarantined - e.quarantine_rows, e.standard_rows, e.scope,"
                    + " e.erased_by, e.reason, e.withdrawn_releases, e.run_id"
                    + " from ops.erasure e join ops.delivery d using (delivery_id)"))
        .singleElement()
        .hasToString("[0,0,0,DELIVERY,le-an,công văn 12/CV-STNMT,R20260302-1,2026-03-02-2]");
    assertThat(count("raw.monitoring_station")).isEqualTo(3);
    assertThat(count("ops.quarantine")).isEqualTo(1);
    assertThat(count("monitoring.station")).as("what the contract keeps stays").isEqualTo(3);
    assertThat(landing().ended(NORTH).orElseThrow().told()).contains("by erasure: công văn 12");
    assertThatThrownBy(
            () ->
                new Explain(LAKE.spark(), Contracts.bundled())
                    .file("bac_20260302.csv", 2, new Within(null, north().deliveryId())))
        .hasMessageContainingAll("TNMT-1005", "bị xoá theo yêu cầu", "công văn 12/CV-STNMT");
    assertThatThrownBy(() -> new Releases(LAKE.lakehouse()).find("R20260302-1"))
        .hasMessageContainingAll("TNMT-6011", "R20260302-1", "erase");
    assertThat(new Verification(LAKE.lakehouse()).requireAll().releases()).isPositive();
  }

  @Test
  @Order(5)
  void theSameAgainCarriesOnWhatWasKilledAndThenDoesNothing() {
    // As if killed right after the release: bytes and answers are still there.
    store().put(NORTH + "/files-00000.bin", OWNER.getBytes(StandardCharsets.UTF_8));
    store().delete(NORTH + "/ended.json");
    Plan left = erasing(KeptReleases.REFUSE).plan(north());
    assertThat(left.found().earlier()).isPresent();
    assertThat(left.found().rows()).isZero();
    assertThat(left.landing()).hasSize(1);
    assertThat(erasing(KeptReleases.REFUSE).apply(north(), DECISION)).isEmpty();
    assertThat(landing().bytes(NORTH)).isEmpty();
    assertThat(erasing(KeptReleases.REFUSE).plan(north()).isNothing()).isTrue();
    assertThat(count("ops.erasure")).isEqualTo(1);
  }

  @Test
  @Order(6)
  void aKeyIsErasedFromTheStandardTableAndWhatFollowsFromIt() throws IOException {
    assertThat(count("national.station")).isEqualTo(3);
    assertThat(
            erasing(KeptReleases.WITHDRAW).apply(station(CODE), DECISION).orElseThrow().releaseId())
        .isEqualTo("R20260302-3");
    assertThat(holding(OWNER)).isEmpty();
    assertThat(holding(CODE)).isEmpty();
    assertThat(LAKE.sql("select station_code from monitoring.station order by 1"))
        .extracting(row -> row.getString(0))
        .containsExactly("01NM001", "01NM010");
    assertThat(LAKE.sql("select station_code from national.station order by 1"))
        .extracting(row -> row.getString(0))
        .containsExactly("01NM001", "01NM010");
    assertThat(count("raw.monitoring_station")).isEqualTo(1);
    assertThat(count("ops.quarantine")).isZero();
    assertThat(
            LAKE.sql(
                "select raw_rows, quarantine_rows, standard_rows, withdrawn_releases from ops.erasure"
                    + " where scope = 'KEY'"))
        .singleElement()
        .hasToString("[2,1,1,R20260302-2]");
  }

  @Test
  @Order(7)
  void aDeliveryThatNoReleaseHasTakenIsErasedBeforeItIs() throws IOException {
    Files.writeString(
        dir.resolve("exports/bac_20260303.csv"),
        "ma,ten,x,y,chu\n01NM020,Trạm 20,105.5,21.0,%s Cho\n".formatted(OWNER));
    LocalDate next = DAY.plusDays(1);
    new Ingest(
            LandingStore.of(store()),
            LAKE.lakehouse().home().resolve("work"),
            feeds,
            Clock.systemUTC(),
            Progress.quiet())
        .run(next);
    String folder = "landing/vien-x/bac/2026-03-03/01";
    Subject waiting = Subject.delivery(landing().read(folder).deliveryId());
    assertThat(erasing(KeptReleases.REFUSE).plan(waiting).landing()).hasSize(1);
    assertThat(erasing(KeptReleases.REFUSE).apply(waiting, DECISION)).isPresent();
    assertThat(holding(OWNER)).isEmpty();
    assertThat(landing().marked()).extracting(Deliveries.Marked::folder).doesNotContain(folder);
    assertThat(LAKE.lakehouse().catalog().loadTable(TableIdentifier.parse("ops.erasure")).refs())
        .containsKey("R20260302-4");
    assertThat(count("ops.erasure")).isEqualTo(3);
  }
}

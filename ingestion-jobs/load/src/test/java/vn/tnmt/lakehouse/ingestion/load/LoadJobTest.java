package vn.tnmt.lakehouse.ingestion.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

/** Files of two provinces, from their folders through landing into raw tables. */
@Tag("slow")
class LoadJobTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  @TempDir static Path dir;

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 1);
  private static final RuleContext CONTEXT =
      new RuleContext(Instant.parse("2026-01-01T17:00:00Z"), NIGHT);
  private static final Set<String> FEEDS =
      Set.of(
          "snnmt-ha_noi/observation",
          "snnmt-ho_chi_minh/observation",
          "snnmt-ha_noi/water-sample",
          "cuc-ddbd/province");

  private static List<LoadOptions.Delivery> deliveries;

  @BeforeAll
  static void collect() throws IOException {
    TablePlan.compute(LAKE.lakehouse().catalog(), Contracts.bundled())
        .apply(LAKE.lakehouse().catalog());
    String line = "PM2,5\t35.2\tug/Nm3\t20260101120000\t00\r\n";
    write("ha_noi/quan-trac/01KK001/2026/01/01/HN_A_01KK001_20260101120000.txt", line);
    write("ha_noi/quan-trac/01KK001/2026/01/01/HN_A_01KK001_20260101120500.txt", "");
    write("ha_noi/quan-trac/01KK001/2026/01/01/HN_A_01KK001_20260101121000.txt", line + "CO\t7");
    write("ho_chi_minh/quan-trac/79KK001/2026/01/01/HCM_A_79KK001_20260101120000.txt", line + line);
    write(
        "ha_noi/mau-nuoc/mau_nuoc_mat_20260101.csv",
        "ma_diem,kinh_do,vi_do,ngay_lay_mau,pH,As\nD1,105.8,21,\"1/1/2025\",7.1,<0.01\n");
    write(
        "cuc-ddbd/dia-gioi/tinh_20260101.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"code\":\"01\",\"name\":\"Hà"
            + " Nội\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            + "[[[105,20],[107,20],[107,21],[105,20]]]}}]}");

    List<Feed> feeds =
        Feeds.load(Path.of("../feeds"), Map.of("exports", dir.toString())).stream()
            .filter(feed -> FEEDS.contains(feed.id().toString()))
            .toList();
    Collector collector =
        new Collector(
            LandingStore.of(LAKE.lakehouse().store()),
            dir.resolve("work"),
            Clock.fixed(Instant.parse("2026-01-02T03:00:00Z"), ZoneOffset.UTC),
            2);
    deliveries = new ArrayList<>();
    for (CollectResult result : collector.collect(feeds, NIGHT)) {
      Feed feed =
          feeds.stream().filter(f -> f.id().equals(result.feed())).findFirst().orElseThrow();
      result.delivery().ifPresent(m -> deliveries.add(new LoadOptions.Delivery(feed, m)));
    }
    assertThat(deliveries).hasSize(4);
  }

  private static void write(String path, String content) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T05:00:00Z")));
  }

  private static LoadOptions options(String dataset, String run, String branch) {
    Contract contract = Contracts.bundled().contract(dataset);
    return new LoadOptions(
        run,
        branch,
        contract,
        CONTEXT,
        deliveries.stream().filter(d -> d.feed().dataset().equals(dataset)).toList());
  }

  @Test
  void appendsTheDeliveriesOfADatasetInOneCommit() {
    TableIdentifier table = TableIdentifier.of("raw", "monitoring_observation");
    LAKE.lakehouse().branches().create(List.of(table), "run_2026_01_01_1");
    LoadJob.Result result =
        LoadJob.run(
            LAKE.lakehouse(),
            options("monitoring.observation", "2026-01-01-1", "run_2026_01_01_1"));

    assertThat(result.table()).isEqualTo(table);
    assertThat(result.records()).isEqualTo(6);
    assertThat(LAKE.sql("select * from raw.monitoring_observation")).as("main").isEmpty();
    assertThat(LAKE.lakehouse().catalog().loadTable(table).snapshot(result.snapshotId()).summary())
        .containsEntry(LoadJob.RUN, "2026-01-01-1")
        .hasEntrySatisfying(LoadJob.DELIVERIES, ids -> assertThat(ids).hasSize(41));

    List<Row> rows =
        LAKE.sql(
            "select publisher, feed, source_file, source_line, blocked, breaches.rule, get_json_object(cells, '$.symbol'),"
                + " text, row.parameter, row.value, cast(row.measured_at as string), row.observed_on,"
                + " row.status, record_part, run_id, business_date, row.unit"
                + " from raw.monitoring_observation.branch_run_2026_01_01_1"
                + " order by source_file, source_line");
    assertThat(rows).hasSize(6);
    assertThat(rows)
        .extracting(row -> row.getString(0))
        .contains("snnmt-ho_chi_minh", "snnmt-ha_noi");
    Row hanoi = rows.stream().filter(r -> r.getString(0).equals("snnmt-ha_noi")).findFirst().get();
    assertThat(hanoi.getString(1)).isEqualTo("observation");
    assertThat(hanoi.getString(2)).isEqualTo("01KK001/2026/01/01/HN_A_01KK001_20260101120000.txt");
    assertThat(hanoi.getLong(3)).isEqualTo(1);
    assertThat(hanoi.getBoolean(4)).isFalse();
    assertThat(hanoi.getString(6)).isEqualTo("PM2,5");
    assertThat(hanoi.getString(8)).isEqualTo("PM2.5");
    assertThat(hanoi.getDouble(9)).isEqualTo(35.2);
    assertThat(hanoi.getString(10)).as("UTC").isEqualTo("2026-01-01 05:00:00");
    assertThat(hanoi.getDate(11)).hasToString("2026-01-01");
    assertThat(hanoi.getInt(13)).isZero();
    assertThat(hanoi.getString(14)).isEqualTo("2026-01-01-1");
    assertThat(hanoi.getDate(15)).hasToString("2026-01-01");
    assertThat(hanoi.getString(16)).isEqualTo("µg/m³");
    assertThat(rows)
        .filteredOn(row -> row.getBoolean(4))
        .extracting(row -> row.getLong(3) + " " + row.getList(5) + " " + row.getString(7))
        .containsExactlyInAnyOrder("0 [REC-01] ", "2 [REC-04] CO\t7");
  }

  /** Each has services and a catalogue's client of its own, as on two hosts. */
  @Test
  void twoLoadsIntoOneTableBothCommit() throws Exception {
    TableIdentifier table = TableIdentifier.of("raw", "monitoring_observation");
    LoadOptions both = options("monitoring.observation", "r", "two_hosts");
    LoadOptions hanoi = of(both, "snnmt-ha_noi");
    LoadOptions hcm = of(both, "snnmt-ho_chi_minh");
    Lakehouse here = LAKE.lakehouse();
    try (Lakehouse there = Lakehouse.open(here.home(), here.settings())) {
      there.spark();
      CyclicBarrier start = new CyclicBarrier(2);
      CompletableFuture<LoadJob.Result> first =
          CompletableFuture.supplyAsync(() -> branchAndLoad(here, table, hanoi, start));
      CompletableFuture<LoadJob.Result> second =
          CompletableFuture.supplyAsync(() -> branchAndLoad(there, table, hcm, start));
      assertThat(first.join().records()).isEqualTo(4);
      assertThat(second.join().records()).isEqualTo(2);
      assertThat(first.join().snapshotId()).isNotEqualTo(second.join().snapshotId());
      Table raw = here.catalog().loadTable(table);
      assertThat(raw.snapshot(second.join().snapshotId()).summary().get(LoadJob.DELIVERIES))
          .isEqualTo(hcm.deliveries().get(0).manifest().deliveryId());
      assertThat(LAKE.sql("select * from raw.monitoring_observation.branch_two_hosts")).hasSize(6);
    }
  }

  private static LoadOptions of(LoadOptions options, String publisher) {
    return new LoadOptions(
        options.runId(),
        options.branch(),
        options.contract(),
        options.context(),
        options.deliveries().stream()
            .filter(d -> d.feed().id().toString().startsWith(publisher + "/"))
            .toList());
  }

  private static LoadJob.Result branchAndLoad(
      Lakehouse lake, TableIdentifier table, LoadOptions options, CyclicBarrier start) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    lake.branches().create(List.of(table), options.branch());
    return LoadJob.run(lake, options);
  }

  @Test
  void loadsMeltedRowsAndGeometryIntoMain() {
    assertThat(LoadJob.run(LAKE.lakehouse(), options("water.sample", "r", "")).records())
        .isEqualTo(2);
    assertThat(
            LAKE.sql(
                "select record_part, row.parameter, row.qualifier, row.value, get_json_object(cells, '$.As')"
                    + " from raw.water_sample order by record_part"))
        .extracting(Row::toString)
        .containsExactly("[0,pH,=,7.1,null]", "[1,As,<,0.01,<0.01]");

    assertThat(LoadJob.run(LAKE.lakehouse(), options("admin.unit", "r", "")).records())
        .isEqualTo(1);
    assertThat(
            LAKE.sql(
                "select blocked, row.code, row.name, row.xmin, row.ymax, length(row.geometry),"
                    + " row.geohash, cast(row.valid_from as string) from raw.admin_unit where run_id = 'r'"))
        .extracting(Row::toString)
        // 1 byte order + 4 type + 4 rings + 4 positions + 4 × 16 bytes
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .startsWith("[false,01,Hà Nội,105.0,21.0,77,w")
                    .endsWith(",2025-07-01]"));
  }

  @Test
  void nothingToLoadChangesNothing() {
    LoadOptions none =
        new LoadOptions(
            "r", "", Contracts.bundled().contract("monitoring.station"), CONTEXT, List.of());
    assertThat(LoadJob.run(LAKE.lakehouse(), none).records()).isZero();
  }

  /** The second delivery's bytes are not where its manifest says; rows of the first are written. */
  @Test
  void aLoadThatMeetsADamagedDeliverySaysWhichAndLeavesNoFiles() {
    LoadOptions good = options("monitoring.observation", "r", "");
    List<LoadOptions.Delivery> some = new ArrayList<>(good.deliveries());
    some.set(1, new LoadOptions.Delivery(some.get(1).feed(), elsewhere(some.get(1).manifest())));
    Table table =
        LAKE.lakehouse().catalog().loadTable(TableIdentifier.of("raw", "monitoring_observation"));
    Set<String> before = files(table);
    LoadJob.Result result =
        LoadJob.run(LAKE.lakehouse(), new LoadOptions("r", "", good.contract(), CONTEXT, some));
    assertThat(result.damaged()).containsOnlyKeys("landing/elsewhere");
    assertThat(result.records()).isZero();
    assertThat(files(table)).isEqualTo(before);
    assertThat(LAKE.sql("select * from raw.monitoring_observation")).isEmpty();
  }

  private static Set<String> files(Table table) {
    Set<String> files = new HashSet<>();
    ((SupportsPrefixOperations) table.io())
        .listPrefix(table.location() + "/data")
        .forEach(file -> files.add(file.location()));
    return files;
  }

  private static Manifest elsewhere(Manifest m) {
    return new Manifest(
        m.deliveryId(),
        m.publisher(),
        m.feed(),
        m.dataset(),
        m.businessDate(),
        m.receivedAt(),
        m.turn(),
        "landing/elsewhere",
        m.files(),
        m.bytes(),
        m.contentSha256(),
        m.indexBytes(),
        m.splits());
  }

  @Test
  void refusesADeliveryOfAnotherDataset() {
    assertThatThrownBy(
            () ->
                new LoadOptions(
                    "r", "", Contracts.bundled().contract("admin.unit"), CONTEXT, deliveries))
        .isInstanceOf(TnmtException.class)
        .hasMessageStartingWith("TNMT-5004");
  }

  /** Columns of the same type trade places in the contract; the table keeps its order. */
  @Test
  void valuesFindTheirColumnByName() {
    Table table = LAKE.lakehouse().catalog().loadTable(TableIdentifier.of("raw", "admin_unit"));
    table.updateSchema().moveFirst("row.xmax").moveBefore("row.name", "row.code").commit();
    LoadJob.run(LAKE.lakehouse(), options("admin.unit", "moved", ""));
    assertThat(
            LAKE.sql(
                "select row.code, row.name, row.xmin, row.xmax from raw.admin_unit"
                    + " where run_id = 'moved'"))
        .extracting(Row::toString)
        .containsExactly("[01,Hà Nội,105.0,107.0]");
  }

  @Test
  void refusesATableThatLacksAColumn() {
    Table table = LAKE.lakehouse().catalog().loadTable(TableIdentifier.of("raw", "admin_unit"));
    table
        .updateSchema()
        .renameColumn("row.name_en", "name_en_of_old")
        .renameColumn("text", "text_of_old")
        .commit();
    try {
      assertThatThrownBy(() -> LoadJob.run(LAKE.lakehouse(), options("admin.unit", "r", "")))
          .isInstanceOf(TnmtException.class)
          .hasMessageContaining("text, row.name_en")
          .hasMessageContaining("tables apply");
    } finally {
      table
          .updateSchema()
          .renameColumn("row.name_en_of_old", "name_en")
          .renameColumn("text_of_old", "text")
          .commit();
    }
  }
}

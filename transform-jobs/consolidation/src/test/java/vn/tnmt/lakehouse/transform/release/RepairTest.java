package vn.tnmt.lakehouse.transform.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.CatalogueFaults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.spark.Sessions;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.ledger.Ledger;

/** Two nights of a land office; then something is broken behind their back. */
@Tag("slow")
class RepairTest {
  private static final TableIdentifier PARCEL = TableIdentifier.parse("land.parcel");

  @TempDir static Path dir;
  private static Path twoNights;
  private static Path afterTheFirst;

  private Path home;
  private Lakehouse lake;

  @BeforeAll
  static void twoNights() throws Exception {
    Sessions.keepRunning();
    twoNights = dir.resolve("two");
    afterTheFirst = dir.resolve("one");
    try (Lakehouse made = open(twoNights)) {
      new Past(made).require();
      night(made, 1, "1", "2");
    }
    copy(twoNights, afterTheFirst);
    try (Lakehouse made = open(twoNights)) {
      night(made, 2, "3");
    }
  }

  @BeforeEach
  void aCopy(TestInfo test) throws Exception {
    home = dir.resolve(test.getTestMethod().orElseThrow().getName());
    copy(twoNights, home);
  }

  @AfterEach
  void close() {
    if (lake != null) {
      lake.close();
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    // the object store keeps its metadata in extended attributes
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor())
        .isZero();
  }

  private static Lakehouse open(Path home) {
    Home at = Home.of(home);
    return Lakehouse.open(at, Settings.load(at, Optional.empty()));
  }

  private void reopen() {
    close();
    lake = open(home);
  }

  private static ParcelNights.Night standardised(Lakehouse lake, int day, String... parcels) {
    return new ParcelNights(lake)
        .night(
            LocalDate.of(2026, 3, day),
            Arrays.stream(parcels)
                .map(parcel -> new Line("d" + day, "a.csv", 1, parcel, 100))
                .toArray(Line[]::new));
  }

  private static Release night(Lakehouse lake, int day, String... parcels) {
    return new ParcelNights(lake).release(standardised(lake, day, parcels));
  }

  private static Release pinned(Lakehouse lake, ParcelNights.Night night) {
    new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
    Instant now = night.run().businessDate().atTime(20, 0).toInstant(ZoneOffset.UTC);
    Release release = new Releases(lake).pin(night.run(), now, now, table -> "1", Definitions.NONE);
    night.settled().close();
    return release;
  }

  private List<String> repair(boolean rollBack) {
    Repair.Plan plan = Repair.plan(lake, rollBack);
    plan.steps().forEach(step -> step.action().run());
    return plan.lost();
  }

  private long parcels(String version) {
    return lake.spark().sql("select * from land.parcel " + version).count();
  }

  private void isWhole() {
    new Past(lake).require();
    new Releases(lake).requireUntouched();
    assertThat(new Verification(lake).requireAll().releases()).isEqualTo(2);
    assertThat(Repair.plan(lake, false).steps()).isEmpty();
    assertThat(parcels("")).isEqualTo(3);
    assertThat(parcels("version as of 'R20260301-1'")).isEqualTo(2);
    assertThat(lake.spark().sql("select * from ops.release").count()).isEqualTo(2);
  }

  private void isBroken(String code, String... words) {
    assertThatThrownBy(
            () -> {
              new Past(lake).require();
              new Releases(lake).requireUntouched();
            })
        .hasMessageStartingWith(code)
        .hasMessageContainingAll(words);
  }

  /** The catalogue without its guard: an older version, another program, a person. */
  private void behindTheGuard(java.util.function.Consumer<Table> change) {
    JdbcCatalog catalog = new JdbcCatalog();
    Map<String, String> properties = new HashMap<>(lake.access().store().icebergProperties());
    properties.put("uri", "jdbc:sqlite:" + home.resolve("catalogue.db"));
    properties.put(
        "warehouse",
        lake.access().store().location(lake.settings().text(SettingKey.STORE_WAREHOUSE)));
    properties.put("jdbc.schema-version", "V1");
    catalog.initialize("lake", properties);
    try (catalog) {
      change.accept(catalog.loadTable(PARCEL));
    }
  }

  private static void deleteAll(Table table) {
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
  }

  private void removeCatalogue() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(f -> f.toString().contains("catalogue.db")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatIsSoundIsLeftAlone() {
    lake = open(home);
    isWhole();
  }

  @Test
  void anEmptyCatalogueStopsEveryWriterAndIsMadeAgain() throws IOException {
    removeCatalogue();
    lake = open(home);
    isBroken("TNMT-6006", "the catalogue has forgotten its past", "R20260302-1", "./tnmt repair");
    assertThat(Repair.plan(lake, false).steps()).as("looking changes nothing").isNotEmpty();
    isBroken("TNMT-6006", "R20260302-1");
    assertThat(repair(false)).isEmpty();
    isWhole();
    assertThat(night(lake, 3, "4").lineage().previous()).isEqualTo("R20260302-1");
    assertThat(parcels("")).isEqualTo(4);
  }

  @Test
  void anOlderCatalogueIsTakenToWhatTheStoreHas() throws Exception {
    removeCatalogue();
    try (Stream<Path> files = Files.list(afterTheFirst)) {
      for (Path file : files.filter(f -> f.toString().contains("catalogue.db")).toList()) {
        Files.copy(file, home.resolve(file.getFileName()));
      }
    }
    lake = open(home);
    isBroken("TNMT-6006", "it knows R20260301-1, the store holds R20260302-1");
    assertThat(repair(false)).isEmpty();
    isWhole();
  }

  @Test
  void anOlderStoreIsToldAndNothingMadeUp() throws Exception {
    copy(home.resolve("s3"), home.resolve("s3-newer"));
    new ProcessBuilder("rm", "-r", home.resolve("s3").toString()).start().waitFor();
    copy(afterTheFirst.resolve("s3"), home.resolve("s3"));
    lake = open(home);
    isBroken("TNMT-6006", "the store does not hold", "releases/R20260302-1.json");
  }

  @Test
  void aLostManifestIsWrittenAgainFromItsCopyAndAChangedOneIsTold() {
    lake = open(home);
    lake.store().delete("releases/newest.json");
    isBroken("TNMT-6006", "releases/newest.json");
    assertThat(repair(false)).isEmpty();
    isWhole();

    lake.store().delete("releases/R20260302-1.json");
    isBroken("TNMT-6006", "releases/R20260302-1.json");
    assertThat(repair(false)).isEmpty();
    isWhole();

    byte[] first = lake.store().get("releases/R20260301-1.json");
    byte[] changed =
        new String(first, StandardCharsets.UTF_8)
            .replace("\"records\" : 2", "\"records\" : 9")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(changed).isNotEqualTo(first);
    lake.store().put("releases/R20260301-1.json", changed);
    isBroken("TNMT-6006", "releases/R20260301-1.json", "backup");
    assertThat(repair(false)).singleElement().asString().contains("releases/R20260301-1.json");
    lake.store().put("releases/R20260301-1.json", first);
    isWhole();
  }

  @Test
  void aHomeOfAnotherLakeIsNotRepairedIntoThisOne() throws IOException {
    Files.writeString(home.resolve("lake.json"), "{\"lake-id\": \"another\"}");
    lake = open(home);
    isBroken("TNMT-6006", "of different lakes", "home another");
    assertThatThrownBy(() -> Repair.plan(lake, false)).hasMessageStartingWith("TNMT-6006");
  }

  @Test
  void nothingButAReleaseMovesMain() {
    lake = open(home);
    for (String change :
        List.of(
            "insert into land.parcel select * from land.parcel",
            "delete from land.parcel",
            "truncate table land.parcel",
            "create or replace table land.parcel as select * from land.parcel",
            "alter table land.parcel create or replace branch main as of version "
                + new Releases(lake)
                    .find("R20260301-1").tables().stream()
                        .filter(t -> t.name().equals("land.parcel"))
                        .findFirst()
                        .orElseThrow()
                        .snapshotId())) {
      assertThatThrownBy(() -> lake.spark().sql(change))
          .as(change)
          .satisfies(
              e ->
                  assertThat(CatalogueFaults.of(e))
                      .as(e.toString())
                      .get()
                      .extracting(Throwable::getMessage)
                      .asString()
                      .startsWith("TNMT-4007 ")
                      .contains("land.parcel"));
    }
    for (String deletion :
        List.of(
            "drop table land.parcel purge",
            "call lake.system.expire_snapshots(table => 'land.parcel')")) {
      assertThatThrownBy(() -> lake.spark().sql(deletion))
          .as(deletion)
          .hasMessageContaining("GC is disabled");
    }
    lake.spark().sql("create table ops.mine as select * from land.parcel");
    lake.spark().sql("insert into ops.mine select * from land.parcel");
    lake.spark().sql("drop table ops.mine purge");
    lake.spark().sql("alter table land.parcel create branch mine");
    lake.spark().sql("insert into land.parcel.branch_mine select * from land.parcel");
    lake.spark().sql("alter table land.parcel drop branch mine");
    isWhole();
  }

  @Test
  void rowsChangedBehindAReleaseAndADroppedTagAreFoundAndPutBack() {
    lake = open(home);
    long released = lake.branches().head(PARCEL, "main").orElseThrow();
    behindTheGuard(
        table -> {
          deleteAll(table);
          table.manageSnapshots().removeTag("R20260301-1").commit();
        });
    long foreign = lake.branches().head(PARCEL, "main").orElseThrow();
    isBroken("TNMT-4006", "land.parcel", "main is at " + foreign, Long.toString(released));
    assertThatThrownBy(() -> new Verification(lake).requireAll())
        .hasMessageStartingWith("TNMT-4006");
    assertThat(repair(false)).isEmpty();
    isWhole();
    assertThat(lake.branches().head(PARCEL, "found_" + foreign)).hasValue(foreign);

    lake.catalog().loadTable(PARCEL).manageSnapshots().removeTag("R20260302-1").commit();
    isBroken("TNMT-4006", "land.parcel", "the tag R20260302-1 was moved or dropped");
    assertThat(repair(false)).isEmpty();
    isWhole();
  }

  @Test
  void aDroppedTableComesBack() {
    lake = open(home);
    lake.spark().sql("drop table land.parcel");
    isBroken("TNMT-4006", "land.parcel", "the table is gone");
    assertThat(repair(false)).isEmpty();
    isWhole();
  }

  @Test
  void aReleaseThatMeetsAMovedMainBeforeItsIntentIsRefusedWhole() {
    lake = open(home);
    Release third = pinned(lake, standardised(lake, 3, "4"));
    behindTheGuard(RepairTest::deleteAll);
    Releases releases = new Releases(lake);
    assertThatThrownBy(() -> releases.begin(third))
        .hasMessageStartingWith("TNMT-4006")
        .hasMessageContainingAll("land.parcel", "nothing was released");
    assertThat(releases.unfinished()).isEmpty();
    assertThat(repair(false)).isEmpty();
    releases.discardDeadRuns();
    isWhole();
  }

  @Test
  void aReleaseThatMeetsAMovedMainAfterItsIntentIsCarriedOn() {
    lake = open(home);
    Releases releases = new Releases(lake);
    Release third = pinned(lake, standardised(lake, 3, "4"));
    releases.begin(third);
    behindTheGuard(RepairTest::deleteAll);
    assertThatThrownBy(() -> releases.publish(third))
        .hasMessageStartingWith("TNMT-4006")
        .hasMessageContaining("./tnmt repair");
    assertThat(repair(false)).isEmpty();
    releases.publish(third);
    releases.finish(third);
    releases.requireUntouched();
    assertThat(parcels("")).isEqualTo(4);
  }

  @Test
  void orRolledBack() {
    lake = open(home);
    Releases releases = new Releases(lake);
    Release third = pinned(lake, standardised(lake, 3, "4"));
    releases.begin(third);
    releases.publish(third);
    assertThat(parcels("")).isEqualTo(4);
    behindTheGuard(RepairTest::deleteAll);
    assertThat(repair(true)).isEmpty();
    releases.discardDeadRuns();
    isWhole();
    assertThat(releases.unfinished()).isEmpty();
    assertThat(lake.branches().head(PARCEL, "R20260303-1")).isEmpty();
    night(lake, 3, "4");
    assertThat(parcels("")).isEqualTo(4);
  }

  @Test
  void damagedMetadataIsToldAtOnceAndAnEarlierOneServes() {
    lake = open(home);
    String location =
        ((BaseTable) lake.catalog().loadTable(PARCEL))
            .operations()
            .current()
            .metadataFileLocation();
    String key = URI.create(location).getPath().substring(1);
    byte[] bytes = lake.store().get(key);
    bytes[bytes.length / 2] ^= 0x40;
    bytes[bytes.length / 2 + 1] = 0;
    lake.store().put(key, bytes);
    reopen();
    Instant begun = Instant.now();
    isBroken("TNMT-4008", "land.parcel", location, "./tnmt repair");
    lake.store().delete(key);
    isBroken("TNMT-4008", "land.parcel", location, "./tnmt repair");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(repair(false)).isEmpty();
    isWhole();
  }
}

package vn.tnmt.lakehouse.transform.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.spark.Sessions;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Past;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Repair;
import vn.tnmt.lakehouse.transform.release.Verification;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Three nights of a land office, of which a retention of seven days and month ends keeps the
 * second, the last of its month, and the third.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaintenanceTest {
  private static final TableIdentifier PARCEL = TableIdentifier.parse("land.parcel");
  private static final TableIdentifier OWN = TableIdentifier.parse("land.own");
  private static final String FIRST = "R20260210-1";
  private static final String MONTH_END = "R20260228-1";
  private static final String LAST = "R20260314-1";

  /** Snapshots were made just now, and are looked at when nobody can be reading them any more. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

  @TempDir static Path dir;
  private static Lakehouse lake;
  private static final Map<String, String> manifestLists = new TreeMap<>();

  @BeforeAll
  static void threeNights() {
    Sessions.keepRunning();
    open();
    new Past(lake).require();
    night(LocalDate.of(2026, 2, 10), "1", "2");
    night(LocalDate.of(2026, 2, 28), "3");
    night(LocalDate.of(2026, 3, 14), "4");
  }

  private static void open() {
    Home home = Home.of(dir.resolve("home"));
    lake =
        Lakehouse.open(
            home,
            Settings.load(home, Optional.empty())
                .with("maintain.releaseDays", "7")
                .with("maintain.orphanDays", "1"));
  }

  @AfterAll
  static void close() {
    lake.close();
  }

  private static void night(LocalDate date, String... parcels) {
    Line[] lines = new Line[parcels.length];
    for (int i = 0; i < parcels.length; i++) {
      lines[i] = new Line("d" + date, "a.csv", i + 1, parcels[i], 100);
    }
    ParcelNights nights = new ParcelNights(lake);
    Release release = nights.release(nights.night(date, lines));
    Table table = lake.catalog().loadTable(PARCEL);
    manifestLists.put(
        release.releaseId(), table.snapshot(release.releaseId()).manifestListLocation());
  }

  private static boolean isThere(String location) {
    return lake.store().exists(URI.create(location).getPath().substring(1));
  }

  private static Maintenance maintenance(Budget budget) {
    return new Maintenance(lake, LATER, budget);
  }

  private static Maintenance.Done maintain(boolean dryRun) {
    return maintenance(Budget.of(Duration.ofMinutes(10))).run(dryRun, false);
  }

  private static long parcels(String version) {
    return lake.spark().sql("select * from land.parcel " + version).count();
  }

  private static void isAsReleased() {
    assertThat(parcels("")).isEqualTo(4);
    assertThat(parcels("version as of '" + LAST + "'")).isEqualTo(4);
    assertThat(parcels("version as of '" + MONTH_END + "'")).isEqualTo(3);
    new Releases(lake).requireUntouched();
    Verification verification = new Verification(lake);
    verification.require(new Releases(lake).find(MONTH_END));
    assertThat(verification.requireAll().releases()).isEqualTo(2);
    assertThat(Repair.plan(lake, false).steps()).isEmpty();
    assertThat(Repair.plan(lake, false).lost()).isEmpty();
  }

  @Test
  @Order(1)
  void aNightCountsFromItsFirstAndIsDueAfterDays() {
    Maintenance nightly = maintenance(Budget.of(Duration.ofMinutes(10)));
    assertThat(nightly.ifDue()).as("the first only begins to count").isEmpty();
    assertThat(nightly.ifDue()).isEmpty();
    assertThat(new Releases(lake).isKept(FIRST)).isTrue();
  }

  @Test
  @Order(2)
  void aDryRunSaysWhatWouldGoAndChangesNothing() {
    Maintenance.Done said = maintain(true);
    assertThat(said.releases()).containsExactly(FIRST);
    assertThat(said.tables())
        .anySatisfy(
            line -> {
              assertThat(line.table()).isEqualTo("land.parcel");
              assertThat(line.tags()).isEqualTo(1);
              assertThat(line.snapshots())
                  .as("the empty one that the first branch began with, and the release's")
                  .isEqualTo(2);
            });
    assertThat(new Releases(lake).find(FIRST).releaseId()).isEqualTo(FIRST);
    assertThat(parcels("version as of '" + FIRST + "'")).isEqualTo(2);
    assertThat(manifestLists.values()).allMatch(MaintenanceTest::isThere);
    assertThat(maintain(true)).isEqualTo(said);
  }

  @Test
  @Order(3)
  void whatWasDroppedByMistakeIsRepairedBeforeAnythingGoes() {
    lake.catalog().loadTable(PARCEL).manageSnapshots().removeTag(MONTH_END).commit();
    assertThatThrownBy(() -> maintain(false))
        .hasMessageStartingWith("TNMT-6005")
        .hasMessageContainingAll("land.parcel", MONTH_END, "./tnmt repair");
    assertThat(new Releases(lake).isKept(FIRST)).isTrue();
    Repair.plan(lake, false).steps().forEach(step -> step.action().run());
    assertThat(parcels("version as of '" + MONTH_END + "'")).isEqualTo(3);
  }

  @Test
  @Order(4)
  void aBudgetThatIsSpentLeavesTheRestForAnotherTime() {
    Table own =
        lake.catalog()
            .createTable(OWN, lake.catalog().loadTable(PARCEL).schema()); // somebody's own
    own.newAppend().commit();
    own.newAppend().commit();
    AtomicLong asked = new AtomicLong();
    // it begins with one look, and is spent with the fifth
    Maintenance.Done begun =
        maintenance(new Budget(Duration.ofNanos(4), asked::getAndIncrement)).run(false, false);
    assertThat(begun.finished()).isFalse();
    assertThat(begun.releases()).containsExactly(FIRST);
    assertThat(begun.tables().size()).isLessThanOrEqualTo(3);
    assertThatThrownBy(() -> new Releases(lake).find(FIRST)).hasMessageStartingWith("TNMT-6011");
    isAsReleased();
  }

  @Test
  @Order(5)
  void whatIsKeptIsReadAndWhatExpiredIsGone() {
    Maintenance.Done done = maintain(false);
    assertThat(done.finished()).isTrue();
    assertThat(done.releases()).as("they are said to have expired already").isEmpty();
    isAsReleased();
    assertThatThrownBy(() -> new Releases(lake).find(FIRST))
        .hasMessageStartingWith("TNMT-6011")
        .hasMessageContainingAll(
            FIRST, "không đọc được nữa từ 20", "maintain.releaseDays = 7", "./tnmt releases");
    Table table = lake.catalog().loadTable(PARCEL);
    assertThat(table.refs()).containsOnlyKeys("main", MONTH_END, LAST);
    assertThat(table.snapshots()).extracting(Snapshot::snapshotId).hasSize(2);
    assertThat(manifestLists.entrySet())
        .filteredOn(list -> isThere(list.getValue()))
        .extracting(Map.Entry::getKey)
        .containsExactly(MONTH_END, LAST);
    assertThat(lake.catalog().loadTable(OWN).snapshots()).as("their past is theirs").hasSize(2);
    assertThat(
            lake.spark()
                .sql("select release_id from ops.release where expired_at is not null order by 1")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(FIRST);
    assertThat(maintain(true).isNothing()).as("there is nothing left to do").isTrue();
    assertThat(maintain(false).isNothing()).isTrue();
  }

  @Test
  @Order(6)
  void whatARunThatDiedHasWrittenGoesWithItsBranch() {
    RunTables dead = new RunTables(lake, new RunId(LocalDate.of(2026, 3, 15), 1));
    dead.append("land.parcel", lake.spark().table("lake.land.parcel").limit(1));
    Table table = lake.catalog().loadTable(PARCEL);
    List<String> written = new ArrayList<>();
    SnapshotChanges.builderFor(table)
        .snapshot(table.snapshot(dead.branch()))
        .build()
        .addedDataFiles()
        .forEach(file -> written.add(file.location()));
    assertThat(written).hasSize(1);
    maintain(false);
    assertThat(isThere(written.get(0))).as("while the branch is there").isTrue();
    new Releases(lake).discardDeadRuns();
    new Maintenance(lake, Clock.systemUTC(), Budget.of(Duration.ofMinutes(10))).run(false, true);
    assertThat(isThere(written.get(0))).as("while somebody may be reading it").isTrue();
    maintain(false);
    assertThat(isThere(written.get(0))).isFalse();
    isAsReleased();
  }

  @Test
  @Order(7)
  void filesThatAreGoneAlreadyStopNothing() {
    Table table = lake.catalog().loadTable(PARCEL);
    table.newAppend().toBranch("x").commit();
    String list = table.snapshot("x").manifestListLocation();
    table.manageSnapshots().removeBranch("x").commit();
    table.io().deleteFile(list);
    Maintenance.Done done = maintain(false);
    assertThat(done.notes())
        .singleElement()
        .asString()
        .contains("land.parcel", "were gone already");
    assertThat(done.finished()).isTrue();
    assertThat(maintain(false).isNothing()).isTrue();
    isAsReleased();
  }

  @Test
  @Order(8)
  void objectsThatNothingNamesGoWhenTheyAreOld() {
    String folder = "warehouse/land/parcel/";
    List<String> orphans = List.of(folder + "data/left.parquet", folder + "metadata/left-m0.avro");
    orphans.forEach(key -> lake.store().put(key, new byte[] {1, 2, 3}));
    Maintenance now = new Maintenance(lake, Clock.systemUTC(), Budget.of(Duration.ofMinutes(10)));
    assertThat(now.run(false, true).orphans()).as("young ones stay").isEmpty();
    Maintenance later = maintenance(Budget.of(Duration.ofMinutes(10)));
    assertThat(later.run(true, true).orphans())
        .containsExactly(new Maintenance.Orphaned("land.parcel", 2, 6));
    assertThat(orphans).allMatch(lake.store()::exists);

    String newer = folder + "metadata/09999-x.metadata.json";
    lake.store().put(newer, new byte[] {'{', '}'});
    assertThat(later.run(false, true).notes())
        .singleElement()
        .asString()
        .contains("land.parcel: TNMT-4008", "09999-x", "./tnmt repair");
    assertThat(orphans).allMatch(lake.store()::exists);
    lake.store().delete(newer);

    Maintenance again = maintenance(Budget.of(Duration.ofMinutes(10)));
    assertThat(again.run(false, true).orphans())
        .containsExactly(new Maintenance.Orphaned("land.parcel", 2, 6));
    assertThat(orphans).noneMatch(lake.store()::exists);
    assertThat(maintenance(Budget.of(Duration.ofMinutes(10))).run(false, true).isNothing())
        .isTrue();
    isAsReleased();
  }

  @Test
  @Order(9)
  void healthIsCountedFromMetadata() {
    lake.store().put("warehouse/land/parcel/data/lost.parquet", new byte[] {1});
    Health.TableHealth parcel =
        new Health(lake, LATER)
            .tables(true).stream()
                .filter(table -> table.table().equals("land.parcel"))
                .findFirst()
                .orElseThrow();
    assertThat(parcel.rows()).isEqualTo(4);
    assertThat(parcel.files()).as("one a night").isEqualTo(3);
    assertThat(parcel.small()).isEqualTo(3);
    assertThat(parcel.deleteFiles()).isZero();
    assertThat(parcel.bytes()).isPositive();
    assertThat(parcel.snapshots()).isEqualTo(2);
    assertThat(parcel.compact()).as("fewer than eight").isZero();
    assertThat(parcel.orphans()).isEqualTo(1);
    lake.store().delete("warehouse/land/parcel/data/lost.parquet");
  }

  @Test
  @Order(10)
  void theNextNightGoesOn() {
    night(LocalDate.of(2026, 3, 15), "5");
    assertThat(parcels("")).isEqualTo(5);
    assertThat(new Verification(lake).requireAll().releases()).isEqualTo(3);
  }

  @Test
  @Order(11)
  void aCatalogueThatIsLostAfterwardsIsMadeAgain() throws Exception {
    lake.close();
    try (var files = Files.list(dir.resolve("home"))) {
      for (Path file : files.filter(f -> f.toString().contains("catalogue.db")).toList()) {
        Files.delete(file);
      }
    }
    open();
    Repair.Plan plan = Repair.plan(lake, false);
    plan.steps().forEach(step -> step.action().run());
    assertThat(plan.lost()).isEmpty();
    new Past(lake).require();
    assertThat(new Verification(lake).requireAll().releases()).isEqualTo(3);
    assertThat(parcels("version as of '" + MONTH_END + "'")).isEqualTo(3);
    assertThat(parcels("")).isEqualTo(5);
    assertThat(maintain(false).finished()).isTrue();
    assertThat(parcels("version as of '" + MONTH_END + "'")).isEqualTo(3);
  }

  @Test
  @Order(12)
  void aReleaseThatIsHalfMadeIsCarriedOnFirst() {
    Releases releases = new Releases(lake);
    Release release =
        releases.pin(
            new RunId(LocalDate.of(2026, 3, 16), 1),
            LATER.instant(),
            LATER.instant(),
            table -> "1",
            Definitions.NONE);
    releases.begin(release);
    assertThatThrownBy(() -> maintain(false))
        .hasMessageStartingWith("TNMT-6004")
        .hasMessageContainingAll("R20260316-1", "./tnmt nightly --date 2026-03-16");
    releases.publish(release);
    releases.finish(release);
    assertThat(maintain(false).finished()).isTrue();
    assertThat(parcels("")).isEqualTo(5);
  }
}

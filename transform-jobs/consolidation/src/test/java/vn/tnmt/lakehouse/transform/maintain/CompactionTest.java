package vn.tnmt.lakehouse.transform.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Past;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Verification;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/** Nights that each add or correct a parcel or two; six files of about one size become one. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompactionTest {
  @RegisterExtension
  static final LakehouseExtension LAKE =
      new LakehouseExtension(
          settings ->
              settings.with("maintain.compactFiles", "6").with("maintain.deletedShare", "0.5"));

  private static final String PARCEL = "land.parcel";
  private static int day;

  @BeforeAll
  static void tables() {
    new ParcelNights(LAKE.lakehouse());
    new Past(LAKE.lakehouse()).require();
  }

  private static Compaction compaction(Duration later, Duration budget) {
    return new Compaction(
        LAKE.lakehouse(), Clock.offset(Clock.systemUTC(), later), () -> Budget.of(budget));
  }

  private static List<String> night(String... statements) {
    return night(compaction(Duration.ZERO, Duration.ofMinutes(5)), statements);
  }

  /** Carries statements out on a run's branch, compacts and releases. */
  private static List<String> night(Compaction compaction, String... statements) {
    RunId run = new RunId(LocalDate.of(2026, 3, 1).plusDays(day++), 1);
    RunTables tables = new RunTables(LAKE.lakehouse(), run);
    tables.writable(PARCEL);
    for (String statement : statements) {
      LAKE.spark().sql(statement.formatted(tables.name(PARCEL)));
    }
    Releases releases = new Releases(LAKE.lakehouse());
    Map<String, Table> written = releases.tables();
    List<String> told = compaction.of(tables, written);
    Instant now = run.businessDate().atTime(20, 0).toInstant(ZoneOffset.UTC);
    Release release = releases.pin(written, run, now, now, table -> "1", Definitions.NONE);
    releases.begin(release);
    releases.publish(release);
    new RunLog(LAKE.lakehouse()).released(release, Releases.key(release));
    releases.finish(release);
    new Verification(LAKE.lakehouse()).require(release);
    return told;
  }

  private static String insert(int parcel) {
    return insert(parcel, parcel);
  }

  private static String insert(int from, int to) {
    Map<String, String> values =
        Map.of(
            "commune_code", "'00004'",
            "sheet_number", "'7'",
            "parcel_number", "string(id)",
            "area_m2", "100D");
    return table().schema().columns().stream()
        .map(column -> values.getOrDefault(column.name(), "NULL"))
        .collect(
            Collectors.joining(
                ", ", "INSERT INTO %s SELECT ", " FROM range(" + from + ", " + (to + 1) + ")"));
  }

  private static String correct(String parcels) {
    return "UPDATE %s SET area_m2 = 200 WHERE parcel_number " + parcels;
  }

  private static Table table() {
    return LAKE.lakehouse().catalog().loadTable(TableIdentifier.parse(PARCEL));
  }

  private static long total(String property) {
    return Long.parseLong(table().currentSnapshot().summary().getOrDefault(property, "0"));
  }

  private static List<String> parcels() {
    List<String> found = new ArrayList<>();
    LAKE.sql("select parcel_number, int(area_m2) from land.parcel")
        .forEach(row -> found.add(row.getString(0) + ":" + row.getInt(1)));
    return found;
  }

  @Test
  @Order(1)
  void fiveSmallFilesStandAndTheSixthMakesThemOne() {
    assertThat(night(insert(1), insert(2), insert(3), insert(4), insert(5))).isEmpty();
    assertThat(total("total-data-files")).isEqualTo(5);
    assertThat(night(insert(6)))
        .containsExactly("land.parcel: gộp 6 tệp thành 1 / 6 files became 1");
    assertThat(total("total-data-files")).isEqualTo(1);
    assertThat(parcels())
        .containsExactlyInAnyOrder("1:100", "2:100", "3:100", "4:100", "5:100", "6:100");
    assertThat(LAKE.sql("select * from land.parcel version as of 'R20260301-1'")).hasSize(5);
    Snapshot head = table().currentSnapshot();
    assertThat(head.operation()).isEqualTo("replace");
    assertThat(head.summary()).containsEntry(RunTables.RUN_PROPERTY, "2026-03-02-1");
  }

  @Test
  @Order(2)
  void deletedRowsGoWithTheFilesThatTellOfThem() {
    assertThat(night(correct("<= '3'"))).as("half of the file's six rows are deleted").hasSize(1);
    assertThat(total("total-data-files")).as("what stayed, and what was corrected").isEqualTo(2);
    assertThat(total("total-position-deletes")).as("none is left dangling").isZero();
    assertThat(total("total-delete-files")).isZero();
    assertThat(total("total-records")).isEqualTo(6);
    assertThat(SnapshotRows.of(table().currentSnapshot())).hasValue(6);
    assertThat(parcels())
        .containsExactlyInAnyOrder("1:200", "2:200", "3:200", "4:100", "5:100", "6:100");
  }

  @Test
  @Order(3)
  void aCorrectionOfFewRowsIsLeftAsItIs() {
    night(insert(11, 20));
    assertThat(night(correct("= '11'"))).isEmpty();
    assertThat(total("total-delete-files")).isEqualTo(1);
    assertThat(SnapshotRows.of(table().currentSnapshot())).hasValue(16);
    assertThat(parcels()).hasSize(16).contains("11:200", "12:100");
  }

  @Test
  @Order(4)
  void whatABudgetLeavesIsFoundByTheNextNightWhereverThatWrites() {
    List<String> told =
        night(compaction(Duration.ZERO, Duration.ZERO), insert(21), insert(22), insert(23));
    assertThat(told)
        .containsExactly("gộp tệp còn dở, làm tiếp đêm sau / compaction goes on in the next night");
    long files = total("total-data-files");
    assertThat(files).isEqualTo(7);
    RunId run = new RunId(LocalDate.of(2026, 3, 1).plusDays(day++), 1);
    RunTables tables = new RunTables(LAKE.lakehouse(), run);
    tables.writable("ops.delivery");
    assertThat(
            compaction(Duration.ZERO, Duration.ofMinutes(5))
                .of(tables, new Releases(LAKE.lakehouse()).tables()))
        .anyMatch(line -> line.startsWith("land.parcel: gộp "));
    assertThat(tables.written()).contains(PARCEL);
    assertThat(Compaction.files(table().snapshot(tables.branch()))).isLessThan(files);
    assertThat(LAKE.sql("select * from " + tables.name(PARCEL))).hasSize(19);
    new Releases(LAKE.lakehouse()).discardDeadRuns();
    assertThat(total("total-data-files"))
        .as("a night that is killed throws it away")
        .isEqualTo(files);
    assertThat(parcels()).hasSize(19);
  }

  @Test
  @Order(5)
  void aNightThatTouchesNothingBeginsNothing() {
    RunId run = new RunId(LocalDate.of(2026, 3, 1).plusDays(day++), 1);
    RunTables tables = new RunTables(LAKE.lakehouse(), run);
    assertThat(
            compaction(Duration.ZERO, Duration.ofMinutes(5))
                .of(tables, new Releases(LAKE.lakehouse()).tables()))
        .isEmpty();
    assertThat(tables.written()).isEmpty();
    assertThat(
            compaction(Duration.ofDays(31), Duration.ofMinutes(5))
                .of(tables, new Releases(LAKE.lakehouse()).tables()))
        .as("now and then it looks everywhere")
        .anyMatch(line -> line.startsWith("land.parcel: gộp "));
    new Releases(LAKE.lakehouse()).discardDeadRuns();
  }

  @Test
  @Order(6)
  void journalsAreCompactedOnMainAndTheNextNightGoesOn() {
    Table runs = LAKE.lakehouse().catalog().loadTable(TableIdentifier.parse("ops.run"));
    long rows = SnapshotRows.of(runs.currentSnapshot()).orElseThrow();
    List<String> told =
        compaction(Duration.ZERO, Duration.ofMinutes(5))
            .ofJournals(Budget.of(Duration.ofMinutes(5)));
    assertThat(told).anyMatch(line -> line.startsWith("ops.run: gộp "));
    runs.refresh();
    assertThat(SnapshotRows.of(runs.currentSnapshot())).hasValue(rows);
    assertThat(Compaction.tasks(runs, runs.currentSnapshot(), Expressions.alwaysTrue())).hasSize(1);
    new Releases(LAKE.lakehouse()).requireUntouched();
    night(insert(31));
    assertThat(parcels()).hasSize(20);
    new Verification(LAKE.lakehouse()).requireAll();
  }
}

package vn.tnmt.lakehouse.transform.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * A night that stood still, and the night that took the lake over from it. In a home's own
 * catalogue the second one need not wait: it holds the home's lock.
 */
@Tag("slow")
final class TwoHoldersTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("t", "a");
  private static final RunId RUN = new RunId(LocalDate.of(2026, 3, 14), 1);
  private static final Instant NOON = Instant.parse("2026-03-15T05:00:00Z");

  @TempDir Path dir;

  private Lakehouse open() {
    Home home = Home.of(dir.resolve("home"));
    return Lakehouse.open(home, Settings.load(home, Optional.empty()));
  }

  private Lakehouse night() {
    Lakehouse lake = open();
    lake.take(
        Past.knownId(lake.home(), lake.store()),
        "nightly",
        () -> Past.beginning(lake.store()),
        holder -> {});
    return Past.agreed(lake);
  }

  private static void makeTable(Lakehouse lake) {
    ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("t"));
    lake.catalog()
        .createTable(TABLE, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
  }

  private static AppendFiles append(Lakehouse lake, String name, String branch) {
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("s3://tnmt/" + name + ".parquet")
            .withFileSizeInBytes(10)
            .withRecordCount(1)
            .build();
    return lake.catalog().loadTable(TABLE).newAppend().appendFile(file).toBranch(branch);
  }

  private static String branch(Lakehouse lake) {
    return RUN.branch(lake.epoch());
  }

  private static Release run(Lakehouse lake, String file) {
    lake.branches().create(List.of(TABLE), branch(lake));
    append(lake, file, branch(lake)).commit();
    return new Releases(lake).pin(RUN, NOON, NOON, table -> "1", Definitions.NONE);
  }

  private static long main(Lakehouse lake) {
    return lake.branches().head(TABLE, SnapshotRef.MAIN_BRANCH).orElse(-1);
  }

  private static List<String> branches(Lakehouse lake) {
    return lake.catalog().loadTable(TABLE).refs().keySet().stream()
        .filter(name -> name.startsWith("run_"))
        .sorted()
        .toList();
  }

  @Test
  void aLateNightReleasesNothing() {
    try (Lakehouse late = night()) {
      makeTable(late);
      Release ofLate = run(late, "late");
      assertThat(branches(late)).containsExactly("run_2026_03_14_1_e1");
      try (Lakehouse now = night()) {
        assertThatThrownBy(() -> new Releases(late).stage(ofLate))
            .hasMessageStartingWith("TNMT-6009");
        assertThatThrownBy(() -> new Releases(late).begin(ofLate))
            .hasMessageStartingWith("TNMT-6009");
        assertThat(new Releases(now).unfinished()).as("what it wrote does not count").isEmpty();

        new Releases(now).discardDeadRuns();
        assertThat(branches(now)).isEmpty();
        Release ofNow = run(now, "now");
        assertThatThrownBy(() -> new Releases(late).discardDeadRuns())
            .hasMessageStartingWith("TNMT-6009");
        assertThat(branches(now)).containsExactly("run_2026_03_14_1_e2");

        Releases releases = new Releases(now);
        releases.begin(ofNow);
        assertThat(now.store().exists("releases/publishing-2.json")).isTrue();
        releases.publish(ofNow);
        releases.finish(ofNow);
        assertThat(main(now)).isEqualTo(ofNow.tables().get(0).snapshotId());
        assertThat(branches(now)).isEmpty();
        assertThat(now.store().exists("releases/publishing-2.json")).isFalse();
        assertThat(releases.unfinished()).isEmpty();
        assertThat(releases.newest()).contains(ofNow);
        assertThatThrownBy(() -> new Releases(late).finish(ofLate))
            .hasMessageStartingWith("TNMT-6009");
        assertThat(releases.newest()).contains(ofNow);
      }
    }
  }

  /** A catalogue of others asks for no number: what comes late is where nobody reads. */
  @Test
  void whatALateOneCommitsIsOnABranchOfItsOwn() {
    try (Lakehouse late = night()) {
      makeTable(late);
      String its = branch(late);
      run(late, "in time");
      try (Lakehouse now = night();
          Lakehouse unguarded = open()) {
        new Releases(now).discardDeadRuns();
        Release release = run(now, "now");
        append(unguarded, "late", its).commit();
        assertThat(branches(now)).containsExactly(its, branch(now));
        Release again = new Releases(now).pin(RUN, NOON, NOON, table -> "1", Definitions.NONE);
        assertThat(again.tables()).isEqualTo(release.tables());
        new Releases(now).discardDeadRuns();
        assertThat(branches(now)).isEmpty();
      }
    }
  }

  @Test
  void aReleaseThatWasBegunIsCarriedOnByTheNext() {
    Release begun;
    try (Lakehouse first = night()) {
      makeTable(first);
      begun = run(first, "a");
      new Releases(first).begin(begun);
    }
    try (Lakehouse next = night()) {
      Releases releases = new Releases(next);
      assertThat(releases.unfinished()).contains(begun);
      releases.begin(begun);
      assertThat(next.store().children("releases/")).contains("publishing-2.json");
      assertThat(next.store().children("releases/")).doesNotContain("publishing-1.json");
      releases.publish(begun);
      releases.finish(begun);
      assertThat(releases.unfinished()).isEmpty();
      assertThat(main(next)).isEqualTo(begun.tables().get(0).snapshotId());
      assertThat(branches(next)).isEmpty();
    }
  }

  @Test
  void aCatalogueThatWasLostTakesTheIntentFromTheStore() throws Exception {
    Release begun;
    try (Lakehouse first = night()) {
      makeTable(first);
      begun = run(first, "a");
      new Releases(first).begin(begun);
    }
    for (String file : List.of("catalogue.db", "catalogue.db-wal", "catalogue.db-shm")) {
      Files.deleteIfExists(dir.resolve("home").resolve(file));
    }
    try (Lakehouse reads = open()) {
      assertThat(new Releases(reads).unfinished()).contains(begun);
    }
    try (Lakehouse repairs = open()) {
      repairs.take("", "repair", () -> Past.beginning(repairs.store()), holder -> {});
      assertThat(new Releases(repairs).unfinished()).contains(begun);
      assertThat(repairs.epoch()).as("above all that were").isGreaterThan(3_000_000);
    }
  }

  /** It had lost the lease between writing the intent and having it named. */
  @Test
  void whatALateHolderWroteIsNoIntentForALostCatalogueEither() throws Exception {
    Release late;
    try (Lakehouse first = night()) {
      makeTable(first);
      late = run(first, "a");
      Releases releases = new Releases(first);
      releases.begin(late);
      releases.publish(late);
      releases.finish(late);
      // The same again in the store, as if begun after another release of which it knows nothing.
      first.store().put("releases/publishing-99.json", Files.readAllBytes(object("newest.json")));
      first
          .store()
          .put(
              "releases/newest.json",
              new String(Files.readAllBytes(object("newest.json")), UTF_8)
                  .replace(late.releaseId(), "R20990101-1")
                  .getBytes(UTF_8));
    }
    for (String file : List.of("catalogue.db", "catalogue.db-wal", "catalogue.db-shm")) {
      Files.deleteIfExists(dir.resolve("home").resolve(file));
    }
    try (Lakehouse reads = open()) {
      assertThat(new Releases(reads).unfinished()).isEmpty();
    }
  }

  private Path object(String name) {
    return dir.resolve("home/s3/tnmt/releases").resolve(name);
  }

  @Test
  void aNewLakeBeginsWithOne() {
    try (Lakehouse lake = open()) {
      assertThat(Past.beginning(lake.store())).isEqualTo(new Lease.Start(0, ""));
      lake.store().put("releases/R20260314-1.json", new byte[0]);
      // 2026-03-15T05:00Z is 2265 days and 5 hours after 2020-01-01T00:00Z
      assertThat(Intent.beginning(lake.store(), Clock.fixed(NOON, ZoneOffset.UTC)))
          .isEqualTo(new Lease.Start((2265 * 24 + 5) * 60, ""));
    }
  }
}

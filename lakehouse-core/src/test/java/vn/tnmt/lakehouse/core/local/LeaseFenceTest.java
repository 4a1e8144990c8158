package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Holder;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;

/** One that comes back late commits nothing. */
final class LeaseFenceTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("t", "a");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  @TempDir Path dir;

  private static DataFile file(String name) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("s3://tnmt/" + name + ".parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  private static Lakehouse holding(Home home, String command) {
    Lakehouse lake = Lakehouse.open(home, Settings.load(home, Optional.empty()));
    lake.take("", command, Lease.Beginning.NEW, holder -> {});
    return lake;
  }

  /** In a home's own catalogue whoever comes later is right: it holds the home's lock. */
  @Test
  @Tag("slow")
  void aLateHolderIsRefusedByTheCatalogue() {
    Home home = Home.of(dir.resolve("home"));
    try (Lakehouse late = holding(home, "nightly");
        Lakehouse now = holding(home, "repair")) {
      ((SupportsNamespaces) now.catalog()).createNamespace(Namespace.of("t"));
      Table table = now.catalog().createTable(TABLE, SCHEMA);
      assertThatThrownBy(
              () -> late.catalog().loadTable(TABLE).newAppend().appendFile(file("x")).commit())
          .isInstanceOf(ForbiddenException.class)
          .satisfies(
              e ->
                  assertThat(Faults.of(e).orElseThrow())
                      .hasMessageStartingWith("TNMT-6009")
                      .hasMessageContaining("(repair)"));
      assertThatThrownBy(() -> late.catalog().dropTable(TABLE, false))
          .isInstanceOf(ForbiddenException.class);
      assertThatThrownBy(() -> late.lease().orElseThrow().confirm())
          .hasMessageStartingWith("TNMT-6009");
      assertThatThrownBy(() -> late.spark().sql("insert into t.a values (1)"))
          .satisfies(
              e -> assertThat(Faults.of(e).orElseThrow()).hasMessageStartingWith("TNMT-6009"));
      table.newAppend().appendFile(file("y")).commit();
      table.refresh();
      assertThat(table.snapshots()).hasSize(1);
      assertThat(now.leaseState().orElseThrow().epoch()).isEqualTo(2);
    }
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertThatThrownBy(() -> LeaseFence.pass(database(), Optional.of("x"), () -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(LeaseFence.HEADER);
  }

  private JdbcCatalog database() {
    InMemoryFileIO files = new InMemoryFileIO();
    JdbcCatalog catalogue =
        new JdbcCatalog(given -> files, given -> new LeaseFence.Connections("lake", given), true);
    catalogue.initialize(
        "lake",
        Map.of(
            "uri", "jdbc:sqlite:" + dir.resolve("catalogue.db") + "?busy_timeout=25000",
            "warehouse", "memory://w",
            "jdbc.schema-version", "V1"));
    return catalogue;
  }

  private static Lease take(JdbcCatalog catalogue, String command) {
    return Lease.acquire(
        LeaseRegister.of(catalogue),
        "",
        new Lease.Request(
            Holder.here(command),
            Duration.ofMinutes(1),
            Duration.ZERO,
            Lease.Beginning.NEW,
            holder -> {}));
  }

  @Test
  void ofManyThatAskADatabaseAtOnceOneHasIt() {
    database().close();
    AtomicInteger refused = new AtomicInteger();
    Queue<Lease> taken = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            i -> {
              try (JdbcCatalog mine = database()) {
                taken.add(take(mine, "night " + i));
              } catch (TnmtException e) {
                assertThat(e).hasMessageStartingWith("TNMT-6008");
                refused.incrementAndGet();
              }
            });
    assertThat(taken).hasSize(1);
    assertThat(refused).hasValue(7);
    taken.forEach(Lease::close);
  }

  /** It stood still between the look at the lease and the statement that commits. */
  @Test
  void theStatementThatCommitsLooksAgain() throws Exception {
    JdbcCatalog catalogue = database();
    catalogue.createNamespace(Namespace.of("t"));
    Table table = catalogue.createTable(TABLE, SCHEMA);
    Optional<String> epoch;
    try (Lease first = take(catalogue, "nightly")) {
      epoch = Optional.of(Long.toString(first.epoch()));
      LeaseFence.pass(
          catalogue,
          epoch,
          () -> {
            table.newAppend().appendFile(file("in time")).commit();
            return null;
          });
    }
    table.updateProperties().set("commit.retry.num-retries", "0").commit();
    table.refresh();
    String stands = table.currentSnapshot().manifestListLocation();
    Table read = catalogue.loadTable(TABLE);
    try (JdbcCatalog other = database()) {
      assertThatThrownBy(
              () ->
                  LeaseFence.pass(
                      catalogue,
                      epoch,
                      () -> {
                        take(other, "repair").close();
                        read.newAppend().appendFile(file("late")).commit();
                        return null;
                      }))
          .isInstanceOf(CommitFailedException.class);
      assertThatThrownBy(() -> LeaseFence.pass(catalogue, epoch, () -> null))
          .isInstanceOf(ForbiddenException.class)
          .hasMessageStartingWith("TNMT-6009");
    }
    assertThat(catalogue.loadTable(TABLE).currentSnapshot().manifestListLocation())
        .isEqualTo(stands);
    catalogue.close();
  }
}

package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lease.Holder;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.ingestion.collect.jdbc.DatabaseServer;

/** The lease in the database that hosts share in production; here, because its server is. */
@Tag("slow")
final class LeaseOnPostgresTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("t", "a");

  @TempDir static Path dir;
  private static DatabaseServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = DatabaseServer.postgres(dir);
    catalogue("lake").close();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static JdbcCatalog catalogue(String name) {
    InMemoryFileIO files = new InMemoryFileIO();
    JdbcCatalog catalogue =
        new JdbcCatalog(given -> files, given -> new LeaseFence.Connections(name, given), true);
    catalogue.initialize(
        name,
        Map.of(
            "uri",
            server.url(),
            "jdbc.user",
            server.user(),
            "jdbc.password",
            DatabaseServer.PASSWORD,
            "warehouse",
            "memory://w",
            "jdbc.schema-version",
            "V1"));
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
  void ofManyAtOnceOneHasIt() {
    AtomicInteger refused = new AtomicInteger();
    Queue<Lease> taken = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            i -> {
              try (JdbcCatalog mine = catalogue("many")) {
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

  @Test
  void theStatementThatCommitsLooksAtTheLease() throws Exception {
    try (JdbcCatalog late = catalogue("lake");
        JdbcCatalog now = catalogue("lake")) {
      late.createNamespace(Namespace.of("t"));
      Table table =
          late.createTable(
              TABLE, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
      table.updateProperties().set("commit.retry.num-retries", "0").commit();
      Optional<String> epoch;
      try (Lease first = take(late, "nightly")) {
        epoch = Optional.of(Long.toString(first.epoch()));
        LeaseFence.pass(late, epoch, () -> set(late, "in time"));
      }
      assertThatThrownBy(
              () ->
                  LeaseFence.pass(
                      late,
                      epoch,
                      () -> {
                        take(now, "repair").close();
                        return set(late, "late");
                      }))
          .isInstanceOf(CommitFailedException.class);
      assertThat(late.loadTable(TABLE).properties()).containsEntry("who", "in time");
    }
  }

  private static boolean set(JdbcCatalog catalogue, String who) {
    catalogue.loadTable(TABLE).updateProperties().set("who", who).commit();
    return true;
  }
}

package vn.tnmt.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lease.Holder;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.core.testing.OtherProcess;

/** Two processes with homes of their own, over one store and one catalogue's database. */
@Tag("slow")
final class TwoHostsTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("t", "a");

  /** Its object store serves both. */
  @RegisterExtension static final LakehouseExtension STORE = new LakehouseExtension();

  @TempDir Path dir;

  private final List<Holder> waitedFor = new CopyOnWriteArrayList<>();

  @Test
  void oneThatStoodStillIsTakenOverAndCommitsNothingAnyMore() throws Exception {
    Path conf = configuration();
    try (OtherProcess late =
        OtherProcess.start(Host.class, dir.resolve("a").toString(), conf.toString())) {
      assertThat(late.readLine()).isEqualTo("epoch 1");
      try (Lakehouse refused = open(dir.resolve("b"), conf, "0")) {
        assertThatThrownBy(() -> take(refused))
            .hasMessageStartingWith("TNMT-6008")
            .hasMessageContaining("process " + late.pid() + " (nightly)");
      }
      signal("-STOP", late);
      try (Lakehouse next = open(dir.resolve("b"), conf, "120")) {
        long began = System.nanoTime();
        take(next);
        assertThat(System.nanoTime() - began).isGreaterThan(9_000_000_000L);
        assertThat(waitedFor).extracting(Holder::process).containsOnly(late.pid());
        Table table = next.catalog().loadTable(TABLE);
        table.newAppend().appendFile(file("b")).commit();

        signal("-CONT", late);
        late.writeLine("commit");
        assertThat(late.readLine()).startsWith("TNMT-6009").contains("(repair)");
        table.refresh();
        assertThat(table.snapshots()).hasSize(1);
        next.lease().orElseThrow().confirm();
      }
    }
  }

  @Test
  void oneThatWasKilledOnThisHostIsNotWaitedFor() throws Exception {
    Path conf = configuration();
    try (OtherProcess killed =
        OtherProcess.start(Host.class, dir.resolve("a").toString(), conf.toString())) {
      assertThat(killed.readLine()).isEqualTo("epoch 1");
      killed.kill();
    }
    try (Lakehouse next = open(dir.resolve("b"), conf, "0")) {
      take(next);
      assertThat(next.epoch()).isEqualTo(2);
    }
    assertThat(waitedFor).isEmpty();
  }

  private void take(Lakehouse lake) {
    lake.take("", "repair", Lease.Beginning.NEW, waitedFor::add);
  }

  private Path configuration() throws IOException {
    var store = STORE.lakehouse().access().store();
    Path credentials =
        Files.writeString(
            dir.resolve("store.yaml"),
            "store:\n  accessKey: %s\n  secretKey: %s\n"
                .formatted(store.accessKey(), store.secretKey()));
    return Files.writeString(
        dir.resolve("conf.yaml"),
        """
        store:
          kind: s3
          endpoint: %s
          credentials: %s
          warehouse: %s
        catalogue.jdbc.url: jdbc:sqlite:%s?journal_mode=WAL&busy_timeout=25000
        lease.seconds: 10
        """
            .formatted(store.endpoint(), credentials, dir.getFileName(), dir.resolve("shared.db")));
  }

  private static Lakehouse open(Path home, Path conf, String wait) {
    Home at = Home.of(home);
    return Lakehouse.open(at, Settings.load(at, Optional.of(conf)).with("lease.waitSeconds", wait));
  }

  private static void signal(String which, OtherProcess process) throws Exception {
    assertThat(new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  private static DataFile file(String name) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("s3://tnmt/" + name + ".parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  /** Takes the lease, makes a table, and commits to it when it is told to. */
  static final class Host {
    public static void main(String[] arguments) throws IOException {
      try (Lakehouse lake = open(Path.of(arguments[0]), Path.of(arguments[1]), "0")) {
        lake.take("", "nightly", Lease.Beginning.NEW, holder -> {});
        ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of("t"));
        Table table =
            lake.catalog()
                .createTable(
                    TABLE, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
        System.out.println("epoch " + lake.epoch());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (in.readLine() != null) {
          try {
            table.newAppend().appendFile(file("a")).commit();
            System.out.println("committed");
          } catch (RuntimeException e) {
            System.out.println(Faults.told(e).replace('\n', ' '));
          }
        }
      }
    }
  }
}

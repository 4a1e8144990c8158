package vn.tnmt.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;

@Tag("slow")
final class BranchesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  private Branches branches;
  private TableIdentifier table;

  @BeforeEach
  void emptyTable() {
    SupportsNamespaces namespaces = (SupportsNamespaces) LAKE.lakehouse().catalog();
    if (!namespaces.namespaceExists(Namespace.of("b"))) {
      namespaces.createNamespace(Namespace.of("b"));
    }
    table = TableIdentifier.of("b", "t" + NUMBER.incrementAndGet());
    LAKE.lakehouse().catalog().createTable(table, SCHEMA);
    branches = LAKE.lakehouse().branches();
  }

  @Test
  void anEmptyTableGetsABranchAndItsFirstReleaseMakesMain() {
    branches.create(List.of(table), "run_1");
    assertThat(branches.head(table, "main")).isEmpty();
    append("run_1");
    long written = branches.head(table, "run_1").orElseThrow();
    branches.release(table, written, "release_1", "run_1");
    assertThat(branches.head(table, "run_1")).isEmpty();
    assertThat(branches.head(table, "main")).hasValue(written);
    assertThat(branches.head(table, "release_1")).hasValue(written);
  }

  @Test
  void everyStepMayBeRepeated() {
    append("main");
    branches.create(List.of(table), "run_1");
    append("run_1");
    long written = branches.head(table, "run_1").orElseThrow();
    branches.create(List.of(table), "run_1");
    assertThat(branches.head(table, "run_1")).as("the branch stays").hasValue(written);
    branches.release(table, written, "release_1", "run_1");
    branches.release(table, written, "release_1", "run_1");
    assertThat(branches.head(table, "run_1")).isEmpty();
    assertThat(branches.head(table, "main")).hasValue(written);
    assertThat(branches.head(table, "release_1")).hasValue(written);
  }

  @Test
  void mainNeverGoesBack() {
    append("main");
    long early = branches.head(table, "main").orElseThrow();
    append("main");
    long late = branches.head(table, "main").orElseThrow();
    branches.release(table, early, "release_1", "");
    assertThat(branches.head(table, "main")).hasValue(late);
  }

  @Test
  void aBranchThatMainHasLeftIsRefused() {
    append("main");
    branches.create(List.of(table), "run_1");
    append("run_1");
    append("main");
    long main = branches.head(table, "main").orElseThrow();
    long written = branches.head(table, "run_1").orElseThrow();
    assertThatThrownBy(() -> branches.release(table, written, "release_1", "run_1"))
        .hasMessageStartingWith("TNMT-4006")
        .hasMessageContaining(table.toString());
    assertThatThrownBy(() -> branches.release(table, 1L, "release_1", ""))
        .hasMessageStartingWith("TNMT-4006")
        .hasMessageContaining("no snapshot 1");
    assertThat(branches.head(table, "main")).hasValue(main);
    assertThat(branches.head(table, "run_1")).as("what was found stays").hasValue(written);
  }

  @Test
  void aTagNeverMoves() {
    append("main");
    branches.tag(table, "release_1", branches.head(table, "main").orElseThrow());
    append("main");
    long later = branches.head(table, "main").orElseThrow();
    assertThatThrownBy(() -> branches.tag(table, "release_1", later))
        .hasMessageStartingWith("TNMT-4006");
  }

  @Test
  void sparkReadsAndWritesABranch() {
    branches.create(List.of(table), "run_2026_11_22_1");
    String branch = Branches.identifier(table, "run_2026_11_22_1");
    LAKE.sql("insert into " + branch + " select id from range(5)");
    LAKE.sql(
        "merge into "
            + branch
            + " t using (select 1L as id) s on t.id = s.id when matched then delete");
    assertThat(LAKE.spark().table(branch).count()).isEqualTo(4);
    assertThat(LAKE.spark().table(Branches.identifier(table)).count()).isZero();
    branches.release(
        table,
        branches.head(table, "run_2026_11_22_1").orElseThrow(),
        "release_1",
        "run_2026_11_22_1");
    assertThat(LAKE.spark().table(Branches.identifier(table)).count()).isEqualTo(4);
  }

  private void append(String branch) {
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("s3://tnmt/" + NUMBER.incrementAndGet() + ".parquet")
            .withFileSizeInBytes(100)
            .withRecordCount(1)
            .build();
    LAKE.lakehouse()
        .catalog()
        .loadTable(table)
        .newFastAppend()
        .appendFile(file)
        .toBranch(branch)
        .commit();
  }
}

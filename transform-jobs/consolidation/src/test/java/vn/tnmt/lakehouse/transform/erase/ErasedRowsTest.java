package vn.tnmt.lakehouse.transform.erase;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/** A table whose corrections are marked by position, as standard tables are. */
@Tag("slow")
class ErasedRowsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final String TABLE = "thu.so";

  @BeforeAll
  static void table() {
    LAKE.sql("create namespace lake.thu");
    LAKE.sql(
        "create table lake.thu.so (k int, v string) tblproperties ('write.delete.mode' ="
            + " 'merge-on-read', 'write.delete.granularity' = 'partition')");
    // Two files; the rows that are gone from both stand in one file of deletes.
    LAKE.sql(
        "insert into lake.thu.so select /*+ coalesce(1) */ * from values (1,'a'),(2,'b'),(3,'c')");
    LAKE.sql(
        "insert into lake.thu.so select /*+ coalesce(1) */ * from values (11,'d'),(12,'e'),(13,'f')");
    LAKE.sql("insert into lake.thu.so select /*+ coalesce(1) */ * from values (21,'g'),(22,'h')");
    LAKE.sql("delete from lake.thu.so where k in (2, 12)");
  }

  private static RunTables run(int number) {
    return new RunTables(LAKE.lakehouse(), new RunId(LocalDate.of(2026, 3, 2), number));
  }

  private static List<Integer> keys(String table) {
    return LAKE.sql("select k from " + table + " order by k").stream()
        .map(row -> row.getInt(0))
        .toList();
  }

  @Test
  void theRowIsInNoFileAndWhatWasDeletedStaysSo() {
    RunTables tables = run(1);
    assertThat(ErasedRows.erase(tables, TABLE, col("k").equalTo(3))).isEqualTo(1);
    assertThat(keys(tables.name(TABLE))).containsExactly(1, 11, 13, 21, 22);
    assertThat(keys("lake.thu.so")).as("as readers see it").containsExactly(1, 3, 11, 13, 21, 22);

    Table table = LAKE.lakehouse().catalog().loadTable(TableIdentifier.parse(TABLE));
    Snapshot head = table.snapshot(tables.branch());
    assertThat(SnapshotRows.of(head)).as("deletes that meet nothing count for nothing").hasValue(5);
    List<FileScanTask> files =
        StreamSupport.stream(
                table.newScan().useSnapshot(head.snapshotId()).planFiles().spliterator(), false)
            .toList();
    assertThat(files).allSatisfy(file -> assertThat(file.deletes()).isEmpty());
    assertThat(
            LAKE.spark()
                .read()
                .parquet(
                    files.stream()
                        .map(FileScanTask::file)
                        .map(ContentFile::location)
                        .map(at -> at.replaceFirst("^s3:", "s3a:"))
                        .toArray(String[]::new))
                .where("k in (2, 3, 12)")
                .count())
        .isZero();
    assertThat(head.allManifests(table.io()))
        .as("no manifest tells of files that were taken out")
        .allSatisfy(manifest -> assertThat(manifest.deletedFilesCount()).isZero());
  }

  @Test
  void allRowsOrNone() {
    RunTables tables = run(2);
    assertThat(ErasedRows.erase(tables, TABLE, col("k").equalTo(404))).isZero();
    assertThat(tables.name(TABLE)).as("no branch is made for nothing").isEqualTo("lake.thu.so");
    assertThat(ErasedRows.erase(tables, TABLE, col("k").gt(lit(0)))).isEqualTo(6);
    assertThat(keys(tables.name(TABLE))).isEmpty();
    assertThat(tables.rows(TABLE)).isZero();
  }
}

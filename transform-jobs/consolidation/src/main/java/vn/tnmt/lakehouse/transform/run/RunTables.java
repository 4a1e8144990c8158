package vn.tnmt.lakehouse.transform.run;

import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;

/**
 * The lakehouse's tables as one run sees them: what the run wrote is on its branch, everything else
 * is as released. A branch is made when a table is first written, so that a table that the night
 * does not touch costs nothing.
 */
public final class RunTables {
  /** Snapshot summary property that names the run of a commit. */
  public static final String RUN_PROPERTY = "tnmt.run-id";

  private final SparkSession spark;
  private final Catalog catalog;
  private final Branches branches;
  private final RunId run;
  private final Set<String> written = new ConcurrentSkipListSet<>();

  public RunTables(Lakehouse lake, RunId run) {
    this.spark = lake.spark();
    this.catalog = lake.catalog();
    this.branches = lake.branches();
    this.run = run;
  }

  public RunId run() {
    return run;
  }

  public SparkSession spark() {
    return spark;
  }

  /** Tables that this run has written, for example {@code monitoring.observation}. */
  public Set<String> written() {
    return Set.copyOf(written);
  }

  /** The name under which Spark reads {@code table} as this run sees it. */
  public String name(String table) {
    TableIdentifier identifier = TableIdentifier.parse(table);
    return written.contains(table)
        ? Branches.identifier(identifier, run.branch())
        : Branches.identifier(identifier);
  }

  public Dataset<Row> read(String table) {
    return spark.table(name(table));
  }

  public Table table(String table) {
    return catalog.loadTable(TableIdentifier.parse(table));
  }

  /** Appends rows in one commit; columns are matched by name. */
  public void append(String table, Dataset<Row> rows) {
    writable(table);
    try {
      rows.writeTo(name(table))
          .option("snapshot-property." + RUN_PROPERTY, run.toString())
          .append();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw missing(table, e);
    }
  }

  /**
   * Inserts rows whose key is new and overwrites those whose key is there and whose content
   * differs, in one commit. A table that holds exactly these rows already is left as it is.
   *
   * @param touched condition on the table's columns that holds for every standing row of these
   *     keys; empty when nothing is known
   */
  public void merge(String table, Dataset<Row> rows, List<String> key, String touched) {
    writable(table);
    if (isEmpty(table)) {
      append(table, rows);
      return;
    }
    String view = "merge_" + table.replace('.', '_');
    rows.createOrReplaceTempView(view);
    String on = key.stream().map(k -> "t." + k + " = s." + k).collect(Collectors.joining(" AND "));
    String target = name(table);
    String same =
        Arrays.stream(rows.columns())
            .filter(c -> !key.contains(c))
            .map(c -> "t." + c + " <=> s." + c)
            .collect(Collectors.joining(" AND "));
    String sql =
        "MERGE INTO "
            + target
            + " t USING "
            + view
            + " s ON "
            + on
            + (touched.isEmpty() ? "" : " AND " + touched)
            + (same.isEmpty() ? "" : " WHEN MATCHED AND NOT (" + same + ") THEN UPDATE SET *")
            + " WHEN NOT MATCHED THEN INSERT *";
    try {
      CommitMetadata.withCommitProperties(
          Map.of(RUN_PROPERTY, run.toString()), () -> spark.sql(sql), RuntimeException.class);
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  /**
   * As {@link #merge}, and deletes the rows of these keys, in the same commit. All partitions are
   * looked into.
   *
   * @param gone the key's columns; none of them is a key of {@code rows}
   */
  public void mergeAndRemove(String table, Dataset<Row> rows, Dataset<Row> gone, List<String> key) {
    writable(table);
    Dataset<Row> source = rows.withColumn("_gone", lit(false));
    Dataset<Row> keys = gone.withColumn("_gone", lit(true));
    String view = "merge_" + table.replace('.', '_');
    source.unionByName(keys, true).createOrReplaceTempView(view);
    String on = key.stream().map(k -> "t." + k + " = s." + k).collect(Collectors.joining(" AND "));
    String columns = String.join(", ", rows.columns());
    String values =
        Arrays.stream(rows.columns()).map(c -> "s." + c).collect(Collectors.joining(", "));
    String updates =
        Arrays.stream(rows.columns()).map(c -> c + " = s." + c).collect(Collectors.joining(", "));
    String sql =
        "MERGE INTO %s t USING %s s ON %s WHEN MATCHED AND s._gone THEN DELETE"
                .formatted(name(table), view, on)
            + " WHEN MATCHED THEN UPDATE SET "
            + updates
            + " WHEN NOT MATCHED AND NOT s._gone THEN INSERT (%s) VALUES (%s)"
                .formatted(columns, values);
    try {
      CommitMetadata.withCommitProperties(
          Map.of(RUN_PROPERTY, run.toString()), () -> spark.sql(sql), RuntimeException.class);
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  /** Takes a delivery's rows out of a table again, as long as readers do not see them. */
  public void withdraw(String table, String deliveryId) {
    CommitMetadata.withCommitProperties(
        Map.of(RUN_PROPERTY, run.toString()),
        () ->
            spark.sql(
                "DELETE FROM %s WHERE business_date = DATE '%s' AND delivery_id = '%s'"
                    .formatted(name(table), run.businessDate(), deliveryId)),
        RuntimeException.class);
  }

  private boolean isEmpty(String table) {
    Table loaded = table(table);
    Snapshot head = loaded.snapshot(run.branch());
    return head == null || "0".equals(head.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  /** Makes the run's branch of the table, when it has none yet. */
  public void writable(String table) {
    if (written.contains(table)) {
      return;
    }
    branches.create(List.of(TableIdentifier.parse(table)), run.branch());
    written.add(table);
  }

  private static TnmtException missing(String table, AnalysisException cause) {
    return TnmtException.of(
        ErrorCode.TABLE_MISSING,
        "the table does not exist",
        table,
        "run: ./tnmt tables apply",
        cause);
  }
}

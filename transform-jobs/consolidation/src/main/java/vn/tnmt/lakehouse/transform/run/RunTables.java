package vn.tnmt.lakehouse.transform.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * The lakehouse's tables as one run sees them: what the run wrote is on its branch, everything else
 * is as released. A branch is made when a table is first written, so that a table that the night
 * does not touch costs nothing.
 */
public final class RunTables {
  /** Snapshot summary property that names the run of a commit. */
  public static final String RUN_PROPERTY = "tnmt.run-id";

  /** Marks the rows of {@link #merge} that are to be deleted. */
  public static final String GONE = "_gone";

  /** Temporary views are the session's, and steps of a night share it. */
  private final SparkSession spark;

  private final Catalog catalog;
  private final Branches branches;
  private final RunId run;
  private final String branch;
  private final Set<String> written = new ConcurrentSkipListSet<>();

  public RunTables(Lakehouse lake, RunId run) {
    this.spark = lake.spark();
    this.catalog = lake.catalog();
    this.branches = lake.branches();
    this.run = run;
    this.branch = run.branch(lake.epoch());
  }

  public RunId run() {
    return run;
  }

  /** The Iceberg branch that the run writes to. */
  public String branch() {
    return branch;
  }

  public SparkSession spark() {
    return spark;
  }

  /** The name under which Spark reads {@code table} as this run sees it. */
  public String name(String table) {
    TableIdentifier identifier = TableIdentifier.parse(table);
    return written.contains(table)
        ? Branches.identifier(identifier, branch)
        : Branches.identifier(identifier);
  }

  public Dataset<Row> read(String table) {
    return spark.table(name(table));
  }

  /** The table as the last release left it, whatever this run has written. */
  public Dataset<Row> released(String table) {
    return spark.table(Branches.identifier(TableIdentifier.parse(table)));
  }

  public Table table(String table) {
    return catalog.loadTable(TableIdentifier.parse(table));
  }

  /** How many rows the table has as this run sees it. */
  public long rows(String table) {
    Table loaded = table(table);
    Snapshot head = written.contains(table) ? loaded.snapshot(branch()) : loaded.currentSnapshot();
    return head == null ? 0 : SnapshotRows.of(head).orElse(Long.MAX_VALUE);
  }

  /** Appends rows in one commit; columns are matched by name. */
  public void append(String table, Dataset<Row> rows) {
    append(table, rows, Map.of());
  }

  /**
   * Appends rows that are too many to be sorted over all tasks: each task sorts its own, which
   * makes more and smaller files.
   */
  public void appendAsRead(String table, Dataset<Row> rows) {
    append(table, rows, Map.of(SparkWriteOptions.DISTRIBUTION_MODE, "none"));
  }

  private void append(String table, Dataset<Row> rows, Map<String, String> options) {
    writable(table);
    try {
      rows.writeTo(name(table))
          .options(CollectionConverters.asScala(options))
          .option("snapshot-property." + RUN_PROPERTY, run.toString())
          .append();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw missing(table, e);
    }
  }

  /**
   * Writes rows by key, in one commit: new ones are inserted, those whose key is there are
   * overwritten, those of which {@code _gone} holds are deleted.
   *
   * @param source the table's columns and {@code _gone boolean}; of a row that is gone only the key
   *     counts. Unique by key
   * @param touched condition on the table, its columns prefixed with {@code t.}, that holds for
   *     every standing row of these keys
   */
  public void merge(String table, Dataset<Row> source, List<String> key, String touched) {
    writable(table);
    List<String> columns =
        Arrays.stream(source.columns()).filter(column -> !column.equals(GONE)).toList();
    String on =
        key.stream()
            .map(k -> "t.`%s` = s.`%s`".formatted(k, k))
            .collect(Collectors.joining(" AND "));
    NamedRows.use(
        source,
        rows ->
            commit(
                ("MERGE INTO %s t USING %s s ON %s AND %s"
                        + " WHEN MATCHED AND s._gone THEN DELETE"
                        + " WHEN MATCHED THEN UPDATE SET %s"
                        + " WHEN NOT MATCHED AND NOT s._gone THEN INSERT (%s) VALUES (%s)")
                    .formatted(
                        name(table),
                        rows,
                        on,
                        touched,
                        listed(columns, "t.`%1$s` = s.`%1$s`"),
                        listed(columns, "`%s`"),
                        listed(columns, "s.`%s`"))));
  }

  private static String listed(List<String> columns, String form) {
    return columns.stream().map(form::formatted).collect(Collectors.joining(", "));
  }

  /**
   * Carries changed rows out in one commit: new ones are added, replaced ones overwritten, removed
   * ones deleted.
   *
   * @param changes {@code change string, before struct, after struct} of the contract's columns
   *     ({@code national.Changes}); read several times, so they should be kept
   * @return condition on the table that holds for every row written or removed; {@code false} when
   *     there was nothing to do
   */
  public String apply(Contract contract, Dataset<Row> changes) {
    TouchedPartitions.Answer answer =
        TouchedPartitions.Question.of(
                contract, column -> col("image." + column), contract.columnNames())
            .ask(
                changes
                    .selectExpr("change", "explode(array(before, after)) AS image")
                    .where("image IS NOT NULL"),
                List.of(collect_set("change")));
    List<String> kinds = answer.row().getList(0);
    TouchedPartitions touched = answer.touched();
    if (kinds.isEmpty()) {
      return "false";
    }
    if (kinds.equals(List.of("inserted"))) {
      append(contract.dataset(), changes.select("after.*"));
    } else {
      merge(contract.dataset(), source(contract, changes), contract.key(), touched.sql("t."));
    }
    return touched.sql("");
  }

  private static Dataset<Row> source(Contract contract, Dataset<Row> changes) {
    List<Column> source = new ArrayList<>();
    source.add(col("change").equalTo("removed").as(GONE));
    for (String column : contract.columnNames()) {
      source.add(
          contract.key().contains(column)
              ? coalesce(col("after." + column), col("before." + column)).as(column)
              : col("after." + column).as(column));
    }
    return changes.select(source.toArray(Column[]::new));
  }

  /** Takes a delivery's rows out of a table again, as long as readers do not see them. */
  public void withdraw(String table, String deliveryId) {
    commit(
        "DELETE FROM %s WHERE business_date = DATE '%s' AND delivery_id = '%s'"
            .formatted(name(table), run.businessDate(), deliveryId));
  }

  /** Runs a statement whose commit names the run. */
  private void commit(String sql) {
    CommitMetadata.withCommitProperties(
        Map.of(RUN_PROPERTY, run.toString()), () -> spark.sql(sql), RuntimeException.class);
  }

  /** Tables that this run has written, or may have. */
  public Set<String> written() {
    return Set.copyOf(written);
  }

  /**
   * Makes the run's branch of the table, when it has none yet. Spark writes to a branch that is
   * there only; Iceberg itself makes one with a commit, whose totals then begin at none and do not
   * count what {@code main} has.
   */
  public void writable(String table) {
    if (!written.contains(table)) {
      branches.create(List.of(TableIdentifier.parse(table)), branch);
      written.add(table);
    }
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

package vn.tnmt.lakehouse.transform.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * {@code ops.run} and {@code ops.release}: what was run and what was released. Unlike the rest of
 * the ledger they are written to {@code main} directly, by key, because they tell of runs that
 * released nothing, too.
 */
public final class RunLog {
  private final SparkSession spark;

  public RunLog(SparkSession spark) {
    this.spark = spark;
  }

  /** Runs and releases of one business date, read once. */
  public record DateLog(int lastRun, Optional<String> releaseId) {}

  /** The last release of a business date, and the number of its last run that ended. */
  public DateLog of(LocalDate date) {
    List<Row> rows =
        spark
            .table("lake.ops.run")
            .where(col("business_date").equalTo(lit(date)))
            .select("run_id", "release_id")
            .collectAsList();
    int last = rows.stream().mapToInt(r -> RunId.parse(r.getString(0)).number()).max().orElse(0);
    Optional<String> release =
        rows.stream()
            .filter(r -> !r.isNullAt(1))
            .max(java.util.Comparator.comparingInt(r -> RunId.parse(r.getString(0)).number()))
            .map(r -> r.getString(1));
    return new DateLog(last, release);
  }

  /** The release made last, of whatever business date. */
  public Optional<String> newestRelease() {
    return spark
        .table("lake.ops.release")
        .orderBy(col("created_at").desc())
        .select("release_id")
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  /** The release of the latest business date before that of {@code release}. */
  public Optional<String> releaseBefore(Release release) {
    return spark
        .table("lake.ops.release")
        .where(col("business_date").lt(lit(LocalDate.parse(release.businessDate()))))
        .orderBy(col("business_date").desc(), col("created_at").desc())
        .select("release_id")
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  /** Landing folders of the deliveries that released runs took on business dates since. */
  public Set<String> takenFrom(LocalDate since) {
    return new HashSet<>(
        spark
            .table("lake.ops.delivery")
            .where(col("business_date").geq(lit(since)))
            .select("landing")
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList());
  }

  public void released(Release release, String manifest) {
    List<Row> tables =
        release.tables().stream()
            .filter(t -> t.snapshotId() >= 0)
            .map(
                t ->
                    RowFactory.create(
                        t.name(),
                        t.snapshotId(),
                        t.manifestListSha256(),
                        t.records(),
                        t.contractVersion()))
            .toList();
    merge(
        "ops.release",
        "release_id",
        "release_id string, run_id string, business_date date, created_at timestamp, manifest string,"
            + " tables array<struct<name:string,snapshot_id:bigint,manifest_list_sha256:string,"
            + "records:bigint,contract_version:string>>",
        RowFactory.create(
            release.releaseId(),
            release.runId(),
            LocalDate.parse(release.businessDate()),
            release.createdAt(),
            manifest,
            tables));
    ended(
        RunId.parse(release.runId()),
        "released",
        release.releaseId(),
        release.startedAt(),
        release.createdAt(),
        null);
  }

  /** A run that ended without a release. */
  public void failed(RunId run, Instant started, Instant ended, String message) {
    ended(run, "failed", null, started, ended, message);
  }

  private void ended(
      RunId run, String status, String releaseId, Instant started, Instant ended, String message) {
    merge(
        "ops.run",
        "run_id",
        "run_id string, business_date date, status string, release_id string, started_at timestamp,"
            + " ended_at timestamp, message string",
        RowFactory.create(
            run.toString(), run.businessDate(), status, releaseId, started, ended, message));
  }

  private void merge(String table, String key, String ddl, Row row) {
    Dataset<Row> one = spark.createDataFrame(List.of(row), StructType.fromDDL(ddl));
    String view = "log_" + table.replace('.', '_');
    one.createOrReplaceTempView(view);
    spark.sql(
        "MERGE INTO lake.%s t USING %s s ON t.%s = s.%s WHEN NOT MATCHED THEN INSERT *"
            .formatted(table, view, key, key));
    spark.catalog().dropTempView(view);
  }
}

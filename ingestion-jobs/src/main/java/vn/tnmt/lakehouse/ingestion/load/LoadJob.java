package vn.tnmt.lakehouse.ingestion.load;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;

/**
 * Appends deliveries of one dataset to its raw table: all of them in one Iceberg commit, whose
 * summary names the run ({@value #RUN}) and the deliveries ({@value #DELIVERIES}).
 */
public final class LoadJob {
  public static final String RUN = "tnmt.run-id";
  public static final String DELIVERIES = "tnmt.deliveries";

  private LoadJob() {}

  /**
   * What was loaded.
   *
   * @param snapshotId the new snapshot of the branch; 0 when there was nothing to load
   */
  public record Result(TableIdentifier table, long records, long snapshotId) {}

  /** The raw table must exist, and so must the branch when there is one. */
  public static Result run(Lakehouse lakehouse, LoadOptions options) {
    TableIdentifier table = TableDefinition.raw(options.contract()).name();
    if (options.deliveries().isEmpty()) {
      return new Result(table, 0, 0);
    }
    String target =
        options.branch().isEmpty()
            ? Branches.identifier(table)
            : Branches.identifier(table, options.branch());
    try (RecordSource.Opened source =
        RecordSource.open(lakehouse.spark(), lakehouse.access().store(), options)) {
      source
          .rows()
          .writeTo(target)
          // All rows are of one business date: nothing to sort or to keep open.
          .option("fanout-enabled", "true")
          .option("snapshot-property." + RUN, options.runId())
          .option("snapshot-property." + DELIVERIES, deliveries(options))
          .append();
    } catch (NoSuchTableException e) {
      throw TnmtException.of(
          ErrorCode.TABLE_MISSING, "the table does not exist", target, "./tnmt tables apply", e);
    }
    return result(lakehouse, options, table);
  }

  private static Result result(Lakehouse lakehouse, LoadOptions options, TableIdentifier table) {
    String branch = options.branch().isEmpty() ? SnapshotRef.MAIN_BRANCH : options.branch();
    Snapshot head = lakehouse.catalog().loadTable(table).snapshot(branch);
    Map<String, String> summary = head.summary();
    return new Result(
        table, Long.parseLong(summary.getOrDefault("added-records", "0")), head.snapshotId());
  }

  private static String deliveries(LoadOptions options) {
    return options.deliveries().stream()
        .map(delivery -> delivery.manifest().deliveryId())
        .collect(Collectors.joining(","));
  }
}

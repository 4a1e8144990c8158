package vn.tnmt.lakehouse.ingestion.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.events.CreateSnapshotEvent;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;

/**
 * Appends deliveries of one dataset to its raw table: all of them in one Iceberg commit, whose
 * summary names the run ({@value #RUN}) and the deliveries ({@value #DELIVERIES}).
 *
 * <p>Tasks are planned from the manifests alone; each reads ranges of landing objects and writes
 * data files of the table ({@link RawFiles}). A load that fails removes what it wrote, and so does
 * one that meets a delivery whose bytes are not those that were received.
 */
public final class LoadJob {
  public static final String RUN = "tnmt.run-id";
  public static final String DELIVERIES = "tnmt.deliveries";

  private LoadJob() {}

  /**
   * What was loaded.
   *
   * @param snapshotId the new snapshot of the branch; 0 when nothing was loaded
   * @param damaged landing folder → what of it is not as it was received; when there is any,
   *     nothing was loaded
   */
  public record Result(
      TableIdentifier table, long records, long snapshotId, Map<String, String> damaged) {}

  /** The raw table must exist, and so must the branch when there is one. */
  public static Result run(Lakehouse lakehouse, LoadOptions options) {
    TableIdentifier table = TableDefinition.raw(options.contract()).name();
    if (options.deliveries().isEmpty()) {
      return new Result(table, 0, 0, Map.of());
    }
    Table raw = table(lakehouse, table);
    requireColumns(raw, options.contract());
    SparkSession spark = lakehouse.spark();
    List<LoadPlan.Task> tasks = LoadPlan.tasks(options, spark.sparkContext().defaultParallelism());
    CollectionAccumulator<String> written = spark.sparkContext().collectionAccumulator();
    CollectionAccumulator<String> damaged = spark.sparkContext().collectionAccumulator();
    RawFiles work =
        new RawFiles(
            SerializableTableWithSize.copyOf(raw),
            options,
            lakehouse.access().store(),
            tasks,
            written,
            damaged);
    List<DataFile> files = new ArrayList<>();
    try {
      JavaSparkContext.fromSparkContext(spark.sparkContext())
          .parallelize(numbers(tasks.size()), Math.max(1, tasks.size()))
          .map(work::write)
          .collect()
          .forEach(ofTask -> files.addAll(List.of(ofTask)));
      if (!damaged.isZero()) {
        remove(raw, written.value(), new IllegalStateException());
        return new Result(table, 0, 0, byLanding(damaged.value()));
      }
      CreateSnapshotEvent mine = commit(raw, options, files);
      return new Result(
          table,
          Long.parseLong(mine.summary().getOrDefault("added-records", "0")),
          mine.snapshotId(),
          Map.of());
    } catch (CommitStateUnknownException e) {
      throw e; // the files may be the table's
    } catch (RuntimeException | Error e) {
      remove(raw, written.value(), e);
      throw e;
    }
  }

  private static Map<String, String> byLanding(List<String> lines) {
    Map<String, String> damaged = new TreeMap<>();
    lines.stream()
        .map(line -> line.split("\t", 2))
        .forEach(parts -> damaged.putIfAbsent(parts[0], parts[1]));
    return damaged;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** The snapshot of this load: others may have appended before and since. */
  private static CreateSnapshotEvent commit(Table raw, LoadOptions options, List<DataFile> files) {
    AppendFiles append = raw.newAppend();
    files.forEach(append::appendFile);
    append.set(RUN, options.runId()).set(DELIVERIES, deliveries(options));
    if (!options.branch().isEmpty()) {
      append.toBranch(options.branch());
    }
    append.commit();
    return (CreateSnapshotEvent) append.updateEvent();
  }

  /** What a load wrote that was not committed belongs to no table. */
  private static void remove(Table raw, List<String> written, Throwable cause) {
    for (String file : written) {
      try {
        raw.io().deleteFile(file);
      } catch (RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private static Table table(Lakehouse lakehouse, TableIdentifier name) {
    try {
      return lakehouse.catalog().loadTable(name);
    } catch (NoSuchTableException e) {
      throw TnmtException.of(
          ErrorCode.TABLE_MISSING,
          "the table does not exist",
          Branches.identifier(name),
          "./tnmt tables apply",
          e);
    }
  }

  /** A value without a column of the table would be lost. */
  private static void requireColumns(Table raw, Contract contract) {
    Schema wanted = TableDefinition.raw(contract).schema();
    List<String> missing =
        Stream.concat(
                wanted.columns().stream().map(NestedField::name),
                contract.columns().stream().map(column -> "row." + column.name()))
            .filter(column -> raw.schema().findField(column) == null)
            .toList();
    if (!missing.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.TABLE_MISSING,
          "bảng thiếu cột / the table lacks columns: " + String.join(", ", missing),
          raw.name(),
          "./tnmt tables apply");
    }
  }

  private static String deliveries(LoadOptions options) {
    return options.deliveries().stream()
        .map(delivery -> delivery.manifest().deliveryId())
        .collect(Collectors.joining(","));
  }
}

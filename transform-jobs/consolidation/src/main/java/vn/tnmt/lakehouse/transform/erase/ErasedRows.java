package vn.tnmt.lakehouse.transform.erase;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.util.DataFileSet;
import org.apache.iceberg.util.DeleteFileSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Takes rows out of a table on a run's branch so that no file which the branch names holds them any
 * more: data files are written anew without them, whatever the table does with its corrections, and
 * the bounds that manifests keep of files taken out go, too.
 */
final class ErasedRows {
  private static final String FILE = "_file";

  private ErasedRows() {}

  /**
   * Takes them out.
   *
   * @param table that this run has not written yet
   * @param which the rows
   * @return how many they were
   * @throws TnmtException {@code TNMT-6001} when the table then lacks more or fewer
   */
  static long erase(RunTables tables, String table, Column which) {
    Column erased = coalesce(which, lit(false));
    Dataset<Row> released = tables.released(table);
    List<Row> files =
        released.where(erased).groupBy(col(FILE)).agg(count(lit(1)).as("n")).collectAsList();
    if (files.isEmpty()) {
      return 0;
    }
    long rows = files.stream().mapToLong(row -> row.getLong(1)).sum();
    Affected affected =
        Affected.of(
            tables.table(table), new HashSet<>(files.stream().map(r -> r.getString(0)).toList()));
    Column[] columns =
        Arrays.stream(released.columns()).map(name -> col("`" + name + "`")).toArray(Column[]::new);
    Dataset<Row> kept =
        released
            .where(col(FILE).isin(affected.locations().toArray()))
            .where(not(erased))
            .select(columns);
    tables.writable(table);
    Table now = tables.table(table);
    OverwriteFiles overwrite = now.newOverwrite().toBranch(tables.branch());
    overwrite.set(RunTables.RUN_PROPERTY, tables.run().toString());
    overwrite.deleteFiles(affected.data, affected.deletes);
    overwrite.commit();
    tables.append(table, kept);
    forgetBounds(tables, table);
    requireGone(tables, table, rows);
    return rows;
  }

  /**
   * The files to be written anew.
   *
   * @param deletes that meet rows of these files and of no others
   */
  private record Affected(DataFileSet data, DeleteFileSet deletes) {
    static Affected of(Table table, Set<String> locations) {
      List<FileScanTask> tasks = new ArrayList<>();
      try (CloseableIterable<FileScanTask> planned = table.newScan().planFiles()) {
        planned.forEach(tasks::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      DataFileSet data = DataFileSet.create();
      DeleteFileSet deletes = DeleteFileSet.create();
      // What a delete file says of a file that is written anew would be counted although it meets
      // nothing; so the others that it speaks of are written anew as well.
      for (int before = -1; before < data.size(); ) {
        before = data.size();
        for (FileScanTask task : tasks) {
          if (locations.contains(task.file().location())
              || task.deletes().stream().anyMatch(deletes::contains)) {
            data.add(task.file());
            locations.add(task.file().location());
            for (DeleteFile delete : task.deletes()) {
              deletes.add(delete);
            }
          }
        }
      }
      return new Affected(data, deletes);
    }

    List<String> locations() {
      return data.stream().map(file -> file.location()).toList();
    }
  }

  /**
   * A manifest that says which files were taken out keeps the least and greatest values that they
   * had, until it is merged with others.
   */
  static void forgetBounds(RunTables tables, String table) {
    Table now = tables.table(table);
    if (!now.refs().containsKey(tables.branch())) {
      return; // the run has not written it
    }
    new BaseTable(new Merging(((HasTableOperations) now).operations()), now.name())
        .newAppend()
        .toBranch(tables.branch())
        .set(RunTables.RUN_PROPERTY, tables.run().toString())
        .commit();
  }

  private static void requireGone(RunTables tables, String table, long rows) {
    long before = tables.released(table).count();
    long after = tables.read(table).count();
    if (before - after != rows) {
      throw TnmtException.of(
          ErrorCode.ROWS_NOT_CONSERVED,
          "xoá %d dòng nhưng bảng có %d trước và %d sau / of the rows to erase the table lacks more or fewer"
              .formatted(rows, before, after),
          table,
          "nothing was released; this is a fault of the platform, please report it with the log");
    }
  }

  /** A table whose manifests are merged however few they are. */
  private record Merging(TableOperations real) implements TableOperations {
    private static TableMetadata seen(TableMetadata table) {
      return TableMetadata.buildFrom(
              TableMetadata.buildFrom(table)
                  .setProperties(
                      Map.of(
                          TableProperties.MANIFEST_MERGE_ENABLED,
                          "true",
                          TableProperties.MANIFEST_MIN_MERGE_COUNT,
                          "2"))
                  .discardChanges()
                  .build())
          .build();
    }

    @Override
    public TableMetadata current() {
      return seen(real.current());
    }

    @Override
    public TableMetadata refresh() {
      return seen(real.refresh());
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed) {
      real.commit(real.current(), changed);
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public String metadataFileLocation(String name) {
      return real.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
      return real.locationProvider();
    }
  }
}

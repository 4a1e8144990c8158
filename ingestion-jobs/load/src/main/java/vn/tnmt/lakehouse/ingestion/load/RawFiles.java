package vn.tnmt.lakehouse.ingestion.load;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.CollectionAccumulator;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.store.StoreAccess;

/**
 * Writes the rows of a task as data files of the raw table, in the partition of the business date.
 *
 * <p>Rows go from the engine into the columns of Iceberg's Parquet writer ({@link RawRowWriter}):
 * through Spark's own writing each would be copied into Spark's binary form and routed to a
 * partition that is always the same, which costs as much as judging it.
 *
 * @param table its schema, spec and properties, and how to reach its files; travels to the tasks
 * @param written gets the paths of the files of the tasks that end well
 * @param damaged gets {@code landing folder, tab, what} of deliveries that are not as they were
 *     received
 */
record RawFiles(
    Table table,
    LoadOptions options,
    StoreAccess store,
    List<LoadPlan.Task> tasks,
    CollectionAccumulator<String> written,
    CollectionAccumulator<String> damaged)
    implements Serializable {
  /** Rows between two looks at whether the task is still wanted. */
  private static final int CHECK = 1 << 12;

  /** The files of the task of a number; a task that fails leaves none. */
  DataFile[] write(int task) throws IOException {
    Files files = new Files();
    try (TaskRows rows = new TaskRows(options, store, tasks.get(task))) {
      RawRow row;
      for (long n = 1; (row = rows.next()) != null; n++) {
        files.add(row);
        if (n % CHECK == 0 && TaskContext.get().isInterrupted()) {
          throw new TaskKilledException("the load is not wanted any more");
        }
      }
      files.finish();
      rows.damaged()
          .forEach(
              (delivery, what) ->
                  damaged.add(
                      options.deliveries().get(delivery).manifest().landing() + "\t" + what));
    } catch (Throwable e) {
      files.remove(e);
      throw e;
    }
    files.begun.forEach(written::add);
    return files.done.toArray(DataFile[]::new);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** What fails while cleaning up does not hide why. */
  private static void quietly(Throwable cause, Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      cause.addSuppressed(e);
    }
  }

  /** The data files of one task, one after the other. */
  private final class Files {
    private final List<String> begun = new ArrayList<>();
    private final List<DataFile> done = new ArrayList<>();
    private final RowBatch batch = new RowBatch();
    private final PartitionData partition = new PartitionData(table.spec().partitionType());
    private final OutputFileFactory places =
        OutputFileFactory.builderFor(
                table, TaskContext.get().partitionId(), TaskContext.get().taskAttemptId())
            .format(FileFormat.PARQUET)
            .build();
    private final long size =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    private @Nullable DataWriter<RowBatch> file;

    Files() {
      partition.set(0, (int) options.context().businessDate().toEpochDay());
    }

    void add(RawRow row) throws IOException {
      if (file == null) {
        file = begin();
      }
      batch.add(row);
      if (batch.isFull()) {
        batch.to(file);
        if (batch.endsEvenly() && file.length() >= size) {
          finish();
        }
      }
    }

    private DataWriter<RowBatch> begin() throws IOException {
      EncryptedOutputFile place = places.newOutputFile(table.spec(), partition);
      begun.add(place.encryptingOutputFile().location());
      batch.beginFile();
      String rows = Integer.toString(RowBatch.SIZE);
      return Parquet.writeData(place)
          .forTable(table)
          .withSpec(table.spec())
          .withPartition(partition)
          // Where Iceberg looks whether a row group is full.
          .set(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, rows)
          .set(TableProperties.PARQUET_ROW_GROUP_CHECK_MAX_RECORD_COUNT, rows)
          .createWriterFunc(type -> new RawRowWriter(type, options))
          .overwrite()
          .build();
    }

    void finish() throws IOException {
      if (file != null) {
        batch.to(file);
        file.close();
        done.add(file.toDataFile());
        file = null;
      }
    }

    void remove(Throwable cause) {
      if (file != null) {
        quietly(cause, file::close);
      }
      begun.forEach(path -> quietly(cause, () -> table.io().deleteFile(path)));
    }
  }
}

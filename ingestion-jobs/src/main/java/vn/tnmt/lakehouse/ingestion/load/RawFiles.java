package vn.tnmt.lakehouse.ingestion.load;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.CollectionAccumulator;
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
 */
record RawFiles(
    Table table,
    LoadOptions options,
    StoreAccess store,
    List<LoadPlan.Task> tasks,
    CollectionAccumulator<String> written)
    implements Serializable {
  /** Rows between two looks at whether the task is still wanted. */
  private static final int CHECK = 1 << 12;

  /** The files of the task of a number; a task that fails leaves none. */
  DataFile[] write(int task) throws IOException {
    List<String> begun = new ArrayList<>();
    RollingDataWriter<RawRow> writer = writer(begun);
    try (TaskRows rows = new TaskRows(options, store, tasks.get(task))) {
      RawRow row;
      for (long n = 1; (row = rows.next()) != null; n++) {
        writer.write(row);
        if (n % CHECK == 0 && TaskContext.get().isInterrupted()) {
          throw new TaskKilledException("the load is not wanted any more");
        }
      }
      writer.close();
    } catch (Throwable e) {
      quietly(e, writer::close);
      begun.forEach(file -> quietly(e, () -> table.io().deleteFile(file)));
      throw e;
    }
    begun.forEach(written::add);
    return writer.result().dataFiles().toArray(DataFile[]::new);
  }

  /** Names of the typed columns in the table's order. */
  static List<String> columns(Table table) {
    return table.schema().findType("row").asStructType().fields().stream()
        .map(NestedField::name)
        .toList();
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

  private RollingDataWriter<RawRow> writer(List<String> begun) {
    PartitionSpec spec = table.spec();
    PartitionData partition = new PartitionData(spec.partitionType());
    partition.set(0, (int) options.context().businessDate().toEpochDay());
    TaskContext context = TaskContext.get();
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, context.partitionId(), context.taskAttemptId())
            .format(FileFormat.PARQUET)
            .build();
    long size =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    return new RollingDataWriter<>(
        new ParquetFiles(table, options, begun), files, table.io(), size, spec, partition);
  }

  private record ParquetFiles(Table table, LoadOptions options, List<String> begun)
      implements FileWriterFactory<RawRow> {
    @Override
    public DataWriter<RawRow> newDataWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      begun.add(file.encryptingOutputFile().location());
      try {
        return Parquet.writeData(file)
            .forTable(table)
            .withSpec(spec)
            .withPartition(partition)
            .createWriterFunc(type -> new RawRowWriter(type, options))
            .overwrite()
            .build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public EqualityDeleteWriter<RawRow> newEqualityDeleteWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      throw new UnsupportedOperationException("raw tables are appended to");
    }

    @Override
    public PositionDeleteWriter<RawRow> newPositionDeleteWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      throw new UnsupportedOperationException("raw tables are appended to");
    }
  }
}

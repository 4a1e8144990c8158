package vn.tnmt.lakehouse.orchestration.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.release.Definitions;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * Gives a home many nights of history within minutes: each night appends a file of a few rows to
 * every table that has any, on a branch, and makes a release of it, as a night does. The rows are
 * the table's own with other keys and days; nothing was collected for them.
 */
public final class History {
  private static final int ROWS = 3;

  private final Lakehouse lake;
  private final Releases releases;
  private final Definitions definitions;
  private final Map<String, List<Record>> samples = new LinkedHashMap<>();

  private History(Lakehouse lake) throws IOException {
    this.lake = lake;
    this.releases = new Releases(lake);
    this.definitions = releases.newest().orElseThrow().definitions();
    for (Map.Entry<String, Table> table : releases.tables().entrySet()) {
      if (table.getValue().properties().containsKey(TableDefinition.KEY_PROPERTY)
          && !table.getKey().equals("ops.run")
          && !table.getKey().equals("ops.release")) {
        List<Record> rows = sample(table.getValue());
        if (!rows.isEmpty()) {
          samples.put(table.getKey(), rows);
        }
      }
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: History HOME NIGHTS FIRST_DATE");
      System.exit(2);
    }
    Home home = Home.of(Path.of(args[0]).toAbsolutePath());
    int nights = Integer.parseInt(args[1]);
    LocalDate first = LocalDate.parse(args[2]);
    try (Lakehouse lake = Lakehouse.openWithSpark(home, Settings.load(home, Optional.empty()))) {
      History history = new History(lake);
      for (int i = 0; i < nights; i++) {
        long begin = System.nanoTime();
        history.night(first.plusDays(i));
        if (i % 20 == 0 || i == nights - 1) {
          System.out.printf(
              Locale.ROOT,
              "%s: %d tables, %.1f s%n",
              first.plusDays(i),
              history.samples.size(),
              (System.nanoTime() - begin) / 1e9);
        }
      }
    }
  }

  private static List<Record> sample(Table table) throws IOException {
    List<Record> rows = new ArrayList<>();
    if (table.currentSnapshot() != null) {
      try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
        for (Record row : all) {
          rows.add(row.copy());
          if (rows.size() == ROWS) {
            break;
          }
        }
      }
    }
    return rows;
  }

  private void night(LocalDate date) {
    RunId run = new RunId(date, 1);
    samples.entrySet().parallelStream()
        .forEach(table -> append(table.getKey(), table.getValue(), run));
    Instant at = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Release release = releases.pin(run, at, at, table -> "1", definitions);
    releases.begin(release);
    releases.publish(release);
    new RunLog(lake).released(release, Releases.key(release));
    releases.finish(release);
  }

  private void append(String name, List<Record> rows, RunId run) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    boolean journal = name.equals("ops.gate"); // stands on main
    String branch = run.branch(lake.epoch());
    if (!journal) {
      lake.branches().create(List.of(identifier), branch);
    }
    Table table = lake.catalog().loadTable(identifier);
    AppendFiles append = table.newAppend();
    if (!journal) {
      append.toBranch(branch);
    }
    for (Record row : rows) {
      append.appendFile(file(table, changed(row, run)));
    }
    append.commit();
  }

  /** The row with the night's days and a key that no other night has. */
  private static Record changed(Record row, RunId run) {
    Record changed = row.copy();
    boolean keyed = false;
    for (NestedField field : row.struct().fields()) {
      String name = field.name();
      if (name.equals("business_date")) {
        changed.setField(name, run.businessDate());
      } else if (name.equals("run_id") || name.equals("_run_id")) {
        changed.setField(name, run.toString());
      } else if (!keyed && field.isRequired() && field.type().typeId() == TypeID.STRING) {
        changed.setField(name, row.getField(name) + "~" + run);
        keyed = true;
      }
    }
    return changed;
  }

  private static DataFile file(Table table, Record row) {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    String name = "history-" + UUID.randomUUID() + ".parquet";
    OutputFile out =
        table
            .io()
            .newOutputFile(
                table.spec().isUnpartitioned()
                    ? table.locationProvider().newDataLocation(name)
                    : table.locationProvider().newDataLocation(table.spec(), partition, name));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .build()
            .newDataWriter(
                EncryptedFiles.plainAsEncryptedOutput(out),
                table.spec(),
                table.spec().isUnpartitioned() ? null : partition);
    try (writer) {
      writer.write(row);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return writer.toDataFile();
  }
}

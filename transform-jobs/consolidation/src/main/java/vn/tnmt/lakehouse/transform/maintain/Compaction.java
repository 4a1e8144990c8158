package vn.tnmt.lakehouse.transform.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundTerm;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.maintain.Tiers.Size;
import vn.tnmt.lakehouse.transform.maintain.Upkeep.Work;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Makes few files of many small ones, and takes deleted rows out of files that have too many. In a
 * night it works on the run's branch before the release is pinned, so that nothing but a release
 * moves {@code main}, and whatever kills the night throws it away.
 *
 * <p>A table is looked at when the night has brought the number of its files past a multiple of
 * {@code maintain.compactFiles}, or that of deleted rows past {@code maintain.deletedShare}, which
 * its snapshots' summaries say, and then only where the night wrote. What a budget leaves over, and
 * what changed without that, is found by a look at everything every {@code maintain.thoroughDays}.
 */
public final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** More partitions make a condition that takes longer than reading the manifests of all. */
  private static final int MOST_PARTITIONS = 200;

  /** Written in one job; in between the budget is asked. */
  private static final long MOST_BYTES = 1L << 30;

  private final Lakehouse lake;
  private final Catalog catalog;
  private final Clock clock;
  private final Supplier<Budget> begin;
  private final Upkeep upkeep;
  private final Duration everything;
  private final Tiers tiers;

  public Compaction(Lakehouse lake, Clock clock) {
    this(
        lake,
        clock,
        () -> Budget.of(Duration.ofSeconds(lake.settings().integer(SettingKey.MAINTAIN_BUDGET))));
  }

  /**
   * @param begin the budget, which begins when it is asked for
   */
  Compaction(Lakehouse lake, Clock clock, Supplier<Budget> begin) {
    this.lake = lake;
    this.catalog = lake.catalog();
    this.clock = clock;
    this.begin = begin;
    this.upkeep = new Upkeep((SupportsNamespaces) catalog);
    this.everything = Duration.ofDays(lake.settings().integer(SettingKey.MAINTAIN_THOROUGH_DAYS));
    this.tiers = tiers(lake.settings());
  }

  /** What the settings call small, and too much. */
  static Tiers tiers(Settings settings) {
    return new Tiers(
        settings.integer(SettingKey.MAINTAIN_COMPACT_FILES),
        (long) settings.integer(SettingKey.MAINTAIN_FILE_MEGABYTES) << 20,
        settings.number(SettingKey.MAINTAIN_DELETED_SHARE));
  }

  /**
   * Compacts what a run wrote; now and then everything. Nothing is begun where nothing is due, and
   * what fails is left as it was: the run goes on without it.
   *
   * @param tables every table as the run has left it; those that are compacted are as that leaves
   *     them afterwards
   * @return what a person should know
   */
  public List<String> of(RunTables run, Map<String, Table> tables) {
    Budget budget = begin.get();
    boolean thorough = upkeep.isDue(Work.COMPACTION, everything, clock.instant());
    Set<String> names = new LinkedHashSet<>(new TreeSet<>(run.written()));
    if (thorough) {
      names.addAll(new TreeSet<>(tables.keySet()));
    }
    names.removeIf(Compaction::isLeftAlone);
    List<String> told = new ArrayList<>();
    boolean finished = true;
    for (String name : names) {
      Table table = tables.get(name);
      if (table == null) {
        continue; // somebody has dropped it meanwhile
      }
      try {
        finished &= compact(run, name, table, thorough, budget, told);
      } catch (RuntimeException e) {
        if (Faults.of(e).filter(fault -> fault.code().ofStorage()).isPresent()) {
          throw e;
        }
        LOG.error("{} was not compacted", name, e);
        table.refresh(); // as the catalogue has it, whatever became of a commit
        finished = false;
        told.add("%s: chưa gộp được / not compacted: %s".formatted(name, Faults.told(e)));
      }
    }
    if (!finished) {
      told.add("gộp tệp còn dở, làm tiếp đêm sau / compaction goes on in the next night");
      upkeep.due(Work.COMPACTION);
    } else if (thorough) {
      upkeep.done(Work.COMPACTION, clock.instant());
    }
    return told;
  }

  /**
   * Raw rows are written once and read once or twice, by night; journals have no branch of a run.
   */
  private static boolean isLeftAlone(String table) {
    return table.startsWith(TableDefinition.RAW_NAMESPACE + ".")
        || Releases.JOURNALS.contains(table);
  }

  /**
   * @return whether everything that was due was done
   */
  private boolean compact(
      RunTables run, String name, Table table, boolean thorough, Budget budget, List<String> told) {
    if (!table.properties().containsKey(TableDefinition.KEY_PROPERTY)) {
      return true; // somebody's own
    }
    Snapshot standing = table.currentSnapshot();
    SnapshotRef written = table.refs().get(run.branch());
    Snapshot head = written == null ? standing : table.snapshot(written.snapshotId());
    if (head == null || !(thorough || isDue(standing, head))) {
      return true;
    }
    Expression where = thorough ? Expressions.alwaysTrue() : touched(table, head, standing);
    List<List<FileScanTask>> due = due(table, head, where);
    if (due.isEmpty()) {
      return true;
    }
    run.writable(name);
    table.refresh();
    return write(
        table,
        run.branch(),
        due,
        Map.of(RunTables.RUN_PROPERTY, run.run().toString()),
        budget,
        told);
  }

  /** Journals, which are written to {@code main} directly, a row at a time. */
  List<String> ofJournals(Budget budget) {
    List<String> told = new ArrayList<>();
    for (String name : Releases.JOURNALS) {
      if (!catalog.tableExists(TableIdentifier.parse(name))) {
        continue; // nothing was ever written
      }
      Table table = catalog.loadTable(TableIdentifier.parse(name));
      Snapshot head = table.currentSnapshot();
      if (head != null && files(head) >= tiers.most()) {
        List<List<FileScanTask>> due = due(table, head, Expressions.alwaysTrue());
        write(table, SnapshotRef.MAIN_BRANCH, due, Map.of(), budget, told);
      }
    }
    return told;
  }

  /** Batch by batch. */
  private boolean write(
      Table table,
      String branch,
      List<List<FileScanTask>> due,
      Map<String, String> summary,
      Budget budget,
      List<String> told) {
    int files = 0;
    int into = 0;
    boolean finished = true;
    for (List<FileScanTask> batch : batches(due)) {
      if (budget.isSpent()) {
        finished = false;
        break;
      }
      lake.lease().ifPresent(Lease::require);
      Rewrite.Done done =
          new Rewrite(lake.spark(), tiers.target()).run(table, branch, batch, summary);
      files += done.files() + done.deletes();
      into += done.into();
    }
    if (files > 0) {
      told.add(
          "%s: gộp %d tệp thành %d / %2$d files became %3$d".formatted(name(table), files, into));
    }
    return finished;
  }

  private static String name(Table table) {
    return table.name().startsWith(Lakehouse.CATALOGUE + ".")
        ? table.name().substring(Lakehouse.CATALOGUE.length() + 1)
        : table.name();
  }

  private static List<List<FileScanTask>> batches(List<List<FileScanTask>> partitions) {
    List<List<FileScanTask>> batches = new ArrayList<>();
    long bytes = MOST_BYTES;
    for (List<FileScanTask> partition : partitions) {
      if (bytes >= MOST_BYTES) {
        batches.add(new ArrayList<>());
        bytes = 0;
      }
      batches.get(batches.size() - 1).addAll(partition);
      bytes += partition.stream().mapToLong(FileScanTask::length).sum();
    }
    return batches;
  }

  // ---- what is due

  /** A tier of some partition may have become full, or too many rows are deleted. */
  private boolean isDue(@Nullable Snapshot standing, Snapshot head) {
    long deleted = total(head, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    long rows = total(head, SnapshotSummary.TOTAL_RECORDS_PROP) - deleted;
    return files(head) / tiers.most() > files(standing) / tiers.most()
        || (deleted > total(standing, SnapshotSummary.TOTAL_POS_DELETES_PROP)
            && deleted >= tiers.deletedShare() * rows);
  }

  /** Data and delete files. */
  static long files(@Nullable Snapshot snapshot) {
    return total(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP)
        + total(snapshot, SnapshotSummary.TOTAL_DELETE_FILES_PROP);
  }

  /** As the snapshot's summary says. */
  static long total(@Nullable Snapshot snapshot, String property) {
    return snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
  }

  /** Where files were added since. */
  static Expression touched(Table table, Snapshot head, @Nullable Snapshot since) {
    PartitionSpec spec = table.spec();
    if (spec.isUnpartitioned() || since == null) {
      return Expressions.alwaysTrue();
    }
    Map<String, Expression> partitions = new TreeMap<>();
    for (Snapshot snapshot = head;
        snapshot != null && snapshot.snapshotId() != since.snapshotId();
        snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId())) {
      SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
      Stream.of(changes.addedDataFiles(), changes.addedDeleteFiles())
          .forEach(
              files ->
                  files.forEach(
                      file -> {
                        if (file.specId() == spec.specId()) {
                          partitions.computeIfAbsent(
                              spec.partitionToPath(file.partition()),
                              path -> condition(table, file));
                        }
                      }));
      if (partitions.size() > MOST_PARTITIONS) {
        return Expressions.alwaysTrue();
      }
    }
    return partitions.values().stream().reduce(Expressions.alwaysFalse(), Expressions::or);
  }

  private static Expression condition(Table table, ContentFile<?> file) {
    Expression all = Expressions.alwaysTrue();
    List<PartitionField> fields = table.specs().get(file.specId()).fields();
    for (int i = 0; i < fields.size(); i++) {
      PartitionField field = fields.get(i);
      String column = table.schema().findColumnName(field.sourceId());
      UnboundTerm<Object> term = term(column, field);
      Object value = file.partition().get(i, Object.class);
      all =
          Expressions.and(
              all, value == null ? Expressions.isNull(term) : Expressions.equal(term, value));
    }
    return all;
  }

  @SuppressWarnings("unchecked") // values of a partition are of its transform's type
  private static UnboundTerm<Object> term(String column, PartitionField field) {
    return field.transform().isIdentity()
        ? Expressions.ref(column)
        : (UnboundTerm<Object>) Expressions.transform(column, field.transform());
  }

  /** By partition, what should be written anew. */
  private List<List<FileScanTask>> due(Table table, Snapshot head, Expression where) {
    return chosen(table, tasks(table, head, where), tiers);
  }

  static List<FileScanTask> tasks(Table table, Snapshot head, Expression where) {
    TableScan scan = table.newScan().useSnapshot(head.snapshotId()).filter(where).ignoreResiduals();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      List<FileScanTask> all = new ArrayList<>();
      tasks.forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of each partition of the table's present partitioning, what should be written anew. */
  static List<List<FileScanTask>> chosen(Table table, List<FileScanTask> tasks, Tiers tiers) {
    Map<String, List<FileScanTask>> partitions = new TreeMap<>();
    for (FileScanTask task : tasks) {
      if (task.spec().specId() == table.spec().specId()) {
        partitions
            .computeIfAbsent(task.spec().partitionToPath(task.partition()), p -> new ArrayList<>())
            .add(task);
      }
    }
    List<List<FileScanTask>> due = new ArrayList<>();
    for (List<FileScanTask> partition : partitions.values()) {
      List<FileScanTask> chosen = withShared(tiers.chosen(partition, Compaction::size), partition);
      if (!chosen.isEmpty()) {
        due.add(chosen);
      }
    }
    return due;
  }

  /** Rows that a delete file of several data files takes out of one of them are not known. */
  static Size size(FileScanTask task) {
    return new Size(
        task.file().fileSizeInBytes(),
        task.file().recordCount(),
        task.deletes().stream()
            .filter(ContentFileUtil::isFileScoped)
            .mapToLong(ContentFile::recordCount)
            .sum());
  }

  /** With every data file that a delete file touches which goes with another: so it can go, too. */
  private static List<FileScanTask> withShared(
      List<FileScanTask> chosen, List<FileScanTask> partition) {
    Set<FileScanTask> all = new LinkedHashSet<>(chosen);
    Set<String> deletes = new HashSet<>();
    boolean grew = true;
    while (grew) {
      all.forEach(task -> task.deletes().forEach(delete -> deletes.add(delete.location())));
      grew =
          all.addAll(
              partition.stream()
                  .filter(
                      task -> task.deletes().stream().anyMatch(d -> deletes.contains(d.location())))
                  .toList());
    }
    return List.copyOf(all);
  }
}

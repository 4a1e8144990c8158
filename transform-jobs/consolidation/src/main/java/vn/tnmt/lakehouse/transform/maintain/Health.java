package vn.tnmt.lakehouse.transform.maintain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.release.ExpiredReleases;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Retention;

/** How tables stand, and what maintenance would do to them. Changes nothing. */
public final class Health {
  /**
   * A table as {@code main} has it.
   *
   * @param rows that can be read; null where the metadata does not say
   * @param bytes of data and delete files
   * @param small data files well below what a file should have
   * @param metadata versions that are kept
   * @param compact files that would be written anew, were every partition looked at
   * @param tags of releases that would go
   * @param expire snapshots that would go
   * @param orphans objects that nothing names; null when nobody looked
   */
  public record TableHealth(
      String table,
      @Nullable Long rows,
      long bytes,
      long files,
      long small,
      long deleteFiles,
      int snapshots,
      int metadata,
      int compact,
      int tags,
      int expire,
      @Nullable Integer orphans) {}

  private final Lakehouse lake;
  private final Instant now;

  public Health(Lakehouse lake, Clock clock) {
    this.lake = lake;
    this.now = clock.instant();
  }

  /**
   * Every table of the catalogue, by name.
   *
   * @param thorough whether the store is listed for objects that nothing names
   */
  public List<TableHealth> tables(boolean thorough) {
    Releases releases = new Releases(lake);
    Set<String> expired = new TreeSet<>(new ExpiredReleases(lake.store()).all().keySet());
    expired.addAll(releases.ended(Retention.of(lake.settings()), now));
    return releases.identifiers().stream()
        .parallel()
        .map(name -> table(name, expired, thorough))
        .toList();
  }

  private TableHealth table(TableIdentifier name, Set<String> expired, boolean thorough) {
    Table table = lake.catalog().loadTable(name);
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    Snapshot head = table.currentSnapshot();
    Tiers tiers = Compaction.tiers(lake.settings());
    List<FileScanTask> files =
        head == null ? List.of() : Compaction.tasks(table, head, Expressions.alwaysTrue());
    Expiry.Plan plan =
        Expiry.plan(
            metadata, expired, before(SettingKey.MAINTAIN_SNAPSHOT_HOURS, Duration.ofHours(1)));
    boolean ours =
        table.properties().containsKey(TableDefinition.KEY_PROPERTY)
            && !name.toString().startsWith(TableDefinition.RAW_NAMESPACE + ".");
    return new TableHealth(
        name.toString(),
        head == null ? Long.valueOf(0) : rows(head),
        Compaction.total(head, "total-files-size"),
        files.size(),
        files.stream().map(Compaction::size).filter(tiers::isSmall).count(),
        Compaction.total(head, "total-delete-files"),
        metadata.snapshots().size(),
        metadata.previousFiles().size() + 1,
        ours ? Compaction.chosen(table, files, tiers).stream().mapToInt(List::size).sum() : 0,
        plan.tags().size(),
        plan.snapshots().size(),
        thorough ? orphans(table) : null);
  }

  private static @Nullable Long rows(Snapshot head) {
    return SnapshotRows.of(head).isPresent() ? SnapshotRows.of(head).getAsLong() : null;
  }

  private int orphans(Table table) {
    return Orphans.find(table, before(SettingKey.MAINTAIN_ORPHAN_DAYS, Duration.ofDays(1)))
        .locations()
        .size();
  }

  private Instant before(SettingKey setting, Duration unit) {
    return now.minus(unit.multipliedBy(lake.settings().integer(setting)));
  }
}

package vn.tnmt.lakehouse.transform.maintain;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;

/**
 * Takes from a table the tags of releases that expired, the snapshots that nothing names any more,
 * and the files that only these had, in one commit: Iceberg deletes what no snapshot that stays can
 * reach, once the catalogue has taken the commit. Killed in between it leaves orphans.
 *
 * <p>A snapshot stays when a branch or tag names it, when it lies between the head of a branch and
 * the next snapshot that one names (a journal's {@code main} and a run's branch are compared with
 * those), and for as long as somebody may be reading it.
 */
final class Expiry {
  /**
   * What is to go from a table.
   *
   * @param tags of releases
   * @param snapshots their ids
   */
  record Plan(List<String> tags, List<Long> snapshots) {
    boolean isEmpty() {
      return tags.isEmpty() && snapshots.isEmpty();
    }
  }

  private Expiry() {}

  /**
   * Looks at a table's metadata alone.
   *
   * @param expired ids of releases, which are the names of their tags
   * @param before snapshots made since then stay
   */
  static Plan plan(TableMetadata table, Set<String> expired, Instant before) {
    Map<String, SnapshotRef> refs = new HashMap<>(table.refs());
    List<String> tags =
        refs.keySet().stream()
            .filter(expired::contains)
            .filter(name -> refs.get(name).isTag())
            .sorted()
            .toList();
    tags.forEach(refs::remove);
    if (!table.properties().containsKey(TableDefinition.KEY_PROPERTY)) {
      return new Plan(tags, List.of()); // somebody's own table: its past is theirs
    }
    Map<Long, Integer> named = new HashMap<>();
    refs.values().forEach(ref -> named.merge(ref.snapshotId(), 1, Integer::sum));
    Set<Long> stay = new HashSet<>(named.keySet());
    refs.values().stream()
        .filter(SnapshotRef::isBranch)
        .map(SnapshotRef::snapshotId)
        .filter(head -> named.get(head) == 1)
        .forEach(head -> keepToNextNamed(table, head, named.keySet(), stay));
    List<Long> snapshots =
        table.snapshots().stream()
            .filter(snapshot -> snapshot.timestampMillis() < before.toEpochMilli())
            .map(Snapshot::snapshotId)
            .filter(id -> !stay.contains(id))
            .toList();
    return new Plan(tags, snapshots);
  }

  private static void keepToNextNamed(
      TableMetadata table, long head, Set<Long> named, Set<Long> stay) {
    Snapshot above = parent(table, table.snapshot(head));
    while (above != null && !named.contains(above.snapshotId())) {
      stay.add(above.snapshotId());
      above = parent(table, above);
    }
  }

  private static @Nullable Snapshot parent(TableMetadata table, @Nullable Snapshot of) {
    return of == null || of.parentId() == null ? null : table.snapshot(of.parentId());
  }

  /**
   * Carries a plan out.
   *
   * @param pool reads manifests
   */
  static void apply(Table table, Plan plan, ExecutorService pool) {
    TableOperations real = ((HasTableOperations) table).operations();
    ExpireSnapshots expire =
        new BaseTable(new Collected(real, plan.tags), table.name())
            .expireSnapshots()
            .expireOlderThan(0)
            .planWith(pool)
            .cleanupLevel(
                plan.snapshots.isEmpty()
                    ? ExpireSnapshots.CleanupLevel.NONE
                    : ExpireSnapshots.CleanupLevel.ALL);
    plan.snapshots.forEach(expire::expireSnapshotId);
    expire.commit();
  }

  /**
   * A table as its expiry sees it: its files may be collected, which clients are told they may not
   * ({@code gc.enabled}), and tags are gone whose removal is part of the commit.
   */
  private record Collected(TableOperations real, List<String> tags) implements TableOperations {
    private TableMetadata seen(TableMetadata table) {
      TableMetadata.Builder seen =
          TableMetadata.buildFrom(
              TableMetadata.buildFrom(table)
                  .setProperties(Map.of(TableProperties.GC_ENABLED, "true"))
                  .discardChanges()
                  .build());
      tags.forEach(seen::removeRef);
      return seen.build();
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

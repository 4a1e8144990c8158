package vn.tnmt.lakehouse.transform.release;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.StoreFileIO;
import vn.tnmt.lakehouse.transform.release.Release.PinnedTable;

/**
 * Whether the store still holds what a release pins: each snapshot under the release's tag, the
 * manifest list with its checksum, and as many rows as were counted. Data files are not read.
 */
public final class Verification {
  /** What was compared; of releases that expired, only the manifests. */
  public record Found(int releases, long tables) {}

  private final Catalog catalog;
  private final Manifests manifests;
  private final ExpiredReleases expired;

  public Verification(Lakehouse lake) {
    this.catalog = lake.catalog();
    this.manifests = new Manifests(lake.store());
    this.expired = new ExpiredReleases(lake.store());
  }

  /**
   * Checks the chain of all manifests, {@code main}, the tags of every release that is kept, and
   * the content of the newest.
   *
   * @throws TnmtException {@code TNMT-6006} when a manifest is gone or was changed, {@code
   *     TNMT-4006} when rows were changed on {@code main} behind a release, {@code TNMT-6005}
   */
  public Found requireAll() {
    int kept = requirePast();
    return new Found(kept, manifests.find(Manifests.NEWEST).map(this::require).orElse(0L));
  }

  /**
   * As {@link #requireAll}, without the content of the newest release.
   *
   * @return how many releases are kept
   */
  public int requirePast() {
    Map<ManifestRef, Release> all = manifests.all();
    String broken =
        all.values().stream()
            .map(release -> release.lineage().before())
            .filter(before -> !before.isNone() && !all.containsKey(before))
            .map(before -> Manifests.key(before.releaseId()))
            .sorted()
            .collect(Collectors.joining("; "));
    if (!broken.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.PAST_BROKEN,
          "bản kê phát hành không còn hoặc bị sửa / manifests are gone or were changed",
          broken,
          "restore the objects from a backup of the store");
    }
    manifests.find(Manifests.NEWEST).ifPresent(new Heads(catalog)::require);
    Set<String> gone = expired.all().keySet();
    List<Release> kept =
        all.values().stream()
            .filter(release -> !gone.contains(release.releaseId()))
            .sorted(Comparator.comparing(Release::releaseId))
            .toList();
    Map<String, Optional<Table>> tables = new ConcurrentHashMap<>(); // each is loaded once
    for (Release release : kept) {
      refuse(
          release,
          pinned ->
              tag(pinned, release.releaseId(), tables.computeIfAbsent(pinned.name(), this::table)));
    }
    return kept.size();
  }

  /**
   * Checks every table of a release.
   *
   * @return how many tables were compared; those that had no rows yet are not
   * @throws TnmtException {@code TNMT-6005} that names every table that differs, and how
   */
  public long require(Release release) {
    StoreFileIO.forgetAll();
    return refuse(release, pinned -> difference(pinned, release.releaseId()));
  }

  private static long refuse(
      Release release, Function<PinnedTable, Optional<String>> differenceOf) {
    List<PinnedTable> pinned =
        release.tables().stream().filter(table -> table.snapshotId() >= 0).toList();
    String differences =
        pinned.stream()
            .parallel()
            .map(table -> differenceOf.apply(table).map(d -> table.name() + ": " + d))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.RELEASE_DAMAGED,
          "kho không còn giữ đúng bản phát hành / the store does not hold the release as it was"
              + " made: "
              + differences,
          Releases.key(release),
          "do not cite the release; ./tnmt repair --dry-run, or restore the warehouse from a backup"
              + " and verify again");
    }
    return pinned.size();
  }

  private Optional<Table> table(String name) {
    try {
      return Optional.of(catalog.loadTable(TableIdentifier.parse(name)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> tag(PinnedTable pinned, String tag, Optional<Table> found) {
    if (found.isEmpty()) {
      return Optional.of("the table is gone");
    }
    Table table = found.get();
    if (table.snapshot(pinned.snapshotId()) == null) {
      return Optional.of("snapshot %d is gone".formatted(pinned.snapshotId()));
    }
    SnapshotRef tagged = table.refs().get(tag);
    return tagged == null || tagged.snapshotId() != pinned.snapshotId()
        ? Optional.of("tag %s does not name snapshot %d".formatted(tag, pinned.snapshotId()))
        : Optional.empty();
  }

  private Optional<String> difference(PinnedTable pinned, String tag) {
    Optional<Table> found = table(pinned.name());
    Optional<String> moved = tag(pinned, tag, found);
    if (moved.isPresent()) {
      return moved;
    }
    Table table = found.orElseThrow();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    if (metadata != null && !table.io().newInputFile(metadata).exists()) {
      return Optional.of("a file is gone: " + metadata); // a catalogue that runs has read it
    }
    try {
      return content(pinned, table, table.snapshot(pinned.snapshotId()));
    } catch (NotFoundException e) {
      return Optional.of("a file is gone: " + e.getMessage());
    }
  }

  private static Optional<String> content(PinnedTable pinned, Table table, Snapshot snapshot) {
    String sha256 = Releases.sha256(table, snapshot.manifestListLocation());
    if (!sha256.equals(pinned.manifestListSha256())) {
      return Optional.of(
          "the manifest list %s has SHA-256 %s, pinned was %s"
              .formatted(snapshot.manifestListLocation(), sha256, pinned.manifestListSha256()));
    }
    // Not the snapshot's summary, which is where the pinned count came from.
    long records =
        records(snapshot.dataManifests(table.io())) - records(snapshot.deleteManifests(table.io()));
    return records == pinned.records()
        ? Optional.empty()
        : Optional.of(
            "its files have %d rows, pinned were %d".formatted(records, pinned.records()));
  }

  /** Rows of data files, or rows that delete files take out by position. */
  private static long records(List<ManifestFile> manifests) {
    return manifests.stream()
        .mapToLong(manifest -> manifest.addedRowsCount() + manifest.existingRowsCount())
        .sum();
  }
}

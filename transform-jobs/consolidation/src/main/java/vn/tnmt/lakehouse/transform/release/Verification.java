package vn.tnmt.lakehouse.transform.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
import vn.tnmt.lakehouse.transform.release.Release.PinnedTable;

/**
 * Whether the store still holds what a release pins: each snapshot under the release's tag, the
 * manifest list with its checksum, and as many rows as were counted. Data files are not read.
 */
public final class Verification {
  private final Catalog catalog;

  public Verification(Lakehouse lake) {
    this.catalog = lake.catalog();
  }

  /**
   * Checks every table of a release.
   *
   * @return how many tables were compared; those that had no rows yet are not
   * @throws TnmtException {@code TNMT-6005} that names every table that differs, and how
   */
  public long require(Release release) {
    List<PinnedTable> pinned =
        release.tables().stream().filter(table -> table.snapshotId() >= 0).toList();
    String differences =
        pinned.stream()
            .parallel()
            .map(table -> difference(table, release.releaseId()).map(d -> table.name() + ": " + d))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.RELEASE_DAMAGED,
          "kho không còn giữ đúng bản phát hành / the store does not hold the release as it was"
              + " made: "
              + differences,
          Releases.key(release),
          "do not cite the release; restore the warehouse from a backup and verify again");
    }
    return pinned.size();
  }

  private Optional<String> difference(PinnedTable pinned, String tag) {
    Table table;
    try {
      table = catalog.loadTable(TableIdentifier.parse(pinned.name()));
    } catch (NoSuchTableException e) {
      return Optional.of("the table is gone");
    }
    Snapshot snapshot = table.snapshot(pinned.snapshotId());
    if (snapshot == null) {
      return Optional.of("snapshot %d is gone".formatted(pinned.snapshotId()));
    }
    SnapshotRef tagged = table.refs().get(tag);
    if (tagged == null || tagged.snapshotId() != pinned.snapshotId()) {
      return Optional.of("tag %s does not name snapshot %d".formatted(tag, pinned.snapshotId()));
    }
    try {
      return content(pinned, table, snapshot);
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
        snapshot.dataManifests(table.io()).stream().mapToLong(Verification::records).sum();
    return records == pinned.records()
        ? Optional.empty()
        : Optional.of(
            "its files have %d rows, pinned were %d".formatted(records, pinned.records()));
  }

  private static long records(ManifestFile manifest) {
    return manifest.addedRowsCount() + manifest.existingRowsCount();
  }
}

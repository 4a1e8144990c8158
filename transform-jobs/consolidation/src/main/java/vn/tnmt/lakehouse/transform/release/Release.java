package vn.tnmt.lakehouse.transform.release;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A named, frozen set: what every table held when a night was published.
 *
 * @param runId the run that made it
 * @param businessDate ISO date
 * @param startedAt when the run began
 * @param definitions what it was made with
 * @param lineage where it stands in the lake's past
 */
public record Release(
    String releaseId,
    String runId,
    String businessDate,
    Instant startedAt,
    Instant createdAt,
    String softwareVersion,
    Definitions definitions,
    Lineage lineage,
    List<PinnedTable> tables) {
  /** An older version's manifest lacks some of them. */
  public Release {
    definitions = Objects.requireNonNullElse(definitions, Definitions.NONE);
    lineage = Objects.requireNonNullElse(lineage, Lineage.NONE);
  }

  /**
   * A table as the release sees it.
   *
   * @param snapshotId the snapshot that readers of this release see
   * @param manifestListSha256 checksum of the snapshot's manifest list, which names every data file
   * @param records rows in the snapshot
   * @param contractVersion version of the contract that the table followed; empty for raw tables
   * @param branch the run's branch, when this run wrote the table; empty otherwise
   */
  public record PinnedTable(
      String name,
      long snapshotId,
      String manifestListSha256,
      long records,
      String contractVersion,
      String branch) {}
}

package vn.tnmt.lakehouse.core.lake;

import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/** How many rows a snapshot has, without looking at any. */
public final class SnapshotRows {
  private SnapshotRows() {}

  /**
   * Records of its data files less those that delete files take out by position; empty when its
   * summary does not say, or where rows are taken out by value, which the platform never does.
   * Whoever rewrites data files has to drop deletes that then meet nothing: they would be
   * subtracted, too.
   */
  public static OptionalLong of(Snapshot snapshot) {
    OptionalLong records = count(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP);
    return records.isEmpty() || count(snapshot, SnapshotSummary.TOTAL_EQ_DELETES_PROP).orElse(0) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(
            records.getAsLong()
                - count(snapshot, SnapshotSummary.TOTAL_POS_DELETES_PROP).orElse(0));
  }

  private static OptionalLong count(Snapshot snapshot, String property) {
    String total = snapshot.summary().get(property);
    return total == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total));
  }
}

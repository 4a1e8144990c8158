package vn.tnmt.lakehouse.transform.standardise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.SnapshotLimits;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.transform.standardise.SnapshotDiff.Changes;

/**
 * Whether a snapshot changes more of what its feed has brought before than the feed allows. Pure: a
 * night that is run again decides the same.
 */
public final class SnapshotCheck {
  private SnapshotCheck() {}

  /**
   * A delivery that is all there is of its feed.
   *
   * @param approved whether a person let it in, whatever it changes
   */
  public record Snapshot(String deliveryId, Feed feed, boolean approved) {}

  /** A snapshot over its limits: none of its records goes on. */
  public record Held(String deliveryId, List<Finding> findings) {}

  /** In what the snapshot is over its feed's limits; nothing for the first one of a feed. */
  static List<Finding> over(Feed feed, Changes changes) {
    SnapshotLimits limits = feed.gate().snapshot();
    List<Optional<Finding>> found =
        List.of(
            over(FindingKind.ADDED, changes.added(), changes, limits.added(), "thêm", "adds"),
            over(
                FindingKind.CHANGED,
                changes.changed(),
                changes,
                limits.changed(),
                "sửa",
                "changes"),
            over(
                FindingKind.REMOVED,
                changes.removed(),
                changes,
                limits.removed(),
                "bỏ",
                "removes"));
    return GateCheck.answered(feed, found.stream().flatMap(Optional::stream).toList());
  }

  private static Optional<Finding> over(
      FindingKind kind, long rows, Changes changes, double limit, String vi, String en) {
    long standing = changes.standing();
    if (standing == 0 || limit >= 1 || rows <= limit * standing) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            kind,
            List.of(),
            "bản chụp %s %d trong %d bản ghi, giới hạn %s %%"
                .formatted(vi, rows, standing, share(limit).replace('.', ',')),
            "the snapshot %s %d of %d records, the limit is %s %%"
                .formatted(en, rows, standing, share(limit))));
  }

  private static String share(double limit) {
    return BigDecimal.valueOf(100 * limit)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }
}

package vn.tnmt.lakehouse.transform.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;

/**
 * What the gate says of a delivery.
 *
 * @param landing key of its folder
 * @param fingerprint null when it was not looked at
 * @param decidedBy who decided, and when and why; null while nobody has
 */
public record Judgement(
    String landing,
    String deliveryId,
    String feed,
    LocalDate businessDate,
    Status status,
    List<Finding> findings,
    @Nullable Fingerprint fingerprint,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String why) {
  /** How it stands with a delivery. */
  public enum Status {
    PASSED,
    WARNED,
    HELD,
    APPROVED,
    REJECTED
  }

  /** What decides about deliveries that a feed refuses by itself. */
  private static final String BY_THE_FEED = "gate";

  /** Whether it was refused by its feed, not by a person. */
  public boolean isBlocked() {
    return status == Status.REJECTED && BY_THE_FEED.equals(decidedBy) && decidedAt == null;
  }

  /** The same, refused by its feed. */
  public Judgement blocked(String reason) {
    return decided(Status.REJECTED, BY_THE_FEED, null, reason);
  }

  /** The same, held for what was found since. */
  public Judgement held(List<Finding> since) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(since);
    return new Judgement(
        landing, deliveryId, feed, businessDate, Status.HELD, all, fingerprint, null, null, null);
  }

  /** The same, held because of its bytes; what was learnt from them counts no more. */
  public Judgement damaged(Finding finding) {
    return new Judgement(
        landing,
        deliveryId,
        feed,
        businessDate,
        Status.HELD,
        List.of(finding),
        null,
        null,
        null,
        null);
  }

  /** The same, after a decision. */
  public Judgement decided(Status decision, String by, @Nullable Instant at, String reason) {
    return new Judgement(
        landing, deliveryId, feed, businessDate, decision, findings, fingerprint, by, at, reason);
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.ledger.Counts;

/**
 * What a night came to.
 *
 * @param releaseId the release that stands for the date after this night; empty when none was made
 * @param report the report's page, when there is a release
 * @param notes things that a person should know, one line each
 */
public record NightResult(
    LocalDate businessDate,
    Outcome outcome,
    Optional<String> releaseId,
    Optional<Path> report,
    List<PublisherLine> publishers,
    List<AuditResult> audits,
    List<String> notes,
    Duration took) {
  /** How a night ends. */
  public enum Outcome {
    /** A release was made. */
    RELEASED,
    /** Nothing new came since the release of this date, which stands. */
    NOTHING_NEW,
    /** A blocking audit failed: nothing was released. */
    REFUSED
  }

  /**
   * One publisher's line of the summary.
   *
   * @param failures what kept its feeds from being collected
   */
  public record PublisherLine(
      String publisher, int deliveries, long files, Counts counts, List<String> failures) {}

  /** True when the date has a release. */
  public boolean released() {
    return outcome != Outcome.REFUSED;
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.release.Release;

/**
 * What consolidating a date came to.
 *
 * @param outcome {@code STAGED}, {@code NOTHING_NEW} or {@code REFUSED}
 * @param release what may be published, when staged
 * @param releaseId its id, or that of the release that stands
 * @param taken the deliveries that the run took
 * @param counts delivery id → what became of its records
 * @param notes what the gate says of deliveries, one line each
 */
public record Consolidated(
    Outcome outcome,
    Optional<Release> release,
    Optional<String> releaseId,
    List<Manifest> taken,
    Map<String, Counts> counts,
    List<AuditResult> audits,
    List<String> notes) {
  static Consolidated nothingNew(String standing, List<String> notes) {
    return new Consolidated(
        Outcome.NOTHING_NEW,
        Optional.empty(),
        Optional.of(standing),
        List.of(),
        Map.of(),
        List.of(),
        notes);
  }
}

package vn.tnmt.lakehouse.transform.audit;

import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * What one national rule measured.
 *
 * @param audit stable code, for example {@code AUD-01}
 * @param severity BLOCK: a failure stops the release; WARN: it is reported
 * @param measured the figure compared; NaN when there is none
 * @param threshold what it was compared with; NaN when there is none
 */
public record AuditResult(
    String audit,
    Severity severity,
    boolean passed,
    double measured,
    double threshold,
    String messageVi,
    String messageEn) {
  public boolean blocks() {
    return !passed && severity == Severity.BLOCK;
  }
}

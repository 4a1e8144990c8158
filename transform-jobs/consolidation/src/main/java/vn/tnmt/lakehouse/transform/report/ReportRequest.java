package vn.tnmt.lakehouse.transform.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.release.Duty;
import vn.tnmt.lakehouse.transform.report.ReportData.Policy;

/**
 * Which release is reported on.
 *
 * @param release the release
 * @param previous the release before, which changes are counted from; null for the first
 * @param generatedAt when the release was made
 * @param duties what every publisher owed
 * @param contracts what the datasets are called
 * @param rules what the rules' codes mean
 * @param sections what the national datasets add
 * @param policies choices that the decisions leave open, as used in this release
 */
public record ReportRequest(
    Pinned release,
    @Nullable Pinned previous,
    Instant generatedAt,
    List<Duty> duties,
    Contracts contracts,
    RuleTexts rules,
    ReportSections sections,
    List<Policy> policies) {

  /**
   * A release and the tables that it froze.
   *
   * @param tables {@code domain.table} → what stands for it in SQL, for example {@code
   *     lake.national.station VERSION AS OF 123}
   */
  public record Pinned(
      String releaseId, String runId, LocalDate businessDate, UnaryOperator<String> tables) {}
}

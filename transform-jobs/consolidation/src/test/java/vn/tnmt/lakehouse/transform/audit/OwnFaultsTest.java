package vn.tnmt.lakehouse.transform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.ParcelNights.Night;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.Ledger;

/** An exception of ours is no verdict about a publisher's record: the release waits. */
@Tag("slow")
class OwnFaultsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static ParcelNights parcels;

  @BeforeAll
  static void tables() {
    parcels = new ParcelNights(LAKE.lakehouse());
  }

  private static AuditResult audit(int day, Line... lines) {
    Night night = parcels.night(LocalDate.of(2026, 3, day), lines);
    new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
    return new OwnFaults(night.tables()).audit();
  }

  @Test
  void aFaultBlocksTheReleaseAndIsNamedByDeliveryFileAndLine() {
    AuditResult result =
        audit(
            1,
            new Line("d1", "a.csv", 2, "1", 100),
            new Line("d1", "a.csv", 3, "2", 200, "REC-99"),
            new Line("d2", "tờ 7/b.csv", 14, "3", 300, "REC-99"),
            new Line("d2", "tờ 7/b.csv", 15, "4", -1, "PAR-03"));
    assertThat(result.blocks()).isTrue();
    assertThat(result.audit()).isEqualTo("AUD-99");
    assertThat(result.measured()).isEqualTo(2);
    assertThat(result.messageVi())
        .isEqualTo(
            "Số bản ghi mà hệ thống tự gặp lỗi khi xử lý (REC-99): 2:"
                + " vp-x/thua d1 a.csv:3; vp-x/thua d2 tờ 7/b.csv:14.");
    assertThat(result.messageEn())
        .isEqualTo(
            "Records over which the platform itself failed (REC-99): 2:"
                + " vp-x/thua d1 a.csv:3; vp-x/thua d2 tờ 7/b.csv:14.");
  }

  @Test
  void itIsAmongTheNightsAudits() {
    Night night =
        parcels.night(LocalDate.of(2026, 3, 4), new Line("d1", "a.csv", 3, "2", 200, "REC-99"));
    Map<String, Counts> counts =
        new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
    List<AuditResult> results =
        new Audits(
                night.tables(),
                Contracts.bundled(),
                new RuleContext(Instant.parse("2026-03-04T17:00:00Z"), LocalDate.of(2026, 3, 4)),
                1)
            .run(List.of(), List.of(), night.deliveries(), counts, 34, 34);
    assertThat(results)
        .filteredOn(AuditResult::blocks)
        .extracting(AuditResult::audit)
        .containsExactly("AUD-99");
    assertThat(
            night
                .tables()
                .read("ops.audit_result")
                .where("run_id = '2026-03-04-1' AND NOT passed AND severity = 'BLOCK'")
                .selectExpr("audit", "string(business_date)", "measured", "threshold")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly("[AUD-99,2026-03-04,1.0,0.0]");
  }

  @Test
  void ofManyTheFirstAreNamed() {
    AuditResult result =
        audit(
            2,
            IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new Line("d", "a.csv", i, "" + i, 100, "REC-99"))
                .toArray(Line[]::new));
    assertThat(result.measured()).isEqualTo(7);
    assertThat(result.messageEn())
        .contains("(REC-99): 7: vp-x/thua d a.csv:1;")
        .endsWith("a.csv:5; ….");
  }

  @Test
  void whatBreaksOtherRulesIsThePublishersAndBlocksNothing() {
    AuditResult result = audit(3, new Line("d1", "a.csv", 2, "1", -1, "PAR-03"));
    assertThat(result.passed()).isTrue();
    assertThat(result.messageEn()).endsWith("(REC-99): 0.");
  }
}

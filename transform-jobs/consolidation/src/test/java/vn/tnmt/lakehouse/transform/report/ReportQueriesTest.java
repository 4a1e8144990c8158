package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.answer.ReceiptQueries;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.release.Duty;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.FeedState;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.toy.ToySection;

/** Figures counted by hand over a few rows on real tables. */
@Tag("slow")
class ReportQueriesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  /** As the contract has it. */
  private static final Words OBSERVATIONS =
      new Words("Số liệu quan trắc tự động, liên tục", "Automatic continuous observations");

  private static ReportData data;
  private static List<Receipt> receipts;

  @BeforeAll
  static void aSmallNight() {
    var catalog = LAKE.lakehouse().catalog();
    TablePlan.compute(catalog, Contracts.bundled()).apply(catalog);
    insert(
        "ops.delivery",
        delivery("d-old", "r1", "2026-11-21", "snnmt-b", "monitoring.observation", 50, 50, 0, 0)
            + ","
            + delivery("d1", "r2", "2026-11-22", "snnmt-a", "monitoring.observation", 100, 90, 7, 3)
            + ","
            // owes nothing any more
            + delivery("d3", "r0", "2026-11-22", "vien-cu", "monitoring.observation", 5, 4, 1, 0)
            + ","
            + delivery("d2", "r2", "2026-11-22", "cuc-x", "admin.unit", 34, 34, 0, 0));
    insert(
        "ops.rule_result (delivery_id, rule, run_id, business_date, publisher, feed, dataset, severity, broken)",
        "('d1', 'REC-11', 'r2', DATE '2026-11-22', 'snnmt-a', 'f', 'monitoring.observation', 'BLOCK', 7),"
            + "('d1', 'REC-18', 'r2', DATE '2026-11-22', 'snnmt-a', 'f', 'monitoring.observation', 'WARN', 2)");
    insert(
        "ops.gate",
        // of d1; of another delivery of that name on another night; d2 looks as ever
        gate("d1", "2026-11-22", "approved", "san_luong: 1.000 lần")
            + ","
            + gate("d1", "2026-11-21", "warned", "của đêm khác")
            + ",('l-d2', 'd2', 'f', DATE '2026-11-22', 'passed', '[]', NULL, NULL, NULL, NULL)");
    StringBuilder quarantine = new StringBuilder();
    for (int line = 7; line >= 1; line--) {
      quarantine
          .append(quarantine.isEmpty() ? "" : ",")
          .append(
              "('r2', DATE '2026-11-22', 'snnmt-a', 'f', 'monitoring.observation', 'd1', 'a.txt', %d, 0, array(named_struct('rule', 'REC-11', 'severity', 'BLOCK', 'column', 'value', 'value', 'x%d', 'expected', '')))"
                  .formatted(line, line));
    }
    insert(
        "ops.quarantine (run_id, business_date, publisher, feed, dataset, delivery_id, source_file, source_line, record_part, breaches)",
        quarantine.toString());
    insert(
        "ops.audit_result (run_id, audit, business_date, severity, passed, measured, threshold, message_vi, message_en)",
        "('r2', 'AUD-01', DATE '2026-11-22', 'BLOCK', true, 0, 0, 'đủ', 'adds up')");
    insert(
        "ops.release",
        "('R2', 'r2', DATE '2026-11-22', TIMESTAMP '2026-11-22T19:00:00Z', 'm', array(named_struct('name', 'national.station', 'snapshot_id', 42L, 'manifest_list_sha256', 'ab', 'records', 3L, 'contract_version', '1.0.0')), null)");
    insert(
        "admin.unit (code, level, name, province_code, valid_from, boundary_kind, geometry)",
        // POLYGON ((105 20, 106 20, 106 21, 105 20))
        "('01', 'province', 'Hà Nội', '01', DATE '2026-01-01', 'generated', X'"
            + "010300000001000000040000000000000000405A4000000000000034400000000000805A4000000000000034400000000000805A4000000000000035400000000000405A400000000000003440"
            + "')");

    var a = SampleFeeds.feed("snnmt-a", "01", "monitoring.observation", 1);
    var b = SampleFeeds.feed("snnmt-b", "79", "monitoring.observation", 1);
    var x = SampleFeeds.feed("cuc-x", "", "admin.unit", 365);
    data =
        ReportQueries.read(
            LAKE.spark(),
            new ReportRequest(
                new Pinned("R2", "r2", DAY, table -> "lake." + table),
                new Pinned("R1", "r1", DAY.minusDays(1), table -> "lake." + table),
                Instant.parse("2026-11-22T19:00:00Z"),
                List.of(Duty.of(a), Duty.of(b), Duty.of(x)),
                Contracts.bundled(),
                RuleTexts.bundled(),
                ReportSections.of(List.of(new ToySection("admin.unit")), Contracts.bundled()),
                List.of()));
    receipts = new ArrayList<>();
    ReceiptQueries.read(
            LAKE.spark(),
            table -> "lake." + table,
            List.of("raw.monitoring_observation"),
            "r2",
            DAY,
            List.of(a, b, x),
            RuleTexts.bundled(),
            Contracts.bundled())
        .forEachRemaining(receipts::add);
  }

  @Test
  void leadFigures() {
    LeadFigure letters =
        new LeadFigure(new Words("Số chữ của các tên", "Letters of the names"), 6, Words.NONE);
    assertThat(data.lead()).isEqualTo(new Lead(List.of(letters), 128, 139, 1, 34, 0, 0));
    // the day before: one delivery; the register of units is as it was
    assertThat(data.previousLead()).isEqualTo(new Lead(List.of(letters), 50, 50, 1, 34, 0, 0));
  }

  @Test
  void provincesHaveTheirBoundaries() {
    assertThat(province("01").boundary()).isEqualTo(Boundary.GENERATED);
    assertThat(province("01").outline()).startsWith("POLYGON ((");
    assertThat(province("79").outline()).isNull();
    assertThat(data.provinces()).hasSize(34);
  }

  @Test
  void aSectionThatNothingSharedKnowsIsInThePage() {
    String page = ReportPage.render(data);
    assertThat(page)
        .contains("1 tỉnh có tên; 33 trong 34 tỉnh, thành chưa gửi số liệu")
        .contains("Số chữ của các tên")
        .contains("id=\"panel-toy\"")
        .containsPattern("data-p=\"01\"[^>]* fill=\"#112233\"")
        .contains("TOY 6 · Ngắn")
        .contains("<a href=\"toy/names.html\">")
        .contains("<h4><span lang=\"vi\">Tên các tỉnh</span>");
    assertThat(ReportPage.files(data)).containsOnlyKeys("index.html", "toy/names.html");
    assertThat(ReportPage.files(data)).containsEntry("index.html", page);
  }

  @Test
  void whoDeliveredAndWhoDidNot() {
    assertThat(data.publishers())
        .extracting(Publisher::received)
        .containsExactly(100L, 0L, 34L, 5L);
    // the table's last line is the figure at the top
    assertThat(data.publishers().stream().mapToLong(Publisher::received).sum())
        .isEqualTo(data.lead().rowsReceived());
    assertThat(data.publishers().stream().mapToLong(Publisher::accepted).sum())
        .isEqualTo(data.lead().rowsAccepted());
    assertThat(data.publishers().get(0).feeds())
        .containsExactly(new FeedState("f", OBSERVATIONS, true, DAY, 0));
    assertThat(data.publishers().get(1).feeds())
        .containsExactly(new FeedState("f", OBSERVATIONS, false, DAY.minusDays(1), 1));
  }

  @Test
  void quality() {
    assertThat(data.rules())
        .extracting(ReportData.RuleCount::rule, ReportData.RuleCount::broken)
        .containsExactly(tuple("REC-11", 7L), tuple("REC-18", 2L));
    assertThat(data.audits()).hasSize(1);
    assertThat(data.method().tables()).hasSize(1);
  }

  @Test
  void thePageShowsTheStatementsAsTheyRan() {
    String page = ReportPage.render(data);
    assertThat(page)
        .contains("FROM lake.ops.delivery")
        .contains("business_date = DATE &#39;2026-11-22&#39;")
        .contains("FROM lake.admin.unit WHERE level = &#39;province&#39;");
  }

  @Test
  void aReceiptForEachDeliveryOfTheRun() {
    assertThat(receipts).extracting(Receipt::deliveryId).containsExactly("d2", "d1");
    Receipt receipt = receipts.get(1);
    assertThat(receipt.counts()).isEqualTo(new Receipt.Counts(100, 90, 7, 3, 0, 0));
    assertThat(receipt.rules())
        .extracting(Receipt.BrokenRule::rule)
        .containsExactly("REC-11", "REC-18");
    assertThat(receipt.rules().get(0).examples())
        .extracting(Receipt.Example::line, Receipt.Example::value)
        .containsExactly(tuple(1L, "x1"), tuple(2L, "x2"), tuple(3L, "x3"));
  }

  @Test
  void receiptsSayWhatTheGateFound() {
    assertThat(receipts.get(0).gate()).isNull();
    GateAnswer gate = receipts.get(1).gate();
    assertThat(gate.state()).isEqualTo(GateAnswer.State.APPROVED);
    assertThat(gate.decision())
        .isEqualTo(
            new GateAnswer.Decision("tran.an", Instant.parse("2026-11-23T02:00:00Z"), "đúng"));
    assertThat(gate.findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("GATE-04");
              assertThat(found.severity()).isEqualTo(GatePolicy.Response.HOLD);
              assertThat(found.what().vi()).isEqualTo("san_luong: 1.000 lần");
            });
  }

  private static Province province(String code) {
    return data.provinces().stream().filter(p -> p.code().equals(code)).findFirst().orElseThrow();
  }

  /** Inserts values; columns that are not named after the table are null. */
  private static void insert(String target, String values) {
    String table = "lake." + target.split(" ", -1)[0];
    List<String> all = List.of(LAKE.spark().table(table).columns());
    List<String> given =
        target.contains("(")
            ? List.of(target.substring(target.indexOf('(') + 1, target.indexOf(')')).split(", *"))
            : all;
    String columns =
        all.stream()
            .map(column -> given.contains(column) ? column : "NULL")
            .collect(Collectors.joining(", "));
    LAKE.sql(
        "INSERT INTO %s SELECT %s FROM VALUES %s AS v(%s)"
            .formatted(table, columns, values, String.join(", ", given)));
  }

  private static String delivery(
      String id,
      String run,
      String date,
      String publisher,
      String dataset,
      int received,
      int accepted,
      int quarantined,
      int duplicate) {
    return "('%s', '%s', DATE '%s', '%s', 'f', '%s', '1.0.0', TIMESTAMP '%sT18:00:00Z', 1, 10L, 'l-%s', 'sha', %dL, %dL, %dL, %dL, 0L, 0L)"
        .formatted(
            id,
            run,
            date,
            publisher,
            dataset,
            date,
            id,
            received,
            accepted,
            quarantined,
            duplicate);
  }

  private static String gate(String id, String date, String status, String text) {
    return "('l-%s', '%s', 'f', DATE '%s', '%s', '[{\"kind\":\"SCALED\",\"columns\":[\"san_luong\"],\"vi\":\"%s\",\"en\":\"x\",\"response\":\"HOLD\"}]', NULL, 'tran.an', TIMESTAMP '2026-11-23T02:00:00Z', 'đúng')"
        .formatted(id, id, date, status, text);
  }
}

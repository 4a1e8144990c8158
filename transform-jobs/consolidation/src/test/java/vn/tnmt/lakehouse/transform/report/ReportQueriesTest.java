package vn.tnmt.lakehouse.transform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.answer.ReceiptQueries;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Receipt;
import vn.tnmt.lakehouse.transform.report.ReportData.Air;
import vn.tnmt.lakehouse.transform.report.ReportData.Boundary;
import vn.tnmt.lakehouse.transform.report.ReportData.Completeness;
import vn.tnmt.lakehouse.transform.report.ReportData.FeedState;
import vn.tnmt.lakehouse.transform.report.ReportData.Lead;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;
import vn.tnmt.lakehouse.transform.report.ReportData.Publisher;
import vn.tnmt.lakehouse.transform.report.ReportData.Reason;
import vn.tnmt.lakehouse.transform.report.ReportData.Water;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;

/** Figures counted by hand over a few rows on real tables. */
class ReportQueriesTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static ReportData data;
  private static List<Receipt> receipts;

  @BeforeAll
  static void aSmallNight() {
    var catalog = LAKE.lakehouse().catalog();
    TablePlan.compute(catalog, Contracts.bundled()).apply(catalog);
    insert(
        "monitoring.station (station_code, name, province_code, station_type, lon, lat, active_from, active_to)",
        "('01KK001', 'Trạm A', '01', 'ambient_air', 105.8, 21.0, NULL, NULL),"
            + "('01KK002', 'Trạm B', '01', 'ambient_air', 105.9, 21.0, NULL, NULL),"
            + "('01KK003', 'Trạm cũ', '01', 'ambient_air', 105.9, 21.0, NULL, DATE '2026-01-01'),"
            + "('79KK001', 'Trạm C', '79', 'ambient_air', 106.7, 10.8, DATE '2026-01-01', NULL)");
    insert(
        "monitoring.observation (station_code, parameter, measured_at, observed_on, value, unit, status, symbol)",
        "('01KK001', 'PM2.5', TIMESTAMP '2026-11-22T01:00:00Z', DATE '2026-11-22', 60, 'µg/m³', '00', 'PM2,5'),"
            + "('01KK001', 'PM2.5', TIMESTAMP '2026-11-22T02:00:00Z', DATE '2026-11-22', 61, 'µg/m³', '00', 'PM2,5'),"
            + "('79KK001', 'PM2.5', TIMESTAMP '2026-11-21T02:00:00Z', DATE '2026-11-21', 20, 'µg/m³', '00', 'PM2,5')");
    insert(
        "national.station (station_code, name, province_code, station_type, lon, lat, province_agrees)",
        "('01KK001', 'Trạm A', '01', 'ambient_air', 105.8, 21.0, true),"
            + "('01KK002', 'Trạm B', '01', 'ambient_air', 105.9, 21.0, false),"
            + "('79KK001', 'Trạm C', '79', 'ambient_air', 106.7, 10.8, NULL)");
    insert(
        "national.air_quality_daily (station_code, province_code, local_date, aqi, driver, pm25_24h, hours_valid, no_index_reason)",
        "('01KK001', '01', DATE '2026-11-22', 151, 'PM2.5', 80.7, 24, NULL),"
            + "('01KK002', '01', DATE '2026-11-22', 90, 'O3', NULL, 20, NULL),"
            + "('79KK001', '79', DATE '2026-11-22', NULL, NULL, NULL, 3, 'PM_INCOMPLETE'),"
            + "('79KK001', '79', DATE '2026-11-21', 40, 'PM2.5', 20.0, 24, NULL)");
    insert(
        "national.air_quality_hourly (station_code, province_code, hour_ending, local_date, aqi, driver, minutes_valid)",
        // 24:00 of the business date, the first hour of the window, and one hour before it
        "('01KK001', '01', TIMESTAMP '2026-11-22T17:00:00Z', DATE '2026-11-22', 120, 'PM2.5', 60),"
            + "('01KK002', '01', TIMESTAMP '2026-11-22T17:00:00Z', DATE '2026-11-22', 99, 'PM2.5', 60),"
            + "('01KK002', '01', TIMESTAMP '2026-11-22T16:00:00Z', DATE '2026-11-22', NULL, NULL, 10),"
            + "('01KK001', '01', TIMESTAMP '2026-11-19T18:00:00Z', DATE '2026-11-20', 77, 'PM2.5', 60),"
            + "('01KK001', '01', TIMESTAMP '2026-11-19T17:00:00Z', DATE '2026-11-19', 300, 'PM2.5', 60)");
    insert(
        "national.water_quality (sample_point, sampled_on, province_code, lon, lat, wqi, weighting, groups_present, no_index_reason)",
        // P1: the latest sample counts, not the worst; P2 has none; P3 lies in no province
        "('P1', DATE '2026-10-01', '92', 105.7, 10.0, 20, 'unweighted', 4, NULL),"
            + "('P1', DATE '2026-11-01', '92', 105.7, 10.0, 60, 'unweighted', 4, NULL),"
            + "('P2', DATE '2026-11-02', '92', 105.8, 10.1, NULL, 'unweighted', 2, 'GROUPS_TOO_FEW'),"
            + "('P3', DATE '2026-11-03', NULL, 104.0, 9.0, 50, 'unweighted', 4, NULL),"
            + "('P4', DATE '2020-11-03', '92', 105.8, 10.1, 5, 'unweighted', 4, NULL)");
    insert(
        "ops.delivery",
        delivery("d-old", "r1", "2026-11-21", "snnmt-b", "monitoring.observation", 50, 50, 0, 0)
            + ","
            + delivery("d1", "r2", "2026-11-22", "snnmt-a", "monitoring.observation", 100, 90, 7, 3)
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
        "('R2', 'r2', DATE '2026-11-22', TIMESTAMP '2026-11-22T19:00:00Z', 'm', array(named_struct('name', 'national.station', 'snapshot_id', 42L, 'manifest_list_sha256', 'ab', 'records', 3L, 'contract_version', '1.0.0')))");
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
            ReportRequest.of(
                new Pinned("R2", "r2", DAY, table -> "lake." + table),
                new Pinned("R1", "r1", DAY.minusDays(1), table -> "lake." + table),
                Instant.parse("2026-11-22T19:00:00Z"),
                List.of(a, b, x),
                RuleTexts.bundled(),
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
    assertThat(data.lead()).isEqualTo(new Lead(1, 3, 124, 134, 1, 34, 2, 4));
    // the day before: one of three stations, one delivery, 79KK001 with 40; P1 (60) and P3 (50)
    assertThat(data.previousLead()).isEqualTo(new Lead(1, 3, 50, 50, 1, 34, 1, 3));
  }

  @Test
  void aProvinceIsItsWorstStation() {
    assertThat(province("01").air())
        .isEqualTo(new Air(151, "01KK001", "Trạm A", "PM2.5", 121, 2, 2)); // (151 + 90) / 2 = 120.5
    assertThat(province("79").air()).isNull();
    assertThat(province("01").boundary()).isEqualTo(Boundary.GENERATED);
    assertThat(province("01").outline()).startsWith("POLYGON ((");
    assertThat(province("79").outline()).isNull();
    assertThat(data.provinces()).hasSize(34);
  }

  @Test
  void aPointIsItsLatestSample() {
    assertThat(province("92").water())
        .isEqualTo(new Water(60, "P1", LocalDate.of(2026, 11, 1), 60, 1, 0, 2));
    assertThat(data.worstWater())
        .extracting(ReportData.WaterPoint::point)
        .containsExactly("P3", "P1");
    assertThat(data.worstWater().get(0).provinceCode()).isNull();
  }

  @Test
  void worstStationsCarryTheirConcentration() {
    assertThat(data.worstAir())
        .extracting(ReportData.AirStation::code, ReportData.AirStation::concentration)
        .containsExactly(tuple("01KK001", 80.7), tuple("01KK002", null));
  }

  @Test
  void theTrendEndsAtMidnightAndHoldsTheWorstStation() {
    var series = data.trend().series().get(0);
    assertThat(data.trend().series()).hasSize(1);
    assertThat(data.trend().firstHour()).isEqualTo(Instant.parse("2026-11-19T18:00:00Z"));
    assertThat(series.worst()).hasSize(72);
    assertThat(series.worst().get(0)).isEqualTo(77);
    assertThat(series.worst().get(70)).isNull();
    assertThat(series.worst().get(71)).isEqualTo(120);
  }

  @Test
  void whoDeliveredAndWhoDidNot() {
    assertThat(data.publishers()).extracting(Publisher::received).containsExactly(100L, 0L, 34L);
    assertThat(data.publishers().get(0).feeds())
        .containsExactly(new FeedState("f", "monitoring.observation", true, DAY, 0));
    assertThat(data.publishers().get(1).feeds())
        .containsExactly(new FeedState("f", "monitoring.observation", false, DAY.minusDays(1), 1));
  }

  @Test
  void quality() {
    assertThat(data.quality().rules())
        .extracting(ReportData.RuleCount::rule, ReportData.RuleCount::broken)
        .containsExactly(tuple("REC-11", 7L), tuple("REC-18", 2L));
    assertThat(data.quality().completeness())
        .containsExactly(
            new Completeness("complete-stations", 1, 3),
            new Completeness("complete-hours", 2, 72),
            new Completeness("complete-days", 2, 3),
            new Completeness("complete-points", 2, 3),
            new Completeness("complete-units", 1, 2));
    assertThat(data.quality().reasons())
        .containsExactly(
            new Reason("VN_AQI", "PM_INCOMPLETE", 1), new Reason("VN_WQI", "GROUPS_TOO_FEW", 1));
    assertThat(data.audits()).hasSize(1);
    assertThat(data.method().tables()).hasSize(1);
  }

  @Test
  void thePageShowsTheStatementsAsTheyRan() {
    String page = ReportPage.render(data);
    assertThat(page)
        .contains("lake.national.air_quality_daily a")
        .contains("local_date = DATE &#39;2026-11-22&#39;");
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
    String table = "lake." + target.split(" ")[0];
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

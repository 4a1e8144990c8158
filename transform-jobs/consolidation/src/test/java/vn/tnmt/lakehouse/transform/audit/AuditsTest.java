package vn.tnmt.lakehouse.transform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.ParcelNights;
import vn.tnmt.lakehouse.transform.ParcelNights.Line;
import vn.tnmt.lakehouse.transform.ParcelNights.Night;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.Ledger;
import vn.tnmt.lakehouse.transform.national.Changes;
import vn.tnmt.lakehouse.transform.national.NationalEngine;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/** Each audit has a case in which it must speak, and one in which it must not. */
@Tag("slow")
class AuditsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final Contracts CONTRACTS = Contracts.bundled();
  private static final Contract DAILY = CONTRACTS.contract("national.air_quality_daily");
  private static ParcelNights parcels;

  @BeforeAll
  static void tables() {
    parcels = new ParcelNights(LAKE.lakehouse());
  }

  private static List<AuditResult> audits(
      Night night,
      Map<String, Counts> counts,
      double quarantineShare,
      List<NationalEngine.Written> national,
      long delivered) {
    LocalDate date = night.run().businessDate();
    return new Audits(
            night.tables(),
            CONTRACTS,
            new RuleContext(Instant.parse(date + "T17:00:00Z"), date),
            quarantineShare)
        .run(
            List.of(new WrittenTable(ParcelNights.CONTRACT, night.settled().touched())),
            national,
            night.deliveries(),
            counts,
            delivered,
            34);
  }

  private static Map<String, Counts> ledger(Night night) {
    return new Ledger(night.tables()).record(List.of(night.settled()), night.deliveries());
  }

  private static AuditResult named(List<AuditResult> results, String audit) {
    assertThat(results).extracting(AuditResult::audit).contains(audit);
    return results.stream().filter(r -> r.audit().equals(audit)).findFirst().orElseThrow();
  }

  @Test
  void aNightThatIsAsItShouldBeBlocksNothing() {
    Night night = parcels.night(LocalDate.of(2026, 4, 1), new Line("a1", "a.csv", 2, "1", 100));
    List<AuditResult> results = audits(night, ledger(night), 0.2, List.of(), 34);
    assertThat(results).noneMatch(AuditResult::blocks);
    assertThat(named(results, "AUD-01 land.parcel").measured()).isEqualTo(1);
    assertThat(named(results, "AUD-05").passed()).isTrue();
  }

  /** A row that nobody accounted for is in the table after all. */
  @Test
  void growthThatTheLedgerDoesNotExplainBlocks() {
    Night night = parcels.night(LocalDate.of(2026, 4, 2), new Line("b1", "b.csv", 2, "20", 100));
    Map<String, Counts> counts = ledger(night);
    Dataset<Row> stray =
        night
            .tables()
            .read("land.parcel")
            .where("parcel_number = '20'")
            .withColumn("parcel_number", org.apache.spark.sql.functions.lit("21"));
    night.tables().append("land.parcel", stray);
    AuditResult growth = named(audits(night, counts, 0.2, List.of(), 34), "AUD-01 land.parcel");
    assertThat(growth.blocks()).isTrue();
    assertThat(growth.measured()).isEqualTo(2);
    assertThat(growth.threshold()).isEqualTo(1);
  }

  @Test
  void aKeyThatStandsTwiceBlocks() {
    Night night = parcels.night(LocalDate.of(2026, 4, 3), new Line("c1", "c.csv", 2, "30", 100));
    Map<String, Counts> counts = ledger(night);
    night
        .tables()
        .append("land.parcel", night.tables().read("land.parcel").where("parcel_number = '30'"));
    AuditResult keys = named(audits(night, counts, 0.2, List.of(), 34), "AUD-02");
    assertThat(keys.blocks()).isTrue();
    assertThat(keys.measured()).isEqualTo(1);
  }

  @Test
  void theShareOfQuarantinedRecordsIsToldAboveTheThreshold() {
    Night night =
        parcels.night(
            LocalDate.of(2026, 4, 4),
            new Line("d1", "d.csv", 2, "40", 100),
            new Line("d1", "d.csv", 3, "41", -1, "PAR-03"));
    Map<String, Counts> counts = ledger(night);
    AuditResult share = named(audits(night, counts, 0.4, List.of(), 34), "AUD-06");
    assertThat(share.passed()).isFalse();
    assertThat(share.blocks()).isFalse();
    assertThat(share.measured()).isEqualTo(0.5);
    assertThat(named(audits(night, counts, 0.5, List.of(), 34), "AUD-06").passed()).isTrue();
  }

  @Test
  void provincesThatDeliveredNothingAreTold() {
    Night night = parcels.night(LocalDate.of(2026, 4, 5), new Line("e1", "e.csv", 2, "50", 100));
    AuditResult delivered = named(audits(night, ledger(night), 0.2, List.of(), 33), "AUD-05");
    assertThat(delivered.passed()).isFalse();
    assertThat(delivered.messageVi()).isEqualTo("33 trên 34 tỉnh, thành phố đã gửi dữ liệu.");
  }

  /** The register of this lake is empty: no province is in force. */
  @Test
  void aCountThatIsNotWhatTheContractSaysIsToldAsItSays() {
    Night night = parcels.night(LocalDate.of(2026, 4, 6), new Line("f1", "f.csv", 2, "60", 100));
    AuditResult count =
        named(audits(night, ledger(night), 0.2, List.of(), 34), "ADM-11 admin.unit");
    assertThat(count.passed()).isFalse();
    assertThat(count.severity()).isEqualTo(Severity.WARN);
    assertThat(count.measured()).isZero();
    assertThat(count.threshold()).isEqualTo(34);
  }

  /**
   * AQD-01: VN_AQI lies in 0–500; AQD-02: hours in 0–24. Both block, and only rows written count.
   */
  @Test
  void aNationalRowThatBreaksItsContractBlocks() {
    Night night = parcels.night(LocalDate.of(2026, 4, 7), new Line("g1", "g.csv", 2, "70", 100));
    List<AuditResult> results =
        audits(
            night,
            ledger(night),
            0.2,
            List.of(
                written(
                    "('A', '01', date '2026-04-06', 501, 24), ('B', '01', date '2026-04-06', 500, 24),"
                        + " ('C', '01', date '2026-04-06', -1, 25)")),
            34);
    assertThat(named(results, "AUD-03").blocks()).isTrue();
    assertThat(named(results, "AUD-03").measured()).isEqualTo(3);
    List<AuditResult> rules =
        results.stream().filter(r -> r.audit().endsWith(DAILY.dataset())).toList();
    assertThat(rules).hasSize(2).allMatch(AuditResult::blocks);
    assertThat(rules).extracting(AuditResult::measured).containsExactlyInAnyOrder(2.0, 1.0);
    assertThat(rules.get(0).messageEn()).contains("station_code A, local_date 2026-04-06");
  }

  @Test
  void aNationalRowWithoutARequiredValueBlocksByTheCommonRule() {
    Night night = parcels.night(LocalDate.of(2026, 4, 8), new Line("h1", "h.csv", 2, "80", 100));
    List<AuditResult> results =
        audits(
            night,
            ledger(night),
            0.2,
            List.of(written("('A', null, date '2026-04-06', 50, 24)")),
            34);
    assertThat(named(results, "REC-10 " + DAILY.dataset()).blocks()).isTrue();
  }

  private static NationalEngine.Written written(String values) {
    StringBuilder columns = new StringBuilder();
    DAILY
        .columns()
        .forEach(
            column ->
                columns
                    .append(columns.length() == 0 ? "" : ", ")
                    .append(
                        switch (column.name()) {
                          case "station_code",
                              "province_code",
                              "local_date",
                              "aqi",
                              "hours_valid" ->
                              "cast(" + column.name() + " as " + column.physicalType() + ")";
                          case "quarantined" -> "0";
                          default -> "cast(null as " + column.physicalType() + ")";
                        })
                    .append(" as ")
                    .append(column.name()));
    Dataset<Row> rows =
        LAKE.spark()
            .sql(
                "select %s from values %s as t(station_code, province_code, local_date, aqi, hours_valid)"
                    .formatted(columns, values));
    return new NationalEngine.Written(
        DAILY, Changes.inserted(DAILY.dataset(), rows), "false", "", () -> {});
  }

  /** A rule of ours that throws is told as REC-99 with the row, and blocks. */
  @Test
  void anExceptionOfARuleIsAFaultOfOurOwn() {
    RunTables tables = new RunTables(LAKE.lakehouse(), new RunId(LocalDate.of(2026, 4, 9), 1));
    Dataset<Row> wrongType =
        written("('A', '01', date '2026-04-06', 50, 24)")
            .changes()
            .after()
            .withColumn("aqi", org.apache.spark.sql.functions.lit("fifty"));
    assertThat(
            ContractRules.broken(
                DAILY,
                wrongType,
                new RuleContext(Instant.parse("2026-04-09T17:00:00Z"), LocalDate.of(2026, 4, 9)),
                tables))
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.rule()).isEqualTo("REC-99");
              assertThat(broken.severity()).isEqualTo(Severity.BLOCK);
              assertThat(broken.example()).contains("ClassCastException");
            });
  }
}

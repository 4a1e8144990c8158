package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;

/** Files of Thông tư 10/2021 through reader, mapping and rules. */
class StationFilesTest {
  private static final String FILE = "01KK001/2026/01/01/HN_ABCD_01KK001_20260101120000.txt";

  private static List<Judged> judge(String content) {
    return EngineTesting.judge("snnmt-ha_noi/observation", FILE, content);
  }

  @Test
  void makesCanonicalObservations() {
    List<Judged> judged =
        judge(
            """
            PM2,5\t35,2\tug/Nm3\t20260101003000\t00\r
            CO\t0.07\tmg/m3\t20260101120000\t00\r
            Temp\t23.58\toC\t20260101120000\t02\r
            pH\t7.33\t\t20260101120000\t00\r
            pH 7.4 20260101120500 01\r
            20260101120000 TSS 6.93 mg/l\r
            """);
    assertThat(told(judged))
        .containsExactly("1.0 ok", "2.0 ok", "3.0 ok", "4.0 ok", "5.0 ok", "6.0 ok");

    Judged dust = judged.get(0);
    assertThat(dust.value("station_code")).isEqualTo("01KK001");
    assertThat(dust.value("parameter")).isEqualTo("PM2.5");
    assertThat(dust.value("symbol")).isEqualTo("PM2,5");
    assertThat(dust.value("value")).isEqualTo(35.2);
    assertThat(dust.value("unit")).isEqualTo("µg/m³");
    assertThat(dust.value("status")).isEqualTo("00");
    // Half past midnight in Vietnam is the evening before in UTC; the day is Vietnam's.
    assertThat(dust.value("measured_at")).isEqualTo(Instant.parse("2025-12-31T17:30:00Z"));
    assertThat(dust.value("observed_on")).isEqualTo(LocalDate.of(2026, 1, 1));

    assertThat(judged.get(1).value("value")).as("0.07 mg is 70 µg, exactly").isEqualTo(70.0);
    assertThat(judged.get(2).value("value")).as("status 02 never changes a value").isEqualTo(23.58);
    assertThat(judged.get(2).value("status")).isEqualTo("02");
    assertThat(judged.get(3).value("unit")).isEqualTo("-");
    assertThat(judged.get(5).value("unit")).isEqualTo("mg/L");
  }

  @Test
  void tellsOnceWhatIsWrong() {
    List<Judged> judged =
        judge(
            """
            XYZ\t1\tmg/L\t20260101120000\t00
            TSS\tabc\tmg/L\t20260101120000\t00
            TSS\t\tmg/L\t20260101120000\t00
            TSS\t5\tfurlong\t20260101120000\t00
            TSS\t5\t\t20260101120000\t00
            TSS\t5\tmg/L\t20261301120000\t00
            TSS\t5\tmg/L\t20260101120000\t07
            pH\t17\t-\t20260101120000\t00
            pH\t17\t-\t20260101120000\t02
            pH\t7\t-\t20260102000001\t00
            \t7\t-\t20260101120000\t00
            TSS\t<5\tmg/L\t20260101120000\t00
            pH\t7\t-\t20260102000000\t00
            """);
    assertThat(told(judged))
        .containsExactly(
            "1.0 REC-14 blocked",
            "2.0 REC-11 blocked",
            "3.0 REC-10 blocked",
            "4.0 REC-15 blocked",
            "5.0 REC-18",
            "6.0 REC-12 blocked",
            "7.0 OBS-04 blocked",
            "8.0 OBS-02 OBS-03 blocked",
            "9.0 ok",
            "10.0 OBS-01 blocked",
            "11.0 REC-10 blocked",
            "12.0 REC-11 blocked",
            "13.0 ok");
    assertThat(judged.get(0).verdict().breaches().get(0).value()).isEqualTo("XYZ");
    assertThat(judged.get(3).verdict().breaches().get(0))
        .hasFieldOrPropertyWithValue("column", "unit")
        .hasFieldOrPropertyWithValue("value", "furlong")
        .hasFieldOrPropertyWithValue("expected", "mg/L");
    assertThat(judged.get(4).value("unit")).isEqualTo("mg/L");
    assertThat(judged.get(8).value("value")).isEqualTo(17.0);
  }

  /** A sum over the table is then a sum of what was measured. */
  @Test
  void aMarkForNoDataIsNoValueInAnyUnitAndStatus() {
    List<Judged> judged =
        judge(
            """
            CO\t-9999\tmg/m3\t20260101120000\t02
            CO\t-9999.00\tmg/m3\t20260101120500\t00
            CO -9999,0 mg/m3 20260101121000 01
            20260101121500 CO -999 mg/m3
            Temp\tNaN\toC\t20260101120000\t02
            Temp\t\toC\t20260101120500\t02
            Temp\t-8\toC\t20260101121000\t00
            """);
    assertThat(told(judged))
        .containsExactly(
            "1.0 ok", "2.0 OBS-07", "3.0 ok", "4.0 OBS-07", "5.0 ok", "6.0 ok", "7.0 ok");
    assertThat(judged.subList(0, 6)).allMatch(line -> line.value("value") == null);
    assertThat(judged.stream().map(line -> line.value("missing_reason")))
        .containsExactly("no_data", "no_data", "no_data", "no_data", "no_data", "blank", null);
    assertThat(judged.get(0).value("unit")).isEqualTo("µg/m³");
    assertThat(judged.get(0).value("status")).isEqualTo("02");
    assertThat(judged.get(6).value("value")).isEqualTo(-8.0);
  }

  @Test
  void localSymbolsAreOfTheirStationOnly() {
    String content = "Flow_IN\t40\tm3/h\t20260101120000\t00\nAmoni\t1\tmg/L\t20260101120000\t00\n";
    assertThat(
            told(
                EngineTesting.judge(
                    "snnmt-ho_chi_minh/observation",
                    "79NM001/2026/01/01/HCM_X_79NM001_20260101120000.txt",
                    content)))
        .containsExactly("1.0 ok", "2.0 ok");
    assertThat(told(judge(content))).containsExactly("1.0 REC-14 blocked", "2.0 ok");
  }

  @Test
  void sameContentSameHashWhateverTheSpelling() {
    List<Judged> judged =
        judge(
            """
            TSS\t6.9\tmg/L\t20260101120000\t00
            TSS 6,90 mg/l 20260101120000 00
            TSS\t6.91\tmg/L\t20260101120000\t00
            """);
    long first = ContentHash.of(judged.get(0).verdict().row());
    assertThat(ContentHash.of(judged.get(1).verdict().row())).isEqualTo(first);
    assertThat(ContentHash.of(judged.get(2).verdict().row())).isNotEqualTo(first);
  }
}

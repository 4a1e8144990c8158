package vn.tnmt.lakehouse.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.national.airqualitydaily.AirQualitySection;
import vn.tnmt.lakehouse.national.station.StationSection;
import vn.tnmt.lakehouse.national.waterquality.WaterQualitySection;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData;
import vn.tnmt.lakehouse.transform.report.ReportPage;
import vn.tnmt.lakehouse.transform.report.ReportQueries;
import vn.tnmt.lakehouse.transform.report.ReportRequest;
import vn.tnmt.lakehouse.transform.report.ReportRequest.Pinned;
import vn.tnmt.lakehouse.transform.report.ReportSections;
import vn.tnmt.lakehouse.transform.report.Scale;
import vn.tnmt.lakehouse.transform.report.SectionContent;
import vn.tnmt.lakehouse.transform.report.SectionContent.Completeness;
import vn.tnmt.lakehouse.transform.report.SectionContent.LeadFigure;
import vn.tnmt.lakehouse.transform.report.SectionContent.OutOfRange;
import vn.tnmt.lakehouse.transform.report.SectionContent.Place;
import vn.tnmt.lakehouse.transform.report.SectionContent.ProvinceValue;
import vn.tnmt.lakehouse.transform.report.SectionContent.Reason;

/** The national datasets' sections: figures counted by hand over a few rows on real tables. */
@Tag("slow")
class NationalSectionsTest {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static ReportData data;
  private static SectionContent station;
  private static SectionContent air;
  private static SectionContent water;

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
            + "('79KK001', 'PM2.5', TIMESTAMP '2026-11-21T02:00:00Z', DATE '2026-11-21', 20, 'µg/m³', '00', 'PM2,5'),"
            // a fault is no measured value
            + "('01KK002', 'PM2.5', TIMESTAMP '2026-11-22T03:00:00Z', DATE '2026-11-22', NULL, 'µg/m³', '02', 'PM2,5'),"
            // midnight ends a day: 00:00 of the 22nd is of the 21st, 24:00 of the 22nd is of the
            // 22nd
            + "('01KK002', 'PM2.5', TIMESTAMP '2026-11-21T17:00:00Z', DATE '2026-11-22', 20, 'µg/m³', '00', 'PM2,5'),"
            + "('79KK001', 'PM2.5', TIMESTAMP '2026-11-22T17:00:00Z', DATE '2026-11-23', 20, 'µg/m³', '00', 'PM2,5')");
    insert(
        "national.station (station_code, name, province_code, station_type, lon, lat, province_agrees)",
        "('01KK001', 'Trạm A', '01', 'ambient_air', 105.8, 21.0, true),"
            + "('01KK002', 'Trạm B', '01', 'ambient_air', 105.9, 21.0, false),"
            + "('79KK001', 'Trạm C', '79', 'ambient_air', 106.7, 10.8, NULL)");
    insert(
        "national.air_quality_daily (station_code, province_code, local_date, aqi, driver, pm25_24h, hours_valid, no_index_reason, incomplete, quarantined)",
        "('01KK001', '01', DATE '2026-11-22', 151, 'PM2.5', 80.7, 24, NULL, NULL, 0),"
            + "('01KK002', '01', DATE '2026-11-22', 90, 'O3', NULL, 20, NULL, 'PM10', 0),"
            + "('79KK001', '79', DATE '2026-11-22', NULL, NULL, NULL, 3, 'PM_INCOMPLETE', 'PM2.5', 0),"
            + "('79KK001', '79', DATE '2026-11-21', 40, 'PM2.5', 20.0, 24, NULL, NULL, 0)");
    insert(
        "national.air_quality_hourly (station_code, province_code, hour_ending, local_date, aqi, driver, minutes_valid)",
        // 24:00 of the business date, the first hour of the window, and one hour before it
        "('01KK001', '01', TIMESTAMP '2026-11-22T17:00:00Z', DATE '2026-11-22', 120, 'PM2.5', 60),"
            + "('01KK002', '01', TIMESTAMP '2026-11-22T17:00:00Z', DATE '2026-11-22', 99, 'PM2.5', 60),"
            + "('01KK002', '01', TIMESTAMP '2026-11-22T16:00:00Z', DATE '2026-11-22', NULL, NULL, 10),"
            + "('01KK001', '01', TIMESTAMP '2026-11-19T18:00:00Z', DATE '2026-11-20', 77, 'PM2.5', 60),"
            + "('01KK001', '01', TIMESTAMP '2026-11-19T17:00:00Z', DATE '2026-11-19', 300, 'PM2.5', 60)");
    insert(
        "national.water_quality (sample_point, sampled_on, province_code, lon, lat, wqi, weighting, groups_present, no_index_reason, not_detected, quarantined)",
        // P1: the latest sample counts, not the worst; P2 has none; P3 lies in no province
        "('P1', DATE '2026-10-01', '92', 105.7, 10.0, 20, 'unweighted', 4, NULL, 'zero', 0),"
            + "('P1', DATE '2026-11-01', '92', 105.7, 10.0, 60, 'unweighted', 4, NULL, 'zero', 0),"
            + "('P2', DATE '2026-11-02', '92', 105.8, 10.1, NULL, 'unweighted', 2, 'GROUPS_TOO_FEW', 'zero', 0),"
            + "('P3', DATE '2026-11-03', NULL, 104.0, 9.0, 50, 'unweighted', 4, NULL, 'zero', 2),"
            + "('P4', DATE '2020-11-03', '92', 105.8, 10.1, 5, 'unweighted', 4, NULL, 'zero', 0),"
            // a year of which no point lies in a province; P7's latest sample has none, an earlier
            // one has
            + "('P5', DATE '2024-05-01', NULL, 104.0, 9.0, 50, 'unweighted', 4, NULL, 'zero', 0),"
            + "('P6', DATE '2024-05-02', NULL, 104.0, 9.1, 80, 'unweighted', 4, NULL, 'zero', 0),"
            + "('P7', DATE '2024-05-02', NULL, 104.0, 9.2, 30, 'unweighted', 4, NULL, 'zero', 0),"
            + "('P7', DATE '2024-06-02', NULL, 104.0, 9.2, NULL, 'unweighted', 2, 'GROUPS_TOO_FEW', 'zero', 0),"
            + "('P8', DATE '2024-06-02', NULL, 104.0, 9.3, NULL, 'unweighted', 1, 'GROUP_IV_TOO_FEW', 'zero', 0)");
    data = read(DAY);
    station = data.sections().get(0);
    air = data.sections().get(1);
    water = data.sections().get(2);
  }

  private static ReportData read(LocalDate day) {
    return read(day, new Pinned("R1", "r1", day.minusDays(1), table -> "lake." + table));
  }

  private static ReportData read(LocalDate day, @Nullable Pinned previous) {
    return ReportQueries.read(
        LAKE.spark(),
        new ReportRequest(
            new Pinned("R2", "r2", day, table -> "lake." + table),
            previous,
            Instant.parse("2026-11-22T19:00:00Z"),
            List.of(),
            Contracts.bundled(),
            RuleTexts.bundled(),
            ReportSections.of(
                List.of(new StationSection(), new AirQualitySection(), new WaterQualitySection()),
                Contracts.bundled()),
            List.of()));
  }

  @Test
  void stationsThatReport() {
    assertThat(data.lead().sections()).containsExactly(reporting());
    // the day before: 79KK001, and 01KK002 by its last value of the day
    assertThat(data.previousLead().sections()).containsExactly(reporting());
  }

  private static LeadFigure reporting() {
    return new LeadFigure(
        new Words("Trạm có số liệu", "Stations reporting"),
        2,
        new Words(" / 3 trạm", " / 3 stations"));
  }

  @Test
  void indicesOutOfRange() {
    // 151 of 151 and 90; P3 (50) of P1 (60) and P3
    assertThat(air.outOfRange())
        .isEqualTo(
            new OutOfRange(1, 2, new Words("VN_AQI ngày trên 100", "daily VN_AQI above 100")));
    assertThat(water.outOfRange())
        .isEqualTo(
            new OutOfRange(1, 2, new Words("VN_WQI từ 50 trở xuống", "VN_WQI of 50 or less")));
    assertThat(data.lead().outOfRange()).isEqualTo(2);
    assertThat(data.lead().judged()).isEqualTo(4);
    // the day before: 79KK001 with 40; P1 and P3
    assertThat(data.previousLead().outOfRange()).isEqualTo(1);
    assertThat(data.previousLead().judged()).isEqualTo(3);
  }

  @Test
  void eachSectionSaysTheStateOfTheNation() {
    assertThat(air.headline().vi())
        .isEqualTo(
            "không khí kém hơn mức Trung bình ở 1 trong 1 tỉnh, thành có số liệu, "
                + "xấu nhất tại Hà Nội (VN_AQI 151, Xấu)");
    // P3, 50, lies in no province; the figure counts it and so does the sentence
    assertThat(water.headline().vi())
        .isEqualTo("nước mặt ở mức Xấu hoặc kém hơn tại 1 trong 2 điểm lấy mẫu");
    assertThat(station.headline()).isEqualTo(Words.NONE);
  }

  @Test
  void aNightWithoutDataSaysSo() {
    List<SectionContent> empty = read(LocalDate.of(2010, 1, 1)).sections();
    assertThat(empty.get(1).headline().vi()).isEqualTo("chưa tỉnh, thành nào có chỉ số không khí");
    assertThat(empty.get(2).headline().vi()).isEqualTo("chưa có chỉ số nước mặt");
    assertThat(empty.get(1).layer().values()).isEmpty();
    assertThat(empty.get(1).trend().series()).isEmpty();
  }

  @Test
  void pointsInNoProvinceAreInTheSentence() {
    SectionContent apart = read(LocalDate.of(2024, 6, 15)).sections().get(2);
    assertThat(apart.headline().vi())
        .isEqualTo("nước mặt ở mức Xấu hoặc kém hơn tại 2 trong 3 điểm lấy mẫu");
    assertThat(apart.layer().values()).isEmpty();
    assertThat(apart.reasons()).extracting(Reason::count).containsExactly(1L);
  }

  /** Whatever two figures of the page count in common. */
  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22", "2026-11-21", "2024-06-15", "2010-01-01"})
  void figuresAgree(LocalDate day) {
    ReportData report = read(day);
    assertThat(report.lead().outOfRange()).isEqualTo(sum(report, OutOfRange::count));
    assertThat(report.lead().judged()).isEqualTo(sum(report, OutOfRange::of));
    for (SectionContent section : report.sections()) {
      assertThat(section.completeness())
          .allMatch(part -> part.present() >= 0 && part.present() <= part.expected());
    }
    SectionContent stations = report.sections().get(0);
    LeadFigure reporting = report.lead().sections().get(0);
    if (!stations.completeness().isEmpty()) {
      assertThat(stations.completeness().get(0).present()).isEqualTo(reporting.value());
    }
    for (SectionContent section : report.sections().subList(1, 3)) {
      OutOfRange range = section.outOfRange();
      String headline = section.headline().vi();
      // none, some or all: sentence and figure say the same
      assertThat(headline.contains("chưa")).as(headline).isEqualTo(range.of() == 0);
      assertThat(headline.contains("kém hơn")).as(headline).isEqualTo(range.count() > 0);
      // the days (of points) that there are and the reasons why there are no others
      List<Completeness> parts = section.completeness();
      Completeness all =
          parts.isEmpty() ? new Completeness(Words.NONE, 0, 0) : parts.get(parts.size() - 1);
      assertThat(all.present()).isEqualTo(range.of());
      assertThat(section.reasons().stream().mapToLong(Reason::count).sum())
          .isEqualTo(all.expected() - all.present());
      // list and map have the same worst place of a province
      List<Place> places = section.places().rows();
      assertThat(places).hasSize((int) Math.min(8, range.of()));
      for (ProvinceValue province : section.layer().values()) {
        Place worst =
            places.stream()
                .filter(place -> province.provinceCode().equals(place.provinceCode()))
                .findFirst()
                .orElseThrow();
        assertThat(worst.value()).isEqualTo(province.value());
        assertThat(province.more().vi()).contains(worst.name());
      }
      if (!places.isEmpty()) {
        boolean bad =
            section.layer().scale().name().equals("VN_AQI")
                ? places.get(0).value() > 100
                : places.get(0).value() <= 50;
        assertThat(bad).isEqualTo(range.count() > 0);
      }
    }
    SectionContent airDay = report.sections().get(1);
    if (!airDay.places().rows().isEmpty()) {
      assertThat(airDay.headline().vi())
          .contains("(VN_AQI " + airDay.places().rows().get(0).value());
      assertThat(airDay.layer().values().stream().mapToInt(ProvinceValue::value).max())
          .hasValue(airDay.places().rows().get(0).value());
    }
  }

  private static long sum(ReportData report, ToLongFunction<OutOfRange> count) {
    return report.sections().stream()
        .map(SectionContent::outOfRange)
        .filter(Objects::nonNull)
        .mapToLong(count)
        .sum();
  }

  @Test
  void aProvinceIsItsWorstStation() {
    // median (151 + 90) / 2 = 120.5; 79 has no index
    assertThat(air.layer().values())
        .containsExactly(
            new ProvinceValue(
                "01",
                151,
                new Html("PM<sub>2.5</sub>"),
                new Words(
                    "Trạm A, do PM2.5; trung vị 121; 2 trong 2 trạm có chỉ số",
                    "Trạm A, driven by PM2.5; median 121; 2 of 2 stations have an index")));
  }

  @Test
  void aPointIsItsLatestSample() {
    assertThat(water.layer().values())
        .containsExactly(
            new ProvinceValue(
                "92",
                60,
                new Words("01/11/2026", "2026-11-01").html(),
                new Words(
                    "điểm P1, 01/11/2026; trung vị 60; 1 trong 2 điểm có chỉ số",
                    "point P1, 2026-11-01; median 60; 1 of 2 points have an index")));
    assertThat(water.places().rows()).extracting(Place::name).containsExactly("P3", "P1");
    assertThat(water.places().rows().get(0).provinceCode()).isNull();
    assertThat(water.places().rows().get(0).where())
        .isEqualTo(new Words("9,000° B, 104,000° Đ", "9.000° N, 104.000° E"));
  }

  @Test
  void worstStationsCarryTheirConcentration() {
    assertThat(air.places().rows()).extracting(Place::name).containsExactly("Trạm A", "Trạm B");
    assertThat(air.places().rows().get(0).detail().markup())
        .startsWith("PM<sub>2.5</sub> <span lang=\"vi\">80,7</span><span lang=\"en\">80.7</span>")
        .contains("µg/m³", "trung bình 24 giờ");
    assertThat(air.places().rows().get(1).detail().markup()).isEqualTo("O<sub>3</sub>");
  }

  @Test
  void theTrendEndsAtMidnightAndHoldsTheWorstStation() {
    assertThat(air.trend().series()).hasSize(1);
    assertThat(air.trend().firstHour()).isEqualTo(Instant.parse("2026-11-19T18:00:00Z"));
    List<Integer> values = air.trend().series().get(0).values();
    assertThat(values).hasSize(72);
    assertThat(values.get(0)).isEqualTo(77);
    assertThat(values.get(70)).isNull();
    assertThat(values.get(71)).isEqualTo(120);
    assertThat(air.trend().top()).isEqualTo(150);
  }

  @Test
  void completeness() {
    assertThat(station.completeness())
        .extracting(Completeness::present, Completeness::expected)
        .containsExactly(tuple(2L, 3L), tuple(1L, 2L));
    // 3 active stations of 24 hours; 2 of 3 have a day
    assertThat(air.completeness())
        .extracting(Completeness::present, Completeness::expected)
        .containsExactly(tuple(2L, 72L), tuple(1L, 2L), tuple(2L, 3L));
    assertThat(water.completeness())
        .extracting(Completeness::present, Completeness::expected)
        .containsExactly(tuple(1L, 2L), tuple(2L, 3L));
    assertThat(air.places().rows())
        .extracting(place -> place.where().vi())
        .containsExactly("01KK001", "01KK002 · thiếu số liệu");
  }

  @Test
  void whyThereIsNoIndex() {
    assertThat(air.reasons())
        .containsExactly(
            new Reason(
                new Words(
                    "VN_AQI: Có đo bụi nhưng không đủ số giờ để tính",
                    "VN_AQI: Dust was measured, but for too few hours"),
                1));
    assertThat(water.reasons())
        .containsExactly(
            new Reason(
                new Words(
                    "VN_WQI: Có dưới 3 trên 5 nhóm thông số",
                    "VN_WQI: Fewer than 3 of the 5 groups of parameters"),
                1));
  }

  @Test
  void whichEarlierDaysTonightRestated() {
    assertThat(read(DAY, null).sections()).allMatch(section -> section.restated().isEmpty());
    assertThat(data.sections()).allMatch(section -> section.restated().isEmpty());
    Map<String, Long> before = new HashMap<>();
    for (String table : List.of("national.air_quality_daily", "national.water_quality")) {
      before.put(
          table,
          LAKE.lakehouse()
              .catalog()
              .loadTable(TableIdentifier.parse(table))
              .currentSnapshot()
              .snapshotId());
    }
    // late data of the 20th; a sample of 2020 is corrected; what is of the date itself is no
    // restatement
    insert(
        "national.air_quality_daily (station_code, province_code, local_date, aqi, driver, hours_valid, quarantined)",
        "('01KK001', '01', DATE '2026-11-20', 60, 'PM2.5', 24, 0),"
            + "('01KK002', '01', DATE '2026-11-20', 61, 'PM2.5', 24, 0),"
            + "('01KK001', '01', DATE '2026-10-01', NULL, NULL, 3, 0)");
    LAKE.sql("UPDATE lake.national.water_quality SET wqi = 6 WHERE sample_point = 'P4'");
    List<SectionContent> now =
        read(
                DAY,
                new Pinned(
                    "R1",
                    "r1",
                    DAY.minusDays(1),
                    table ->
                        "lake."
                            + table
                            + (before.containsKey(table)
                                ? " VERSION AS OF " + before.get(table)
                                : "")))
            .sections();
    assertThat(now.get(1).restated())
        .containsExactly(
            new Words(
                "Số liệu đêm nay làm thay đổi VN_AQI ngày của 1 ngày trước: 20/11/2026 (2 trạm)",
                "Tonight's data changed the daily VN_AQI of 1 earlier days: 2026-11-20 (2 stations)"));
    assertThat(now.get(2).restated())
        .extracting(Words::vi)
        .containsExactly(
            "Số liệu đêm nay làm thay đổi VN_WQI đã công bố của mẫu lấy vào 1 ngày trước: 03/11/2020 (1 mẫu)");
  }

  @Test
  void coloursAreThoseOfTheDecisions() {
    // 1459/QĐ-TCMT and 1460/QĐ-TCMT, Bảng 7, as RGB
    assertThat(air.layer().scale().categories())
        .extracting(Scale.Category::colour)
        .containsExactly("#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#8F3F97", "#7E0023");
    assertThat(water.layer().scale().categories())
        .extracting(Scale.Category::colour)
        .containsExactly("#3333FF", "#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#7E0023");
    assertThat(air.layer().scale().level(100)).isEqualTo(new Words("Trung bình", "Moderate"));
    assertThat(air.layer().scale().level(101).vi()).isEqualTo("Kém");
    assertThat(water.layer().scale().level(9).vi()).isEqualTo("Ô nhiễm rất nặng");
    assertThat(water.layer().scale().level(10).vi()).isEqualTo("Kém");
  }

  @Test
  void thePageShowsTheStatementsAsTheyRan() {
    assertThat(ReportPage.render(data))
        .contains("lake.national.air_quality_daily a")
        .contains("local_date = DATE &#39;2026-11-22&#39;")
        .contains("BETWEEN DATE &#39;2025-11-22&#39; AND DATE &#39;2026-11-22&#39;");
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
}

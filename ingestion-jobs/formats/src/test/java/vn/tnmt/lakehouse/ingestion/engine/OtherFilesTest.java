package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;

/** Registers, laboratory tables and boundaries through reader, mapping and rules. */
class OtherFilesTest {
  private static List<Judged> stations(String rows) {
    return judge(
        "snnmt-ha_noi/station",
        "tram_20260101.csv",
        "ma_tram,ten_tram,ma_tinh,loai_tram,kinh_do,vi_do,ngay_bat_dau,ngay_ket_thuc\n" + rows);
  }

  private static List<Judged> samples(String rows) {
    return judge(
        "snnmt-ha_noi/water-sample",
        "mau_nuoc_mat_20260101.csv",
        "ma_diem,kinh_do,vi_do,cao_do,ngay_lay_mau,pH,As,Coliform\n" + rows);
  }

  private static List<Judged> provinces(String... features) {
    return judge(
        "cuc-ddbd/province",
        "tinh_20260101.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
  }

  private static String province(String geometry) {
    return "{\"type\":\"Feature\",\"properties\":{\"code\":\"01\",\"name\":\"Hà Nội\",\"area_km2\":3359.84},"
        + "\"geometry\":"
        + geometry
        + "}";
  }

  @Test
  void readsAStationRegister() {
    List<Judged> judged =
        stations(
            """
            01KK001,Trạm Hồ Tây ,01,4,105.82,21.05,1/3/2020,
            01KK002,Trạm B,99,4,105.82,21.05,31/2/2020,
            01KK003,Trạm C,01,9,21.05,105.82,1/3/2020,
            01KK004,,01,4,kinh độ,21.05,,
            """);
    assertThat(told(judged))
        .containsExactly(
            "2.0 ok",
            "3.0 REC-12 STA-03 blocked",
            "4.0 STA-04 STA-02 blocked",
            "5.0 REC-11 REC-10 blocked");
    Judged first = judged.get(0);
    assertThat(first.value("name")).isEqualTo("Trạm Hồ Tây");
    assertThat(first.value("station_type")).isEqualTo("ambient_air");
    assertThat(first.value("lon")).isEqualTo(105.82);
    assertThat(first.value("active_from")).isEqualTo(LocalDate.of(2020, 3, 1));
    assertThat(first.value("active_to")).isNull();
    assertThat(first.value("geohash")).isEqualTo("w7epzbpc0");
  }

  @Test
  void decomposedVietnameseIsComposed() {
    String decomposed =
        java.text.Normalizer.normalize("Trạm Hồ Tây", java.text.Normalizer.Form.NFD);
    assertThat(stations("01KK001," + decomposed + ",01,4,105.82,21.05,,\n").get(0).value("name"))
        .isEqualTo("Trạm Hồ Tây");
  }

  @Test
  void meltsLaboratoryRows() {
    List<Judged> judged =
        samples(
            """
            D1,105.8,21.0,5,29/2/2016,7.1,<0.01,1300
            D2,105.8,21.0,,31/2/2016,7.1,,
            D3,105.8,21.0,,1/1/2016,,,
            D4,21.0,105.8,,1/1/2016,-,KXĐ,>2400
            D5,105.8,21.0,,1/1/2016,"7,1",x,1e3
            """);
    assertThat(told(judged))
        .containsExactly(
            "2.0 ok",
            "2.1 ok",
            "2.2 ok",
            "3.0 REC-12 blocked",
            "4.0 REC-19 blocked",
            "5.0 WAT-03 blocked",
            "5.1 WAT-03 blocked",
            "5.2 WAT-06 WAT-03 blocked",
            "6.0 REC-11 blocked",
            "6.1 REC-11 blocked",
            "6.2 ok");
    Judged arsenic = judged.get(1);
    assertThat(arsenic.value("parameter")).isEqualTo("As");
    assertThat(arsenic.value("value")).isEqualTo(0.01);
    assertThat(arsenic.value("qualifier")).isEqualTo("<");
    assertThat(arsenic.value("unit")).isEqualTo("mg/L");
    assertThat(arsenic.value("elevation_m")).isEqualTo(5.0);
    assertThat(arsenic.value("sampled_on")).isEqualTo(LocalDate.of(2016, 2, 29));
    assertThat(judged.get(0).value("qualifier")).isEqualTo("=");
    assertThat(judged.get(10).value("value")).isEqualTo(1000.0);
  }

  @Test
  void readsBoundaries() {
    List<Judged> judged =
        provinces(
            province(
                "{\"type\":\"Polygon\",\"coordinates\":[[[105,20],[107,20],[107,21],[105,21],[105,20]]]}"),
            province(
                "{\"type\":\"Polygon\",\"coordinates\":[[[105,20],[107,21],[107,20],[105,21],[105,20]]]}"),
            province(
                "{\"type\":\"Polygon\",\"coordinates\":[[[105,20],[107,20],[107,21],[105,21]]]}"),
            province(
                "{\"type\":\"Polygon\",\"coordinates\":[[[105,20],[106,21],[107,22],[105,20]]]}"),
            province(
                "{\"type\":\"Polygon\",\"coordinates\":[[[105,NaN],[107,20],[107,21],[105,21]]]}"),
            province("{\"type\":\"Point\",\"coordinates\":[583000,2325000]}"),
            province("null"));
    assertThat(told(judged))
        .containsExactly(
            "1.0 ok",
            "2.0 REC-16",
            "3.0 REC-16",
            "4.0 REC-17 blocked",
            "5.0 REC-17 blocked",
            "6.0 REC-27 blocked",
            "7.0 ok");
    Judged first = judged.get(0);
    assertThat(first.value("level")).isEqualTo("province");
    assertThat(first.value("province_code")).isEqualTo("01");
    assertThat(first.value("area_km2")).isEqualTo(3359.84);
    assertThat(first.value("xmin")).isEqualTo(105.0);
    assertThat(first.value("ymax")).isEqualTo(21.0);
    assertThat((byte[]) first.value("geometry")).hasSizeGreaterThan(80);
    assertThat(first.value("valid_from")).isEqualTo(LocalDate.of(2025, 7, 1));
    assertThat(judged.get(6).value("geometry")).isNull();
  }

  @Test
  void aBrokenOffBoundaryFileKeepsTheFeaturesBefore() {
    String whole = province("{\"type\":\"Point\",\"coordinates\":[105,21]}");
    assertThat(
            told(
                judge(
                    "cuc-ddbd/province",
                    "tinh_20260101.geojson",
                    "{\"type\":\"FeatureCollection\",\"features\":["
                        + whole
                        + ","
                        + whole.substring(0, 60))))
        .containsExactly("1.0 ok", "2.0 REC-09 blocked");
  }
}

package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** The shipped feeds of publishers with formats of their own. */
class OtherPublishersTest {

  /** The file was made by openpyxl and iconv: see make.py beside it. */
  @Test
  void aSpreadsheetInAnAbcFontIsReadNamesAndCells() throws IOException {
    byte[] file;
    try (InputStream in = getClass().getResourceAsStream("/tables/abc.xlsx")) {
      file = in.readAllBytes();
    }
    List<Judged> judged =
        judge(
            EngineTesting.feed("tt-quan-trac-luu-vuc/water-sample"), "ket_qua_20250314.xlsx", file);
    assertThat(judged).hasSize(4).noneMatch(record -> record.verdict().blocked());
    assertThat(judged)
        .extracting(
            record -> record.value("sample_point"),
            record -> record.value("parameter"),
            record -> record.value("value"),
            record -> record.value("qualifier"))
        .containsExactly(
            tuple("Cầu Đuống", "pH", 7.2, "="),
            tuple("Cầu Đuống", "DO", 5.81, "="),
            tuple("Hồ Tây, bờ phía đông", "pH", 8.1, "="),
            tuple("Hồ Tây, bờ phía đông", "DO", null, "KPH"));
    assertThat(judged.get(0).verdict().breaches())
        .as("the receipt tells the encoding")
        .anyMatch(note -> note.rule().equals("REC-22") && note.value().contains("TCVN3"));
  }

  @Test
  void ofAParcelOnlyWhatTheFeedUsesIsKept() {
    List<Judged> judged =
        judge(
            "vpdk-lao-cai/parcel",
            "thua_dat_20260101.xml",
            """
            <DuLieuDatDai>
              <DC_CaNhan><hoTen>Mẫu Thị Chủ</hoTen></DC_CaNhan>
              <DC_ThuaDat chu="Mẫu Thị Chủ">
                <maXa>02647</maXa><soHieuToBanDo>12</soHieuToBanDo><soThuTuThua>7</soThuTuThua>
                <dienTich>120.5</dienTich><diaChi>Nhà bà Mẫu Thị Chủ</diaChi>
                <DC_MucDichSuDung><maMucDichSuDung>ONT</maMucDichSuDung></DC_MucDichSuDung>
                <DC_MucDichSuDung><maMucDichSuDung>CLN</maMucDichSuDung></DC_MucDichSuDung>
                <ghiChu>Mẫu Thị Chủ</ghiChu>
              </DC_ThuaDat>
              <DC_ThuaDat><maXa>02647</maXa><diaChi>Nhà bà Mẫu Thị Chủ</diaChi><diaChi>Mẫu Thị Chủ
            """);
    assertThat(judged).hasSize(2);
    assertThat(judged.get(0).record().cells().keySet())
        .containsExactlyInAnyOrder(
            "maXa", "soHieuToBanDo", "soThuTuThua", "dienTich", "DC_MucDichSuDung/maMucDichSuDung");
    assertThat(judged.get(0).codes()).isEmpty();
    assertThat(judged.get(0).value("land_use_code")).isEqualTo("ONT");
    assertThat(judged.get(1).codes()).contains("REC-33");
    assertThat(judged.toString()).contains("02647").doesNotContain("Mẫu");
  }

  @Test
  void aLineThatCannotBeCutAndAHeaderThatIsNoneAreNotQuoted() {
    String kept = "dataset: monitoring.station, format: {type: csv}, keep: used";
    String header = "ma,ten,tinh,loai,x,y,chu_ho\n";
    String row = "01NN001,Giếng 1,01,ground_water,105.8,21.0,Mẫu Thị Chủ\n";
    List<Judged> judged = judge(stations(kept), "a.csv", utf8(header + row + "Mẫu Thị Chủ\n"));
    assertThat(judged.get(0).record().cells()).hasSize(6);
    assertThat(judged.get(1).codes()).contains("REC-05");
    assertThat(judged.toString()).doesNotContain("Mẫu");

    List<Judged> headless = judge(stations(kept), "a.csv", utf8(row + row));
    assertThat(headless.get(0).codes()).containsExactly("REC-07");
    assertThat(headless.toString()).doesNotContain("Mẫu");

    String all = kept.replace("keep: used", "keep: all");
    assertThat(judge(stations(all), "a.csv", utf8(header + row)).get(0).record().cells())
        .containsEntry("chu_ho", "Mẫu Thị Chủ");
  }

  private static Feed stations(String keys) {
    List<Feed> feeds =
        Feeds.of(
            Map.of(
                "feed.yaml",
                """
                apiVersion: tnmt.vn/v1
                kind: Feeds
                publisher: {id: so-x, nameVi: Sở X, nameEn: Department X}
                feeds:
                  - {id: s, transport: {type: directory, root: x, pattern: "{n}.csv"}, %s, mapping: {station_code: ma, name: ten, province_code: tinh, station_type: loai, lon: x, lat: y}}
                """
                    .formatted(keys)),
            Map.of(),
            CodeLists.bundled());
    assertThat(FeedCheck.check(feeds, Contracts.bundled())).isEmpty();
    return feeds.get(0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

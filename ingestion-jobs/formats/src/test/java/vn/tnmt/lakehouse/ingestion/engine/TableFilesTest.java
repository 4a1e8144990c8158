package vn.tnmt.lakehouse.ingestion.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedCheck;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contracts;

/** Feeds of workbooks and Shapefiles from YAML to rows. */
class TableFilesTest {
  @TempDir Path dir;

  private static byte[] file(String name) {
    try (InputStream in = TableFilesTest.class.getResourceAsStream("/tables/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Feed feed(String dataset, String pattern, String rest) throws IOException {
    Files.writeString(
        dir.resolve("f.yaml"),
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: x, nameVi: X, nameEn: X}
        feeds:
          - id: f
            dataset: %s
            transport: {type: directory, root: "${exports}", pattern: "%s"}
        %s
        """
            .formatted(dataset, pattern, rest.indent(4)));
    return Feeds.load(dir, Map.of("exports", "x")).get(0);
  }

  private Feed samples(String format) throws IOException {
    return feed(
        "water.sample",
        "{name}.xlsx",
        """
        format: {%s}
        conventions: {dates: [d/M/yyyy]}
        melt: {columns: {"Thông số / pH": pH, "Thông số / As (mg/L)": As}}
        mapping:
          sample_point: Mã điểm
          sampled_on: "Thời gian / Ngày"
          lon: {const: "105.8"}
          lat: {const: "21.0"}
        """
            .formatted(format));
  }

  @Test
  void aLaboratoryWorkbook() throws IOException {
    Feed feed =
        samples(
            "type: xlsx, sheet: Kết quả, headerLine: auto, headerLines: 2,"
                + " totals: [Tổng cộng], footer: [\"Hà Nội*\"]");
    assertThat(FeedCheck.check(List.of(feed), Contracts.bundled())).isEmpty();
    List<Judged> judged = judge(feed, "a.xlsx", file("lab.xlsx"));
    assertThat(judged.get(0).value("sample_point")).isEqualTo("007");
    assertThat(judged.get(0).value("sampled_on")).isEqualTo(LocalDate.of(2026, 1, 31));
    assertThat(judged.get(0).value("value")).isEqualTo(7.1);
    assertThat(judged.get(0).record().line()).isEqualTo(5);
    assertThat(judged.get(1).value("parameter")).isEqualTo("As");
    assertThat(judged.get(1).value("qualifier")).isEqualTo("<");
    // 36:30 is no date: the time beside it stood in the wrong column.
    assertThat(judged.get(4).record().line()).isEqualTo(8);
    assertThat(judged.get(4).codes()).contains("REC-12");
  }

  @Test
  void aZippedShapefile() throws IOException, ParseException {
    Feed feed =
        feed(
            "admin.unit",
            "{name}.zip",
            """
            format: {type: shapefile, layer: "thua"}
            mapping:
              code: MA
              level: {const: province}
              name: TEN
              province_code: {const: "01"}
              area_km2: DT
              valid_from: {const: "2025-07-01"}
              boundary_kind: {const: reference}
              geometry: $geometry
              xmin: $geometry.xmin
              ymin: $geometry.ymin
              xmax: $geometry.xmax
              ymax: $geometry.ymax
              geohash: $geometry.geohash
            """);
    List<Judged> judged = judge(feed, "a.zip", file("thua.zip"));
    assertThat(judged).hasSize(4);
    assertThat(judged.get(1).value("name")).isEqualTo("Có lỗ");
    assertThat(new WKBReader().read((byte[]) judged.get(1).value("geometry")).getArea())
        .isCloseTo(1 - 0.04, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(judged.get(2).value("xmax")).isEqualTo(108.0);
    assertThat(judged.get(3).value("geometry")).isNull();
    assertThat(told(judged)).noneMatch(text -> text.contains("REC-17"));
  }

  @Test
  void aSheetsNameIsASource() throws IOException {
    Feed feed =
        feed(
            "water.sample",
            "{name}.xlsx",
            """
            format: {type: xlsx, sheet: "Tháng*"}
            melt: {columns: {pH: pH}}
            mapping:
              sample_point: {from: $sheet, codes: {"Tháng 2": M2}}
              sampled_on: {const: "2025-12-31"}
              lon: {const: "105.8"}
              lat: {const: "21.0"}
            """);
    assertThat(FeedCheck.check(List.of(feed), Contracts.bundled())).isEmpty();
    List<Judged> judged = judge(feed, "a.xlsx", file("lab.xlsx"));
    assertThat(judged.get(0).value("sample_point")).isEqualTo("M2");
    // one sheet, by its number: it is known all the same
    Feed third =
        feed(
            "water.sample",
            "{name}.xlsx",
            """
            format: {type: xlsx, sheet: "3"}
            melt: {columns: {pH: pH}}
            mapping:
              sample_point: $sheet
              sampled_on: {const: "2025-12-31"}
              lon: {const: "105.8"}
              lat: {const: "21.0"}
            """);
    Judged only = judge(third, "a.xlsx", file("lab.xlsx")).get(0);
    assertThat(only.value("sample_point")).isEqualTo("Tháng 2");
    assertThat(only.value("value")).isEqualTo(6.0);
  }

  @Test
  void aLayersNameIsASourceAndShapefilesMelt() throws IOException {
    String mapping =
        """
        melt: {columns: {DT: As}}
        mapping:
          sample_point: MA
          sampled_on: {const: "2025-12-31"}
          lon: {const: "105.8"}
          lat: {const: "21.0"}
        """;
    Feed melted = feed("water.sample", "{name}.zip", "format: {type: shapefile}\n" + mapping);
    assertThat(FeedCheck.check(List.of(melted), Contracts.bundled())).isEmpty();
    List<Judged> judged = judge(melted, "a.zip", file("thua.zip"));
    // pyshp writes asterisks for the number that is None: a row without a value
    assertThat(told(judged).get(0)).startsWith("1.0 REC-08 WAT-05");
    assertThat(judged.get(0).value("value")).isEqualTo(1.5);
    assertThat(judged.get(0).value("sample_point")).isEqualTo("T1");
    assertThat(told(judged).get(2)).isEqualTo("3.0 REC-31 REC-19 blocked");
    assertThat(judged.get(3).value("value")).isEqualTo(0.0);

    Feed layers =
        feed(
            "water.sample",
            "{name}.zip",
            """
            format: {type: shapefile, layer: "%s"}
            measure: {symbol: $layer, value: MA, unit: MA}
            mapping:
              sample_point: $layer
              sampled_on: {const: "2025-12-31"}
              lon: {const: "105.8"}
              lat: {const: "21.0"}
            """
                .formatted("diem"));
    assertThat(judge(layers, "a.zip", file("lop.zip")).get(0).value("sample_point"))
        .as("the only layer that is read is known, too")
        .isEqualTo("diem");
  }

  @Test
  void dbfTablesMelt() throws IOException {
    Feed feed =
        feed(
            "water.sample",
            "{name}.dbf",
            """
            format: {type: dbf}
            melt: {columns: {DIEN_TICH: As, CO: pH}}
            mapping:
              sample_point: MA
              sampled_on: NGAY
              lon: {const: "105.8"}
              lat: {const: "21.0"}
            """);
    assertThat(FeedCheck.check(List.of(feed), Contracts.bundled())).isEmpty();
    List<Judged> judged = judge(feed, "a.dbf", file("db3.dbf"));
    assertThat(judged).extracting(j -> j.record().part()).startsWith(0, 1);
    assertThat(judged.get(0).record().line()).isEqualTo(judged.get(1).record().line());
    assertThat(judged.get(0).value("parameter")).isEqualTo("As");
    assertThat(judged.get(1).value("parameter")).isEqualTo("pH");
    assertThat(judged.get(1).codes()).as("a logical value is no number").contains("REC-11");
  }

  @Test
  void whereNoPatternIsGivenDatesAreIso() throws IOException {
    Feed feed =
        feed(
            "water.sample",
            "{name}.csv",
            """
            format: {type: csv}
            melt: {columns: {pH: pH}}
            mapping: {sample_point: ma, sampled_on: ngay, lon: x, lat: y}
            """);
    List<Judged> judged =
        judge(
            feed,
            "a.csv",
            "ma,ngay,x,y,pH\nA,2025-12-31,105.8,21,7\nB,31/12/2025,105.8,21,7\n".getBytes(UTF_8));
    assertThat(judged.get(0).value("sampled_on")).isEqualTo(LocalDate.of(2025, 12, 31));
    assertThat(told(judged)).containsExactly("2.0 ok", "3.0 REC-12 blocked");
    assertThat(judged.get(1).verdict().breaches().get(0).expected())
        .isEqualTo("yyyy-MM-dd[ HH:mm[:ss]]");
  }

  @Test
  void keysOfFormatsAreChecked() {
    for (String wrong :
        List.of(
            "type: xlsx, headerLine: 0",
            "type: xlsx, headerline: 1",
            "type: xls, headerLine: many",
            "type: dbf, deleted: maybe",
            "type: dbf, sheet: a",
            "type: shapefile, crs: VN-2000",
            "type: xlsx, limits: {ratio: 1}",
            "type: xlsx, limits: {megabytes: 1}")) {
      assertThatThrownBy(() -> samples(wrong))
          .as(wrong)
          .isInstanceOf(TnmtException.class)
          .hasMessageContaining("f.yaml:");
    }
  }
}

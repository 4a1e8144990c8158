package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.told;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Files of the kinds that people report publicly of other programs: what is in them is kept, or
 * told; nothing changes or vanishes without a word.
 */
class ReportedFilesTest {
  private static final String FEEDS =
      """
      apiVersion: tnmt.vn/v1
      kind: Feeds
      publisher: {id: thu, nameVi: Đơn vị thử, nameEn: Test unit}
      feeds:
        - id: auto
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.csv"}
          format: {type: csv, delimiter: auto, headerLine: auto}
          conventions: {encoding: auto, decimal: auto, dates: [auto]}
          melt: {columns: {pH: pH, DO: DO}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: csv
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.csv"}
          format: {type: csv, footer: ["Hà Nội, ngày*"]}
          conventions: {dates: [d/M/yyyy]}
          melt: {columns: {pH: pH, DO: DO}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: second
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.csv"}
          format: {type: csv}
          conventions: {dates: [d/M/yyyy]}
          melt: {columns: {"pH#2": pH}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: first
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.csv"}
          format: {type: csv}
          conventions: {dates: [d/M/yyyy]}
          melt: {columns: {"pH#1": pH}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: packed
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.gz"}
          format: {type: csv, archive: auto}
          conventions: {dates: [d/M/yyyy]}
          melt: {columns: {pH: pH, DO: DO}}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: ndjson
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.ndjson"}
          format: {type: ndjson}
          measure: {symbol: ts, value: gt, unit: dv}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: xml
          dataset: water.sample
          transport: {type: directory, root: "${exports}", pattern: "{name}.xml"}
          format: {type: xml, record: KQ}
          measure: {symbol: ts, value: gt, unit: dv}
          mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        - id: unit
          dataset: admin.unit
          transport: {type: directory, root: "${exports}", pattern: "{name}.geojson"}
          format: {type: geojson}
          mapping:
            code: ma
            level: {const: province}
            name: ten
            province_code: ma
            area_km2: dt
            valid_from: {const: "2025-07-01"}
            boundary_kind: {const: reference}
            geometry: $geometry
            xmin: $geometry.xmin
            ymin: $geometry.ymin
            xmax: $geometry.xmax
            ymax: $geometry.ymax
            geohash: $geometry.geohash
      """;

  private static final String HEADER = "diem,ngay,x,y,pH,DO\n";

  private static List<Judged> read(String feed, byte[] content) {
    Feed read =
        Feeds.of(Map.of("feeds.yaml", FEEDS), Map.of("exports", "x"), CodeLists.bundled()).stream()
            .filter(one -> one.name().equals(feed))
            .findFirst()
            .orElseThrow();
    String ending = read.transport().pattern().toString().replaceAll(".*[.]", "");
    return judge(read, "tep." + ending, content);
  }

  private static List<Judged> read(String feed, String content) {
    return read(feed, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<Object> points(List<Judged> judged) {
    return judged.stream().map(one -> one.value("sample_point")).distinct();
  }

  private static String row(String point) {
    return point + ",1/1/2026,105.85,21.03,7.2,5.8\n";
  }

  private static Breach only(Judged judged) {
    assertThat(judged.verdict().breaches()).hasSize(1);
    return judged.verdict().breaches().get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ho 7 m²", "Kenh 25°", "±0", "Cong\u00A0B", "§ 5", "3×4"})
  void signsStayWhatTheyAre(String point) {
    List<Judged> judged = read("auto", HEADER + row(point) + row("Hồ Tây"));
    assertThat(judged).noneMatch(one -> one.verdict().blocked());
    assertThat(points(judged)).containsExactly(point, "Hồ Tây");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n"})
  void linesEndAsTheyLike(String end) {
    String file = (HEADER + row("Cầu A") + row("\"Cầu\nB\"")).replace("\n", end);
    assertThat(told(read("csv", file))).hasSize(4).allMatch(line -> line.endsWith(" ok"));
    String lines =
        "{\"diem\":\"A\",\"ngay\":\"2026-01-01\",\"x\":105.8,\"y\":21,\"ts\":\"COD\",\"gt\":7,\"dv\":\"mg/L\"}";
    assertThat(told(read("ndjson", lines + end + lines + end))).containsExactly("1.0 ok", "2.0 ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Điểm \"A\" sông\"|Điểm \"A\" sông",
        "\"Điểm \\\"A\\\" sông\"|Điểm \"A\" sông",
        "\"Cống \"B\", bờ trái\"|Cống \"B\", bờ trái",
        "\"A\" sau|\"A\" sau",
        "\"C:\\\"|C:\\",
        "\"Điểm \"\"A\"\"\"|Điểm \"A\"",
        "Điểm \"A\"|Điểm \"A\"",
        "=\"00123\"|00123",
        "\"=\"\"00123\"\"\"|00123",
        "'00124|00124",
        "'-5|-5",
        "'Cầu A'|'Cầu A'",
        "=A1+B1|=A1+B1"
      })
  void quotesAndApostrophesOfKeys(String delivered, String point) {
    List<Judged> judged = read("csv", HEADER + row(delivered));
    assertThat(judged).noneMatch(one -> one.verdict().blocked());
    assertThat(points(judged)).containsExactly(point);
    String plain = "\"" + point.replace("\"", "\"\"") + "\"";
    boolean changed = !delivered.equals(plain) && !delivered.equals(point);
    assertThat(judged.get(0).codes())
        .isEqualTo(changed || delivered.startsWith("\"A\" ") ? List.of("REC-22") : List.of());
    if (changed) {
      assertThat(only(judged.get(0)).value()).isEqualTo(point);
    }
  }

  @Test
  void twoColumnsOfANameAreToldWhereTheyDiffer() {
    String file =
        "diem,ngay,x,y,pH,DO,pH\nA,1/1/2026,105.8,21,7.2,5,7.9\nB,1/1/2026,105.8,21,7,5,7\n";
    List<Judged> judged = read("csv", file);
    assertThat(told(judged))
        .containsExactly("2.0 REC-08 REC-39 blocked", "2.1 ok", "3.0 ok", "3.1 ok");
    assertThat(judged.get(0).verdict().breaches().get(1).value()).isEqualTo("pH = 7.2, pH#2 = 7.9");
    List<Judged> second = read("second", file);
    assertThat(second).noneMatch(one -> one.verdict().blocked());
    assertThat(second.get(0).value("value")).as("the feed has said which one").isEqualTo(7.9);
    List<Judged> first = read("first", file);
    assertThat(first).noneMatch(one -> one.verdict().blocked());
    assertThat(first.get(0).value("value")).isEqualTo(7.2);
    assertThat(
            told(
                read(
                    "ndjson",
                    "{\"diem\":\"A\",\"diem\":\"B\",\"ngay\":\"2026-01-01\",\"x\":105.8,\"y\":21,"
                        + "\"ts\":\"COD\",\"gt\":7,\"dv\":\"mg/L\"}\n")))
        .as("one rule for all readers")
        .containsExactly("1.0 REC-37 REC-39 blocked");
    assertThat(
            told(
                read(
                    "xml",
                    "<r><KQ><diem>A</diem><ngay>2026-01-01</ngay><x>105.8</x><y>21</y><ts>COD</ts>"
                        + "<gt>7</gt><gt>8</gt><dv>mg/L</dv></KQ></r>")))
        .containsExactly("1.0 REC-39 blocked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "diem\u00A0,ngay,x,y,pH,DO\n",
        "\u200Bdiem,ngay,x,y,pH\uFEFF,DO\n",
        "\uFEFF\uFEFFdiem,ngay,x,y,pH,DO\n",
        "\u00EF\u00BB\u00BFdiem,ngay,x,y,pH,DO\n",
        ",,,,,\ndiem,ngay,x,y,pH,DO\n",
      })
  void whatNobodySeesIsNoPartOfAName(String header) {
    assertThat(read("csv", header + row("A"))).hasSize(2).noneMatch(one -> one.verdict().blocked());
  }

  @Test
  void rowsOfNothingAndSignaturesAreNoRecords() {
    String file =
        HEADER
            + row("A")
            + ",,,,,\n , ,\u00A0,,,\n\"\",\"\",,,,\n,,\n"
            + ",,,,\"Hà Nội, ngày 14 tháng 3 năm 2026\",\n,,,,Người lập biểu,\n,,,,Nguyễn Văn X,\n";
    List<Judged> judged = read("csv", file);
    assertThat(told(judged)).containsExactly("2.0 ok", "2.1 REC-31");
    assertThat(only(judged.get(1)).value()).startsWith("7: ,,,,\"Hà Nội, ngày 14");
  }

  @Test
  void ctrlZEndsAFileAndNothingElse() {
    assertThat(told(read("csv", HEADER + row("A") + "\u001A"))).containsExactly("2.0 ok", "2.1 ok");
    assertThat(told(read("csv", HEADER + row("A").strip() + "\u001A\u001A")))
        .containsExactly("2.0 ok", "2.1 ok");
    assertThat(told(read("csv", HEADER + row("A\u001AB") + row("C"))))
        .containsExactly("2.0 REC-02 blocked", "3.0 ok", "3.1 ok");
    assertThat(told(read("unit", collection(POLYGON, "") + "\r\n\u001A")))
        .containsExactly("1.0 ok");
  }

  private static final String POLYGON =
      "{\"type\":\"Polygon\",\"coordinates\":[[[105.2,20.5],[106.0,20.5],[106.0,21.4],[105.2,20.5]]]}";

  private static String collection(String geometry, String behind) {
    return "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
        + "\"properties\":{\"ma\":\"01\",\"ten\":\"Hà Nội\",\"dt\":3359.8},\"geometry\":"
        + geometry
        + "}]"
        + behind
        + "}";
  }

  @Test
  void aCoordinateSystemIsToldWhereverItStands() {
    String crs =
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4756\"}}";
    String good = collection(POLYGON, "");
    for (String file :
        List.of(
            good.replace(
                "{\"type\":\"FeatureCollection\"", "{" + crs + ",\"type\":\"FeatureCollection\""),
            collection(POLYGON, "," + crs),
            good.replace("\"type\":\"Feature\",", "\"type\":\"Feature\"," + crs + ","),
            good.replace("]]]}}", "]]]}," + crs + "}"),
            collection(POLYGON.replace("{\"type\"", "{" + crs + ",\"type\""), ""))) {
      List<Judged> judged = read("unit", file);
      assertThat(told(judged)).as(file).containsExactly("1.0 REC-36 blocked");
      assertThat(only(judged.get(0)).value()).isEqualTo("urn:ogc:def:crs:EPSG::4756");
    }
    assertThat(told(read("unit", collection(POLYGON, "," + crs.replace("4756", "4326")))))
        .containsExactly("1.0 ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[587000,2325000],[588000,2325000],[588000,2326000],[587000,2325000];REC-27",
        "[2325000,587000],[2325000,588000],[2326000,588000],[2325000,587000];REC-27",
        "[20.5,105.2],[20.5,106],[21.4,106],[20.5,105.2];REC-26",
        "[5e8,5e8],[6e8,5e8],[6e8,6e8],[5e8,5e8];REC-17",
        "[105,1e-400],[106,20],[106,21],[105,1e-400];REC-17"
      })
  void polygonsGetTheWordsThatPointsGet(String ring, String code) {
    for (String geometry :
        List.of(
            "{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}",
            "{\"type\":\"MultiPolygon\",\"coordinates\":[[[" + ring + "]]]}")) {
      List<Judged> judged = read("unit", collection(geometry, ""));
      assertThat(told(judged)).containsExactly("1.0 " + code + " blocked");
      assertThat(only(judged.get(0)).value()).doesNotContain("Env", "NaN", "null");
    }
  }

  private static String json(String point, String value) {
    return "{\"diem\":\"%s\",\"ngay\":\"2026-01-01\",\"x\":105.8,\"y\":21,\"ts\":\"COD\",\"gt\":%s,\"dv\":\"mg/L\"}\n"
        .formatted(point, value);
  }

  @Test
  void whatIsNoTextIsToldOfJsonAsOfCsv() {
    assertThat(
            told(read("ndjson", json("D\\u0000 1", "7") + json("D\\ud800", "7") + json("D", "7"))))
        .containsExactly("1.0 REC-02 blocked", "2.0 REC-06 blocked", "3.0 ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-400", "-1e-400", "1e400", "9007199254740993"})
  void aNumberThatCannotBeHeldIsTold(String number) {
    List<Judged> judged = read("ndjson", json("A", number));
    assertThat(told(judged)).containsExactly("1.0 REC-11 blocked");
    assertThat(judged.get(0).value("value")).isNull();
  }

  @Test
  void aRecordWithinARecordIsOneOfItsOwn() {
    String inner =
        "<KQ><diem>B</diem><ngay>2026-01-01</ngay><x>105.8</x><y>21</y><ts>COD</ts><gt>8</gt><dv>mg/L</dv></KQ>";
    String outer = inner.replace("B</diem>", "A</diem>").replace("</KQ>", inner + "</KQ>");
    assertThat(points(read("xml", "<r>" + outer + "</r>"))).containsExactlyInAnyOrder("A", "B");
    assertThat(points(read("xml", "<KQ>" + inner + inner.replace("B<", "C<") + "</KQ>")))
        .as("an element that holds nothing but records is none")
        .containsExactly("B", "C");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void theRowsBeforeACutAreKeptAndTheCutIsTold() {
    byte[] whole = gzip(HEADER + row("A"));
    for (int cut = 1; cut <= 8; cut++) {
      List<Judged> judged = read("packed", Arrays.copyOf(whole, whole.length - cut));
      assertThat(told(judged))
          .as("%d bytes of the trailer", cut)
          .containsExactly("2.0 ok", "2.1 ok", "0.0 REC-50 blocked");
      assertThat(only(judged.get(2)).value()).isEqualTo("bị cắt giữa chừng / cut off");
    }
    byte[] changed = whole.clone();
    changed[whole.length - 5] ^= 1;
    List<Judged> judged = read("packed", changed);
    assertThat(told(judged))
        .as("nobody knows where")
        .containsExactly("2.0 ok", "2.1 REC-50 blocked");
    assertThat(only(judged.get(1)).value()).isEqualTo("sai tổng kiểm tra / wrong checksum");
  }

  @Test
  void whatSystemsPutIntoArchivesIsNobodysRecord() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name :
          List.of(
              "__MACOSX/._a.csv",
              ".DS_Store",
              "x/Thumbs.db",
              "x/desktop.ini",
              "x/~$a.xlsx",
              "a.csv")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((HEADER + row("A")).getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(told(read("packed", out.toByteArray()))).containsExactly("2.0 ok", "2.1 ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/1/2026 7:30:00 SA",
        "1/1/2026 7:30 CH",
        "12:05:00 SA 1/1/2026",
        "01/01/2026 11:59:59 PM",
        "ngày 1/1/2026",
        "Ngày 01-01-2026",
        "ngày 1 tháng 1 năm 2026",
        "46023",
        "46023.5"
      })
  void datesAsPeopleWriteThem(String date) {
    List<Judged> judged =
        read("auto", HEADER + "A,13/12/2025,105.8,21,7,5\nB," + date + ",105.8,21,7,5\n");
    Judged last = judged.get(judged.size() - 1);
    assertThat(last.value("sampled_on")).isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(last.codes()).isEqualTo(date.startsWith("46023") ? List.of("REC-22") : List.of());
  }
}

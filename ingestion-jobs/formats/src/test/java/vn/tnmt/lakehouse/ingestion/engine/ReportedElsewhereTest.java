package vn.tnmt.lakehouse.ingestion.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.engine.EngineTesting.judge;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.HANOI;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.SMALL;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.blob;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.dbf;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.geopackage;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.gzip;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.join;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.layer;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.polygon;
import static vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.reversed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.tnmt.lakehouse.ingestion.engine.EngineTesting.Judged;
import vn.tnmt.lakehouse.ingestion.engine.ReportedBytes.Shape;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Files of the kinds of docs/robustness.md: what is expected of each is written out line by line,
 * as place, rules, what was read and, in brackets, what is told.
 */
class ReportedElsewhereTest {
  private static final Pattern JAVA =
      Pattern.compile("\\bnull\\b|Exception|\\b(java|org|com|vn)[.][a-z]+[.]|@[0-9a-f]{6,}");

  private static final String MELT = "melt: {columns: {pH: pH}}";
  private static final String MEASURE = "measure: {symbol: ts, value: gt, unit: dv}";
  private static final Map<String, Feed> FEEDS = new LinkedHashMap<>();

  static {
    String days = "dates: [d/M/yyyy]";
    samples("csv", "csv", "type: csv", days, MELT);
    samples("vi", "csv", "type: csv, delimiter: \";\"", "decimal: \",\", " + days, MELT);
    samples(
        "auto",
        "csv",
        "type: csv, delimiter: auto, headerLine: auto",
        "encoding: auto, decimal: auto, dates: [auto]",
        MELT);
    samples("packed", "zip", "type: csv, archive: auto", days, MELT);
    samples("xlsx", "xlsx", "type: xlsx", days, MELT);
    samples("xls", "xls", "type: xls", days, MELT);
    samples("dbf", "dbf", "type: dbf", days, MELT);
    samples("ndjson", "ndjson", "type: ndjson", "dates: [yyyy-MM-dd]", MEASURE);
    samples("json", "json", "type: json", "dates: [yyyy-MM-dd]", MEASURE);
    samples("xml", "xml", "type: xml, record: KQ", "dates: [yyyy-MM-dd]", MEASURE);
    units("geojson", "geojson");
    units("kml", "kml");
    units("gpkg", "gpkg");
    units("shapefile", "zip");
  }

  private static void samples(
      String id, String ending, String format, String conventions, String values) {
    read(
        id,
        ending,
        """
            dataset: water.sample
            format: {%s}
            conventions: {%s}
            %s
            mapping: {sample_point: diem, sampled_on: ngay, lon: x, lat: y}
        """
            .formatted(format, conventions, values));
  }

  private static void units(String format, String ending) {
    read(
        format,
        ending,
        """
            dataset: admin.unit
            format: {type: %s}
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
        """
            .formatted(format));
  }

  private static void read(String id, String ending, String rest) {
    String yaml =
        """
        apiVersion: tnmt.vn/v1
        kind: Feeds
        publisher: {id: thu, nameVi: Đơn vị thử, nameEn: Test unit}
        feeds:
          - id: %s
            transport: {type: directory, root: "${exports}", pattern: "{name}.%s"}
        %s
        """
            .formatted(id, ending, rest);
    FEEDS.put(
        id, Feeds.of(Map.of("f.yaml", yaml), Map.of("exports", "x"), CodeLists.bundled()).get(0));
  }

  /** Who reported what, the feed that reads such a file, the file, and what comes of it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Report(String source, String feed, byte[] file, List<String> expected) {
    @Override
    public String toString() {
      return source;
    }
  }

  private static Report report(String source, String feed, byte[] file, String... expected) {
    return new Report(source, feed, file, List.of(expected));
  }

  private static Report report(String source, String feed, String file, String... expected) {
    return report(source, feed, file.getBytes(UTF_8), expected);
  }

  @ParameterizedTest
  @MethodSource({"texts", "trees", "tables", "workbooks", "maps", "archives"})
  void isReadOrTold(Report report) {
    Feed feed = FEEDS.get(report.feed());
    String ending = feed.transport().pattern().toString().replaceAll(".*[.]", "");
    List<Judged> judged = judge(feed, "tep." + ending, report.file());
    assertThat(judged.stream().map(ReportedElsewhereTest::line))
        .containsExactlyElementsOf(report.expected());
    assertThat(judged.stream().flatMap(one -> one.verdict().breaches().stream()))
        .noneMatch(breach -> JAVA.matcher(breach.value()).find());
  }

  private static String line(Judged judged) {
    StringBuilder line = new StringBuilder(judged.told());
    Object[] row = judged.verdict().row();
    if (row.length > 0 && judged.contract().dataset().equals("water.sample")) {
      Object day = judged.value("sampled_on");
      line.append(' ').append(judged.value("sample_point"));
      line.append(' ').append(judged.value("value"));
      line.append(LocalDate.of(2026, 1, 1).equals(day) ? "" : " " + day);
    } else if (row.length > 0) {
      line.append(' ').append(judged.value("name"));
      line.append(judged.value("geometry") == null ? " -" : " " + judged.value("xmin"));
    }
    for (Breach breach : judged.verdict().breaches()) {
      line.append(breach.value().isEmpty() ? "" : " [" + breach.value() + "]");
    }
    return line.toString();
  }

  private static final String HEADER = "diem,ngay,x,y,pH\n";

  private static String row(String point, String value) {
    return point + ",1/1/2026,105.85,21.03," + value + "\n";
  }

  private static String day(String point, String day) {
    return point + "," + day + ",105.85,21.03,7.2\n";
  }

  private static String commas(String day, String first, String second) {
    String row = "%s;" + day + ";105,85;21,03;%s\n";
    return "diem;ngay;x;y;pH\n" + row.formatted("A", first) + row.formatted("B", second);
  }

  static Stream<Report> texts() {
    String plain = HEADER + row("A", "7.2");
    return Stream.of(
        report(
            "dask/dask #739",
            "csv",
            join(new byte[] {-1, -2}, plain.getBytes(UTF_16LE)),
            "0.0 REC-06 blocked null null null [UTF-16]"),
        report(
            "dask/dask #739, without a mark",
            "csv",
            plain.getBytes(UTF_16LE),
            "0.0 REC-06 blocked null null null [UTF-16]"),
        report(
            "Joungkyun/libchardet #17",
            "auto",
            HEADER + row("delims=¶", "7") + row("Ben ©", "8"),
            "2.0 REC-22 REC-22 delims=¶ 7.0 [delimiter: \",\", headerLine: 1] [UTF-8: diem; 0.0: x, y]",
            "3.0 ok Ben © 8.0"),
        report(
            "nowthis/sankeymatic #54",
            "csv",
            HEADER + row("A\u200b", "7") + row("A", "8"),
            "2.0 ok A 7.0",
            "3.0 ok A 8.0"),
        report(
            "duckdb/duckdb #25827",
            "auto",
            HEADER + row("A", "7") + row("B", "8").replace(',', ';') + row("C", "6"),
            "2.0 REC-22 REC-22 A 7.0 [delimiter: \",\", headerLine: 1] [0.0: x, y]",
            "3.0 REC-05 blocked null null null [1]",
            "4.0 ok C 6.0"),
        report(
            "pandas-dev/pandas #15203",
            "csv",
            HEADER + row("A", "7.2,,9") + row("B", "7.3"),
            "2.0 REC-05 blocked null null null [7]",
            "3.0 ok B 7.3"),
        report(
            "BurntSushi/rust-csv #252",
            "csv",
            HEADER + row("\"A", "7") + row("B", "8"),
            "2.0 REC-05 blocked null null null",
            "3.0 ok B 8.0"),
        report(
            "cldf/csvw #52",
            "csv",
            HEADER + row("\"A”", "7") + row("B", "8"),
            "2.0 REC-05 blocked null null null",
            "3.0 ok B 8.0"),
        report(
            "pandas-dev/pandas #10647",
            "csv",
            HEADER + row("NA", "7") + row("null", "NA"),
            "2.0 ok NA 7.0",
            "3.0 REC-11 blocked null null [NA]"),
        report(
            "mholt/PapaParse #982",
            "csv",
            "diem,ngay,x,y,pH,pH_1,pH\n" + row("A", "7,8,6"),
            "2.0 REC-08 REC-39 blocked A 7.0 [pH_1, pH#2] [pH = 7, pH#2 = 6]"),
        report(
            "pola-rs/polars #18797",
            "vi",
            commas("1/1/2026", "1.299,99", "1.299"),
            "2.0 WAT-04 WAT-05 blocked A 1299.99 [1299.99] [1299.99]",
            "3.0 REC-11 blocked B null [1.299]"),
        report(
            "terraware/terraware-server #1231",
            "auto",
            commas("13/1/2025", "1\u202f234,5", "\u22120,5"),
            "2.0 REC-22 REC-22 WAT-04 WAT-05 blocked A 1234.5 2025-01-13 [delimiter: \";\", headerLine: 1] [d/M/yyyy: ngay; 0,0: x, y; UTF-8: pH] [1234.5] [1234.5]",
            "3.0 WAT-04 WAT-05 blocked B -0.5 2025-01-13 [-0.5] [-0.5]"),
        report(
            "pandas-dev/pandas #14301",
            "auto",
            HEADER + day("A", "10/9/2025") + day("B", "30/9/2025"),
            "2.0 REC-22 REC-22 A 7.2 2025-09-10 [delimiter: \",\", headerLine: 1] [d/M/yyyy: ngay; 0.0: x, y, pH]",
            "3.0 ok B 7.2 2025-09-30"),
        report(
            "pandas-dev/pandas #19402",
            "auto",
            HEADER + day("A", "5/3/2025") + day("B", "4/2/2025"),
            "2.0 REC-22 REC-22 REC-43 blocked A 7.2 null [delimiter: \",\", headerLine: 1] [d/M|M/d ?: ngay; 0.0: x, y, pH] [5/3/2025]",
            "3.0 REC-43 blocked B 7.2 null [4/2/2025]"),
        report(
            "pandas-dev/pandas #13063",
            "auto",
            HEADER + day("A", "13/01/25") + day("B", "04/10/96"),
            "2.0 REC-22 REC-22 A 7.2 2025-01-13 [delimiter: \",\", headerLine: 1] [d/M/yyyy: ngay; 0.0: x, y, pH]",
            "3.0 ok B 7.2 1996-10-04"));
  }

  private static String json(String point, String value) {
    return ("{\"diem\":%s,\"ngay\":\"2026-01-01\",\"x\":105.85,\"y\":21.03,"
            + "\"ts\":\"COD\",\"gt\":%s,\"dv\":\"mg/L\"}\n")
        .formatted(point, value);
  }

  private static String xml(String declaration, String point) {
    return declaration
        + ("<KQs><KQ><diem>%s</diem><ngay>2026-01-01</ngay><x>105.85</x><y>21.03</y>"
                + "<ts>COD</ts><gt>7</gt><dv>mg/L</dv></KQ></KQs>")
            .formatted(point);
  }

  static Stream<Report> trees() {
    return Stream.of(
        report(
            "pandas-dev/pandas #44684",
            "ndjson",
            json("202101010000000013", "7"),
            "1.0 ok 202101010000000013 7.0"),
        report(
            "pola-rs/polars #10041",
            "ndjson",
            json("\"A\"", "NaN") + json("\"B\"", ".1") + json("\"C\"", "7"),
            "1.0 ok A null",
            "2.0 REC-09 blocked null null null [2:71]",
            "3.0 ok C 7.0"),
        report(
            "pola-rs/polars #29330",
            "ndjson",
            json("\"A\"", "1") + json("\"B\"", "2").replace("{", "{\"moi\":1,"),
            "1.0 ok A 1.0",
            "2.0 ok B 2.0"),
        report(
            "apache/spark #18731",
            "json",
            "[" + json("\"A\"", "1") + "]" + json("\"B\"", "2"),
            "1.0 ok A 1.0",
            "2.0 REC-09 blocked null null null [2:3]"),
        report(
            "dynamicweb/Swift #37",
            "xml",
            xml("<?xml version='1.0' encoding='utf-16'?>", "Hồ Tây"),
            "1.0 ok Hồ Tây 7.0"),
        report(
            "lestrrat-go/helium #1168",
            "xml",
            xml("\ufeff<?xml version='1.0' encoding='ISO-8859-1'?>", "Hồ Tây"),
            "1.0 ok Hồ Tây 7.0"),
        report(
            "kornelski/xml-rs #46",
            "xml",
            xml("<?xml version='1.0' encoding='iso-8859-1'?>", "Olá"),
            "1.0 REC-22 Olá 7.0 [mã hóa / encoding: UTF-8]"),
        report(
            "kornelski/xml-rs #46, true",
            "xml",
            xml("<?xml version='1.0' encoding='iso-8859-1'?>", "Olá").getBytes(ISO_8859_1),
            "1.0 ok Olá 7.0"),
        report(
            "Novik/ruTorrent #3170",
            "xml",
            xml(" <?xml version='1.0'?>", "A"),
            "1.0 REC-33 blocked null null null [1:7]"),
        report(
            "tylere/pykml #37",
            "xml",
            xml("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hosts'>]>", "&e;"),
            "1.0 REC-33 blocked null null null [1:55 <!DOCTYPE]"));
  }

  private static final List<String> FIELDS =
      List.of("diem C 12", "ngay D 8", "x N 10 4", "y N 10 4", "pH N 6 2");

  private static List<Object> record(Object point, Object value) {
    return List.of(point, "20260101", "105.85", "21.03", value);
  }

  private static byte[] days(int day, int milliseconds) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(day)
        .putInt(milliseconds)
        .array();
  }

  static Stream<Report> tables() {
    List<String> times = new ArrayList<>(FIELDS);
    times.set(1, "ngay T 8");
    List<String> decimals = new ArrayList<>(FIELDS);
    decimals.set(0, "diem C 12 2");
    List<String> wide = new ArrayList<>(FIELDS);
    wide.set(0, "diem C 300");
    return Stream.of(
        report(
            "albfernandez/javadbf #64",
            "dbf",
            dbf(decimals, List.of(record("A", "7.2"))),
            "1.0 ok A 7.2"),
        report(
            "olemb/dbfread #10",
            "dbf",
            dbf(FIELDS, List.of(record("A", "0.00**"), record("B", "******"), record("C", "7"))),
            "1.0 REC-11 blocked A null [0.00**]",
            "2.0 REC-31 REC-19 blocked null null null [******]",
            "3.0 ok C 7.0"),
        report(
            "olemb/dbfread #69",
            "dbf",
            dbf(FIELDS, List.of(record("A", new byte[] {'7', 0, 0, 0, 0, 0}))),
            "1.0 ok A 7.0"),
        report(
            "ethanfurman/dbf #33",
            "dbf",
            dbf(wide, List.of(record("A".repeat(30), "7"))),
            "1.0 ok AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 7.0"),
        report(
            "nchizhov/inok-dbf #3",
            "dbf",
            dbf(
                times,
                List.of(
                    List.of("A", days(2461042, 0), "105.85", "21.03", "7"),
                    List.of("B", days(2461042, 99999999), "105.85", "21.03", "7")),
                0x30),
            "1.0 ok A 7.0",
            "2.0 REC-31 REC-10 blocked B 7.0 null [728d2500ffe0f505]"));
  }

  private static String inline(String text) {
    return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  private static String cells(String point, String day, String value) {
    return "<row>" + point + day + "<c><v>105.85</v></c><c><v>21.03</v></c>" + value + "</row>";
  }

  private static byte[] sheet(String shared, String... rows) {
    StringBuilder header = new StringBuilder("<row>");
    Stream.of("diem", "ngay", "x", "y", "pH").map(t -> inline(t)).forEach(header::append);
    return TablesTesting.xlsx(
        "<worksheet><dimension ref='A1'/><sheetData>"
            + header
            + "</row>"
            + String.join("", rows)
            + "</sheetData></worksheet>",
        "<sst>" + shared + "</sst>");
  }

  static Stream<Report> workbooks() {
    String day = inline("1/1/2026");
    String seven = "<c><v>7</v></c>";
    return Stream.of(
        report(
            "JuliaData/XLSX.jl #222, tafia/calamine #261",
            "xlsx",
            sheet("", cells(inline("A"), day, seven), cells(inline("B"), day, seven)),
            "2.0 ok A 7.0",
            "3.0 ok B 7.0"),
        report(
            "exceljs/exceljs #2695",
            "xlsx",
            sheet("", cells(inline("A"), "<c t='d'><v>2026-01-01</v></c>", seven)),
            "2.0 ok A 7.0"),
        report(
            "exceljs/exceljs #584",
            "xlsx",
            sheet(
                "<si><t>A_x000D_</t></si><si><t>B_x005F_x000D_</t></si>",
                cells("<c t='s'><v>0</v></c>", day, seven),
                cells("<c t='s'><v>1</v></c>", day, seven)),
            "2.0 ok A 7.0",
            "3.0 ok B_x000D_ 7.0"),
        report(
            "brechtsanders/xlsxio #9",
            "xlsx",
            sheet(
                "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>",
                cells("<c t='s'><v>0</v></c>", day, seven)),
            "2.0 ok 東京 7.0"),
        report(
            "colearendt/xlsx #7",
            "xlsx",
            sheet("", cells(inline("A"), day, "<c t='e'><v>#N/A</v></c>")),
            "2.0 REC-31 REC-19 blocked null null null [#N/A]"),
        report(
            "a text that is not there",
            "xlsx",
            sheet(
                "<si><t>A</t></si>",
                cells("<c t='s'><v>7</v></c>", day, seven),
                cells(inline("B"), day, seven)),
            "2.0 REC-29 blocked null null null [thiếu xâu dùng chung / no shared string 7]",
            "3.0 ok B 7.0"),
        report(
            "python-excel/xlrd #350",
            "xls",
            "<html><body><table><tr><td>diem</td></tr></table></body></html>",
            "0.0 REC-62 blocked null null null [HTML]"));
  }

  private static String ring(double... positions) {
    StringBuilder ring = new StringBuilder("[");
    for (int i = 0; i < positions.length; i += 2) {
      ring.append(i == 0 ? "" : ",");
      ring.append('[').append(positions[i]).append(',').append(positions[i + 1]).append(']');
    }
    return ring.append(']').toString();
  }

  private static String feature(String name, String geometry) {
    return ("{\"type\":\"Feature\",\"properties\":{\"ma\":\"01\",\"ten\":\"%s\",\"dt\":3359.8},"
            + "\"geometry\":%s}\n")
        .formatted(name, geometry);
  }

  private static String placemark(String name, String coordinates) {
    return ("<Placemark><ExtendedData><Data name='ma'><value>01</value></Data>"
            + "<Data name='ten'><value>%s</value></Data><Data name='dt'><value>3359.8</value></Data>"
            + "</ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>%s</coordinates>"
            + "</LinearRing></outerBoundaryIs></Polygon></Placemark>")
        .formatted(name, coordinates);
  }

  static Stream<Report> maps() {
    String square = "{\"type\":\"Polygon\",\"coordinates\":[" + ring(HANOI) + "]}";
    String tuples = "105.2,20.5 105.2,21.4 106.0,21.4 106.0,20.5 105.2,20.5";
    byte[] plain = polygon(HANOI);
    byte[] small = polygon(SMALL);
    return Stream.of(
        report("openlayers/openlayers #856", "geojson", feature("A", square), "1.0 ok A 105.2"),
        report(
            "OSGeo/gdal #378",
            "geojson",
            feature("A", square) + feature("B", square),
            "1.0 ok A 105.2",
            "2.0 ok B 105.2"),
        report(
            "mapbox/geojson.io #561",
            "geojson",
            feature("A", "{\"type\":\"GeometryCollection\",\"geometries\":[null]}")
                + feature("B", square),
            "1.0 REC-17 blocked A - [không phải đối tượng JSON / not an object]",
            "2.0 ok B 105.2"),
        report(
            "NetTopologySuite/NetTopologySuite.IO.GeoJSON #96",
            "geojson",
            feature("A", "{\"type\":\"Polygon\",\"coordinates\":[[[null]]]}")
                + feature("B", square),
            "1.0 REC-17 blocked A - [vị trí không phải hai số / a position that is not two numbers]",
            "2.0 ok B 105.2"),
        report(
            "samcragg/sharpkml #25",
            "kml",
            "<kml><Document xsi:schemaLocation='x y'>"
                + placemark("A", tuples)
                + "</Document></kml>",
            "1.0 ok A 105.2"),
        report(
            "libkml/libkml #140, cleder/fastkml #31",
            "kml",
            "<kml><Document>"
                + placemark("A", tuples.replace(' ', ','))
                + placemark("B", tuples.replace(",", ", "))
                + placemark("C", tuples)
                + "</Document></kml>",
            "1.0 REC-17 blocked A - [vòng có ít hơn 4 vị trí / a ring of fewer than 4 positions]",
            "2.0 REC-17 blocked B - [vị trí không phải hai số / a position that is not two numbers]",
            "3.0 ok C 105.2"),
        report(
            "GeospatialPython/pyshp #119",
            "shapefile",
            layer(List.of(new Shape(1, plain, 24), new Shape(2, small, 0)), new int[] {0, 1}, 2),
            "1.0 REC-22 Xa 1 105.2 [a: theo thứ tự / in the order of .shx]",
            "2.0 ok Xa 2 105.5"),
        report(
            "qgis/QGIS #6846",
            "shapefile",
            layer(
                List.of(new Shape(1, small, 0), new Shape(2, plain, 0), new Shape(1, plain, 0)),
                new int[] {2, 1},
                2),
            "1.0 REC-22 Xa 1 105.2 [a: theo thứ tự / in the order of .shx]",
            "2.0 ok Xa 2 105.2"),
        report(
            "NetTopologySuite/NetTopologySuite.IO.ShapeFile #70",
            "shapefile",
            layer(
                List.of(new Shape(1, polygon(reversed(HANOI), reversed(SMALL)), 0)),
                new int[] {0},
                1),
            "1.0 REC-16 Xa 1 105.2 [vòng chạy sai chiều / rings run in the wrong direction]"),
        report(
            "DotSpatial/DotSpatial #882",
            "shapefile",
            layer(List.of(new Shape(1, plain, 0)), new int[] {0}, 3),
            "1.0 ok Xa 1 105.2",
            "2.0 REC-17 blocked null - [không có hình / no shape]",
            "3.0 REC-17 blocked null - [không có hình / no shape]"),
        report(
            "mbloch/mapshaper #519",
            "shapefile",
            layer(List.of(new Shape(0, plain, 0), new Shape(0, small, 0)), new int[] {0, 1}, 2),
            "1.0 ok Xa 1 105.2",
            "2.0 ok Xa 2 105.5"),
        report("NetTopologySuite/NetTopologySuite #775", "gpkg", geopackage(), "1.0 ok Xa 1 105.2"),
        report(
            "opengisch/QField #185",
            "gpkg",
            geopackage(
                true, "INSERT INTO t(geom, ma, ten, dt) VALUES(" + blob(HANOI) + ",'02','Xa 2',9)"),
            "1.0 REC-22 Xa 1 105.2 [WAL: thay đổi cuối có thể ở tệp -wal không được gửi / last changes may be in a -wal file not sent]"),
        report(
            "qgis/QGIS #30670",
            "gpkg",
            geopackage("INSERT INTO gpkg_contents(table_name, data_type) VALUES('x','features')"),
            "1.0 ok Xa 1 105.2"),
        report(
            "portolan-sdi/portolan-cli #791",
            "gpkg",
            geopackage(
                "CREATE TABLE layer_styles(id)",
                "INSERT INTO gpkg_contents(table_name, data_type)"
                    + " VALUES('layer_styles','attributes')"),
            "1.0 REC-31 Xa 1 105.2 [bảng khác / other tables: layer_styles]"),
        report(
            "an identifier of its system in words",
            "gpkg",
            geopackage("UPDATE gpkg_geometry_columns SET srs_id = 'EPSG:4326'"),
            "1.0 ok Xa 1 105.2"),
        report(
            "a geometry that is cut",
            "gpkg",
            geopackage("UPDATE t SET geom = substr(geom, 1, 80)"),
            "1.0 REC-17 blocked Xa 1 - [bị cắt giữa chừng / cut off]"),
        report(
            "opengeospatial/geopackage #589",
            "gpkg",
            geopackage("UPDATE t SET geom = x'47500011e6100000010300000000000000'"),
            "1.0 REC-17 blocked Xa 1 - [rỗng / empty]"));
  }

  static Stream<Report> archives() {
    byte[] first = gzip(HEADER + row("A", "7"));
    return Stream.of(
        report(
            "oven-sh/bun #31522",
            "packed",
            join(first, gzip(row("B", "8"))),
            "2.0 ok A 7.0",
            "3.0 ok B 8.0"),
        report(
            "sile/libflate #75",
            "packed",
            join(first, "garbage".getBytes(UTF_8)),
            "2.0 ok A 7.0",
            "0.0 REC-50 blocked null null null [thừa byte phía sau / bytes behind the end of the gzip]"),
        report("sile/libflate #75, zeros", "packed", join(first, new byte[100]), "2.0 ok A 7.0"),
        report(
            "pathikrit/better-files #262",
            "packed",
            TablesTesting.zip(Map.of("so_lieu\\a.csv", (HEADER + row("A", "7")).getBytes(UTF_8))),
            "2.0 ok A 7.0"),
        report(
            "a packer that is not read",
            "packed",
            join(new byte[] {'7', 'z', -68, -81, 39, 28, 0, 4}, new byte[60]),
            "0.0 REC-49 blocked null null null [7-Zip]"));
  }
}

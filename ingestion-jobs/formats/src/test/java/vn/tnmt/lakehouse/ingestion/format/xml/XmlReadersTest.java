package vn.tnmt.lakehouse.ingestion.format.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.sample;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.format.kml.Kml;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/** XML and KML as Python and GDAL write them, and as attackers do. */
class XmlReadersTest {
  private final RecordReader parcels = reader(new Xml("DC_ThuaDat", Set.of()));
  private final RecordReader rows = reader(new Xml("r", Set.of()));
  private final RecordReader kml = reader(new Kml());

  @ParameterizedTest
  @ValueSource(strings = {"thua_dat.xml", "thua_dat_utf16.xml"})
  void readsParcels(String name) {
    List<RawRecord> records = read(parcels, sample(name));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("@id", "T1"),
            entry("thuaDatId", "T1"),
            entry("maXa", "00001"),
            entry("soHieuToBanDo", "12"),
            entry("soThuTuThua", "1"),
            entry("dienTich", "120.5"),
            entry("diaChi", "Tổ 1 & 2, phường <Ba Đình>"),
            entry("inSoLieuCu", ""),
            entry("DC_MucDichSuDung/@id", "M11"),
            entry("DC_MucDichSuDung/mucDichSuDungId", "M11"),
            entry("DC_MucDichSuDung/maMucDichSuDung", "ONT"),
            entry("DC_MucDichSuDung/dienTich", "100.5"),
            entry("DC_MucDichSuDung/DC_NguonGocDat/nguonGoc", "CNQ-CTT"),
            entry("DC_MucDichSuDung/DC_NguonGocDat/dienTich", "50"));
    assertThat(records.get(1).cells())
        .containsEntry("DC_MucDichSuDung[2]/maMucDichSuDung", "CLN")
        .containsEntry("DC_MucDichSuDung[2]/DC_NguonGocDat[2]/nguonGoc", "DG-KTT");
  }

  @Test
  void readsPurposesOfTheSameFileWithTheirParcels() {
    RecordReader purposes =
        reader(new Xml("DC_MucDichSuDung", Set.of("DC_ThuaDat", "DuLieuDatDai")));
    List<RawRecord> records = read(purposes, sample("thua_dat.xml"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records.get(2).cells())
        .containsEntry("DuLieuDatDai/@phienBan", "1.0")
        .containsEntry("DC_ThuaDat/@id", "T2")
        .containsEntry("DC_ThuaDat/thuaDatId", "T2")
        .containsEntry("DC_ThuaDat/diaChi", "Tổ 1 & 2, phường <Ba Đình>")
        .containsEntry("mucDichSuDungId", "M22")
        .containsEntry("dienTich", "50.25")
        .containsEntry("DC_NguonGocDat[2]/nguonGoc", "DG-KTT");
    RecordReader origins =
        reader(new Xml("DC_NguonGocDat", Set.of("DC_ThuaDat", "DC_MucDichSuDung")));
    assertThat(read(origins, sample("thua_dat.xml")).get(3).cells())
        .containsExactly(
            entry("DC_ThuaDat/@id", "T2"),
            entry("DC_ThuaDat/thuaDatId", "T2"),
            entry("DC_ThuaDat/maXa", "00001"),
            entry("DC_ThuaDat/soHieuToBanDo", "12"),
            entry("DC_ThuaDat/soThuTuThua", "2"),
            entry("DC_ThuaDat/dienTich", "120.5"),
            entry("DC_ThuaDat/diaChi", "Tổ 1 & 2, phường <Ba Đình>"),
            entry("DC_ThuaDat/inSoLieuCu", ""),
            entry("DC_MucDichSuDung/@id", "M22"),
            entry("DC_MucDichSuDung/mucDichSuDungId", "M22"),
            entry("DC_MucDichSuDung/maMucDichSuDung", "CLN"),
            entry("DC_MucDichSuDung/dienTich", "50.25"),
            entry("nguonGoc", "DG-KTT"),
            entry("dienTich", "50"));
  }

  @Test
  void readsNamesWithPrefixesMixedTextAndCharacterData() {
    List<RawRecord> records =
        read(
            rows,
            "<n:a xmlns:n='u'><n:r xsi:nil='1' n:k='v'>chữ<n:b><![CDATA[<&>]]>&#7843;</n:b> <!-- x --></n:r><r/></n:a>");
    assertThat(records.get(0).cells())
        .containsExactly(entry("@k", "v"), entry("b", "<&>ả"), entry(".", "chữ "));
    assertThat(records.get(1).cells()).isEmpty();
  }

  @Test
  void encodingsAreAsDeclared() {
    byte[] legacy =
        "<?xml version=\"1.0\" encoding=\"windows-1258\"?><a><r><t>H\u00F4\u0300 T\u00E2y</t></r></a>"
            .getBytes(Charset.forName("windows-1258"));
    assertThat(read(rows, legacy).get(0).cells()).containsEntry("t", "H\u00F4\u0300 T\u00E2y");
    byte[] mark = "\uFEFF<a><r><t>Huế</t></r></a>".getBytes(StandardCharsets.UTF_8);
    assertThat(read(rows, mark).get(0).cells()).containsEntry("t", "Huế");
    assertThat(verdicts(read(rows, "<?xml version='1.0' encoding='TCVN-77'?><a><r/></a>")))
        .containsExactly("1 REC-33");
  }

  @Test
  void oneBadByteCostsOneRecord() {
    byte[] bytes =
        "<a><r><t>H\u00B5 N\u00E9i</t></r><r><t>\u0001</t></r><r><t>ok</t></r></a>"
            .getBytes(StandardCharsets.ISO_8859_1);
    List<RawRecord> records = read(rows, bytes);
    assertThat(verdicts(records)).containsExactly("1 REC-06", "2 REC-06", "3 ok");
    assertThat(records.get(0).cells()).containsEntry("t", "H\u00B5 N\u00E9i");
    assertThat(records.get(1).cells()).containsEntry("t", "\u0001");
  }

  @Test
  void keepsTheRecordsBeforeTheBreak() {
    List<RawRecord> cut = read(rows, "<a>\n<r><t>1</t></r>\n<r><t>2</t><u>3");
    assertThat(verdicts(cut)).containsExactly("1 ok", "2 REC-33");
    assertThat(cut.get(1).cells()).containsExactly(entry("t", "2"));
    assertThat(cut.get(1).breaches().get(0).value()).startsWith("3:");
    assertThat(verdicts(read(rows, "<a><r>1</r>"))).containsExactly("1 ok", "2 REC-33");
    assertThat(verdicts(read(rows, "<a><r>1</r><r>A & B</r><r/></a>")))
        .containsExactly("1 ok", "2 REC-33");
    assertThat(verdicts(read(rows, "<a><r/></a><a/>"))).containsExactly("1 ok", "2 REC-33");
    assertThat(verdicts(read(rows, "<a><b/></a>"))).containsExactly("0 REC-35");
    assertThat(verdicts(read(rows, "id,ten\n1,2\n"))).containsExactly("1 REC-33");
    assertThat(verdicts(read(rows, " \n"))).containsExactly("0 REC-01");
  }

  @Test
  void nothingOutsideTheDocumentIsRead(@TempDir Path dir) throws IOException {
    Path secret = Files.writeString(dir.resolve("secret.txt"), "khong-duoc-doc");
    for (String hostile :
        List.of(
            "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a><r>&x;</r></a>",
            "<!DOCTYPE a SYSTEM '" + secret.toUri() + "'><a><r/></a>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM '" + secret.toUri() + "'> %p;]><a><r/></a>")) {
      for (RecordReader reader : List.of(rows, kml)) {
        List<RawRecord> records = read(reader, hostile);
        assertThat(verdicts(records)).as(hostile).containsExactly("1 REC-33");
        assertThat(records.toString()).doesNotContain("khong-duoc-doc");
      }
    }
    assertThat(
            read(
                    rows,
                    "<a xmlns:xi='http://www.w3.org/2001/XInclude'><r><xi:include href='"
                        + secret.toUri()
                        + "' parse='text'/></r></a>")
                .toString())
        .doesNotContain("khong-duoc-doc");
  }

  @Test
  void laughsAreNotLaughed() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY l%d \"&l%d;&l%d;\">".formatted(i, i - 1, i - 1));
    }
    assertThat(verdicts(read(rows, laughs + "]><a><r>&l39;</r></a>"))).containsExactly("1 REC-33");
  }

  @Test
  void depthAndSizeAreBounded() {
    String deep = "<a>".repeat(50_000);
    assertThat(verdicts(read(rows, deep))).containsExactly("1 REC-33");
    assertThat(
            verdicts(
                read(
                    rows,
                    "<a><r>" + "<b>".repeat(3_000) + "x" + "</b>".repeat(3_000) + "</r><r/></a>")))
        .containsExactly("1 REC-38", "2 ok");
    assertThat(verdicts(read(rows, "<a><r>" + "<b/>".repeat(150_000) + "</r><r/></a>")))
        .containsExactly("1 REC-38", "2 ok");
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            java.util.Arrays.fill(target, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    InputStream attribute =
        new SequenceInputStream(
            new ByteArrayInputStream("<a><r k='".getBytes(StandardCharsets.UTF_8)), endless);
    try (RecordReader.Records records = rows.open(new SourceFile("a.xml", -1, true), attribute)) {
      assertThat(verdicts(List.of(records.next()))).containsExactly("1 REC-38");
      assertThat(records.hasNext()).isFalse();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void failingInputThrows() {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(
                ("<a><r/>" + " ".repeat(20_000)).getBytes(StandardCharsets.UTF_8)),
            new BrokenInputStream(() -> new IOException("the disk is gone")));
    assertThatThrownBy(
            () -> {
              try (RecordReader.Records records =
                  rows.open(new SourceFile("a.xml", -1, true), failing)) {
                records.forEachRemaining(record -> {});
              }
            })
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void readsPlacemarksAsGdalWroteThem() {
    List<RawRecord> records = read(kml, sample("tinh.kml"));
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok");
    assertThat(records.get(0).cells())
        .containsEntry("$id", "tinh.1")
        .containsEntry("ma", "01")
        .containsEntry("ten", "Hà Nội")
        .containsEntry("dan_so", "9007199254740993")
        .containsEntry(
            "$geometry",
            "{\"type\":\"Polygon\",\"coordinates\":[[[105,21],[106,21],[106,22],[105,22],[105,21]],"
                + "[[105.2,21.2],[105.4,21.2],[105.4,21.4],[105.2,21.2]]]}");
    assertThat(records.get(1).cells().get("$geometry"))
        .startsWith("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[107");
    assertThat(records.get(2).cells()).doesNotContainKey("$geometry").containsEntry("ma", "48");
  }

  @Test
  void readsOtherPlacemarks() {
    List<RawRecord> records =
        read(
            kml,
            """
            <kml><Document><name>x</name><Folder>
            <Placemark><name>A</name><description><![CDATA[<b>mô tả</b>]]></description>
             <ExtendedData><Data name="ma"><displayName>Mã</displayName><value>7</value></Data></ExtendedData>
             <Point><altitudeMode>absolute</altitudeMode><coordinates> 105.80,+21.0,.5 </coordinates></Point></Placemark>
            <Placemark><MultiGeometry><Point><coordinates>1,2</coordinates></Point>
             <LineString><coordinates>1,2 3,4\n5,6,7</coordinates></LineString></MultiGeometry></Placemark>
            <Placemark><Track/></Placemark>
            <Placemark><Point><coordinates>105;21</coordinates></Point></Placemark>
            </Folder></Document></kml>""");
    assertThat(verdicts(records)).containsExactly("1 ok", "2 ok", "3 ok", "4 ok");
    assertThat(records.get(0).cells())
        .containsExactly(
            entry("name", "A"),
            entry("description", "<b>mô tả</b>"),
            entry("ma", "7"),
            entry("$geometry", "{\"type\":\"Point\",\"coordinates\":[105.80,21.0,0.5]}"));
    assertThat(records.get(1).cells())
        .containsEntry(
            "$geometry",
            "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,2]},"
                + "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4],[5,6,7]]}]}");
    assertThat(records.get(2).cells()).containsEntry("$geometry", "{\"type\":\"Track\"}");
    assertThat(records.get(3).cells())
        .containsEntry("$geometry", "{\"type\":\"Point\",\"coordinates\":[null]}");
    assertThat(verdicts(read(kml, "<kml/>"))).containsExactly("0 REC-35");
  }
}

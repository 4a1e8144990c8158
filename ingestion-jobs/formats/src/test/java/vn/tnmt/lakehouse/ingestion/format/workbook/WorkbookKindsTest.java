package vn.tnmt.lakehouse.ingestion.format.workbook;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.CONVENTIONS;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.told;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.utf8;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.table.NumberFormat;

/** What workbooks show and do not store, and what else comes under their name. */
class WorkbookKindsTest {
  private static final KnownColumns COLUMNS =
      new KnownColumns(Set.of("ma"), Set.of("ma", "ten", "do", "ph"), Set.of("ph"));
  private static final String HEADER =
      "<row r='1'><c t='str'><v>ma</v></c><c t='str'><v>ten</v></c><c t='str'><v>ph</v></c></row>";

  private static List<RawRecord> workbook(boolean fills, byte[] bytes) {
    Workbook format = new Workbook("", 1, 1, List.of(), List.of(), fills, FileLimits.USUAL);
    return read(reader(format, COLUMNS, CONVENTIONS), bytes);
  }

  private static Map<String, byte[]> parts(String workbook, String sheet) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "xl/workbook.xml",
        utf8(
            "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='a'/></sheets>"
                + workbook
                + "</workbook>"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        utf8(
            "<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/>"
                + "<Relationship Id='b' Type='x/styles' Target='f.xml'/></Relationships>"));
    parts.put("xl/s.xml", utf8("<worksheet>" + sheet + "</worksheet>"));
    parts.put(
        "xl/f.xml",
        utf8(
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='00000'/></numFmts>"
                + "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>"));
    return parts;
  }

  private static byte[] xlsx(String rows, String behind) {
    return zip(parts("", "<sheetData>" + HEADER + rows + "</sheetData>" + behind));
  }

  private static List<String> cells(List<RawRecord> records, String name) {
    return records.stream().map(record -> record.cells().get(name)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "00000,123,00123",
    "00000,1234567,1234567",
    "00000,0,00000",
    "00000,12.5,12.5",
    "00000,-7,-7",
    "000\\-000,12345,012-345",
    "[$-42A]0000,7,0007",
    "[Red]000;[Blue]-000,7,007",
    "\"KH\"000,7,KH007",
    "0,7,7",
    "0.00,7,7",
    "00.00,7.1,7.1",
    "'#,##0',1234,1234",
    "General,7,7",
    "[<100]00;000,7,7",
    "00%,7,7",
  })
  void zerosThatOnlyTheFormatShows(String code, String number, String shown) {
    NumberFormat format = NumberFormat.of(164, code);
    assertThat(format.text(number, false, '.')).isEqualTo(shown);
    assertThat(format.text(Double.parseDouble(number), false, '.')).isEqualTo(shown);
  }

  @Test
  void codesKeepTheZerosThatTheSheetShows() {
    String rows = "<row><c s='1'><v>123</v></c><c t='str'><v>x</v></c><c s='0'><v>7</v></c></row>";
    List<RawRecord> records = workbook(false, xlsx(rows, ""));
    assertThat(cells(records, "ma")).containsExactly("00123");
    assertThat(cells(records, "ph")).containsExactly("7");
  }

  @Test
  void aFormulaWithoutAResultIsTold() {
    String rows =
        "<row><c t='str'><v>D1</v></c><c/><c><f>H2*2</f><v/></c></row>"
            + "<row><c t='str'><v>D2</v></c><c><f>A3</f></c><c><v>7</v></c></row>"
            + "<row><c t='str'><v>D3</v></c><c t='str'><f>B9</f><v/></c><c><f>1</f><v>0</v></c></row>";
    List<RawRecord> records = workbook(false, xlsx(rows, ""));
    assertThat(verdicts(records)).containsExactly("2 REC-64", "3 REC-64", "4 ok");
    assertThat(told(records.get(0))).containsExactly("REC-64 ph =H2*2");
    assertThat(told(records.get(1))).containsExactly("REC-64 ten =A3");
    assertThat(records.get(2).cells()).containsEntry("ten", "").containsEntry("ph", "0");
    byte[] uncomputed =
        zip(parts("<calcPr fullCalcOnLoad='1'/>", "<sheetData>" + HEADER + rows + "</sheetData>"));
    assertThat(verdicts(workbook(false, uncomputed)))
        .containsExactly("2 REC-64", "3 REC-64", "4 REC-64");
  }

  @Test
  void aFormulaOfAKeyBlocksEveryRecordOfItsRow() {
    KnownColumns two =
        new KnownColumns(Set.of("ma"), Set.of("ma", "ten", "ph"), Set.of("ten", "ph"));
    byte[] bytes = xlsx("<row><c><f>1+1</f></c><c><v>1</v></c><c><f>2</f></c></row>", "");
    Workbook format = new Workbook("", 1, 1, List.of(), List.of(), false, FileLimits.USUAL);
    List<RawRecord> records = read(reader(format, two, CONVENTIONS), bytes);
    assertThat(told(records.get(0))).containsExactly("REC-64 ma =1+1");
    assertThat(told(records.get(1))).containsExactly("REC-64 ma =1+1", "REC-64 ph =2");
  }

  @Test
  void mergedCellsAreToldOrFilled() {
    String rows =
        "<row r='2'><c r='A2'><v>1</v></c><c r='B2' t='str'><v>x</v></c><c r='C2'><v>7</v></c></row>"
            + "<row r='3'><c r='A3'/><c r='C3'><v>8</v></c></row>"
            + "<row r='5'><c r='C5'><v>9</v></c></row>"
            + "<row r='6'><c r='C6'><v>10</v></c></row>";
    String merges =
        "<mergeCells><mergeCell ref='A2:A5'/><mergeCell ref='B2:B3'/><mergeCell ref='A1:B1'/>"
            + "<mergeCell ref='C9:C12'/></mergeCells>";
    List<RawRecord> as = workbook(false, xlsx(rows, merges));
    assertThat(cells(as, "ma")).containsExactly("1", "", "", "");
    assertThat(told(as.get(3))).containsExactly("REC-65 A2:A5, B2:B3");
    List<RawRecord> filled = workbook(true, xlsx(rows, merges));
    assertThat(cells(filled, "ma")).containsExactly("1", "1", "1", "");
    assertThat(cells(filled, "ten")).containsExactly("x", "x", "", "");
    assertThat(cells(filled, "ph")).containsExactly("7", "8", "9", "10");
    assertThat(verdicts(filled)).containsExactly("2 ok", "3 ok", "5 ok", "6 ok");
  }

  @Test
  void xlsIsReadAlike() {
    List<RawRecord> records = workbook(true, file("o_gop.xls"));
    assertThat(cells(records, "ma")).containsExactly("00123", "00007", "1234567", "12.5", "00008");
    assertThat(cells(records, "ten"))
        .containsExactly("Hồ Tây", "Hồ Tây", "Hồ Tây", "Sông Hồng", "");
    assertThat(verdicts(records))
        .containsExactly("2 REC-64", "3 REC-19", "4 ok", "5 REC-64", "6 ok");
    List<RawRecord> told = workbook(false, file("o_gop.xls"));
    assertThat(told(told.get(4))).containsExactly("REC-65 B2:B4");
    assertThat(cells(told, "ten")).containsExactly("Hồ Tây", "", "", "Sông Hồng", "");
  }

  /** A record of 2 bytes becomes a name, which has 14 at least: names hold no data. */
  @Test
  void aRecordWithoutDataCostsNothing() {
    byte[] bytes = file("o_gop.xls");
    ByteBuffer book = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int patched = 0;
    for (int at = 512; book.getShort(at) != 0x0A; at += 4 + book.getShort(at + 2)) {
      if (book.getShort(at) == 0x40) {
        book.putShort(at, (short) 0x18);
        patched++;
      }
    }
    assertThat(patched).isEqualTo(1);
    assertThat(cells(workbook(true, bytes), "ph")).contains("7.1", "7.2");
  }

  @Test
  void otherKindsAreCalledByName() {
    byte[] old = file("o_gop.xls");
    ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN).putShort(516, (short) 0x0500);
    assertThat(kind(old)).isEqualTo("Excel 5.0/95");
    assertThat(kind(new byte[] {9, 4, 6, 0, 0, 0, 16, 0, 1, 0})).isEqualTo("Excel 2.x–5.0");
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "_rels/.rels",
        utf8(
            "<Relationships><Relationship Id='a' Type='x/officeDocument'"
                + " Target='xl/workbook.bin'/></Relationships>"));
    parts.put("xl/workbook.bin", new byte[10]);
    assertThat(kind(zip(parts))).startsWith("XLSB");
    assertThat(
            kind(zip(Map.of("mimetype", utf8("application/vnd.oasis.opendocument.spreadsheet")))))
        .startsWith("ODS");
    assertThat(
            kind(
                utf8(
                    "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>")))
        .isEqualTo("XML Spreadsheet 2003");
  }

  private static String kind(byte[] bytes) {
    RawRecord only = workbook(false, bytes).get(0);
    assertThat(only.breaches()).extracting("rule").containsExactly("REC-62");
    return only.breaches().get(0).value();
  }

  @Test
  void partsMayBeginWithMarks() {
    String rows = "<row><c t='str'><v>Đ1</v></c><c/><c><v>7</v></c></row>";
    Map<String, byte[]> parts = parts("", "<sheetData>" + HEADER + rows + "</sheetData>");
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      Map<String, byte[]> other = new LinkedHashMap<>(parts);
      other.replaceAll((name, bytes) -> marked(new String(bytes, UTF_8), charset));
      assertThat(cells(workbook(false, zip(other)), "ma")).containsExactly("Đ1");
    }
    parts.replaceAll((name, bytes) -> with(with(bytes)));
    assertThat(cells(workbook(false, zip(parts)), "ma")).containsExactly("Đ1");
  }

  private static byte[] marked(String text, Charset charset) {
    return ("\uFEFF<?xml version='1.0' encoding='UTF-16'?>" + text).getBytes(charset);
  }

  private static byte[] with(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  @Test
  void aSheetThatSaysToHaveMoreRowsIsToldAsAHint() {
    String rows = "<row r='2'><c t='str'><v>D1</v></c><c/><c><v>7</v></c></row>";
    for (String[] told :
        new String[][] {
          {"A1:C2", "[]"},
          {"A1:C9", "[REC-22 vùng dữ liệu / dimension: dòng / row 9]"},
          {"A1", "[]"},
          {"A1:XFD1048576", "[]"}
        }) {
      byte[] bytes =
          zip(
              parts(
                  "",
                  "<dimension ref='"
                      + told[0]
                      + "'/><sheetData>"
                      + HEADER
                      + rows
                      + "</sheetData>"));
      assertThat(told(workbook(false, bytes).get(0)).toString()).isEqualTo(told[1]);
    }
  }
}

package vn.tnmt.lakehouse.ingestion.format.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.CONVENTIONS;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.columns;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.conventions;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.file;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.told;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.utf8;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.workbook;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.xlsx;
import static vn.tnmt.lakehouse.ingestion.reader.TablesTesting.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.table.CellFormat;
import vn.tnmt.lakehouse.ingestion.reader.table.CellTexts;

/** XLSX and XLS: files by xlsxwriter, openpyxl and xlwt, and hostile ones made byte by byte. */
class WorkbookReaderTest {
  private static final Workbook LAB =
      new Workbook(
          "Kết quả", 3, 2, List.of("tổng cộng"), List.of("Hà Nội, ngày*"), false, FileLimits.USUAL);

  private static List<RawRecord> lab(Workbook format, Set<String> melted) {
    Set<String> known = Set.of("Mã điểm", "Thời gian / Ngày", "Thời gian / Giờ đo", "Ghi chú");
    return read(
        reader(format, new KnownColumns(Set.of("Mã điểm"), known, melted), CONVENTIONS),
        file("lab.xlsx"));
  }

  private static List<RawRecord> sheet(String rows) {
    return read(
        reader(workbook("", 1, 1), columns("a"), CONVENTIONS),
        xlsx("<worksheet><sheetData>" + rows + "</sheetData></worksheet>", "<sst/>"));
  }

  private static List<RawRecord> plain(byte[] bytes) {
    return read(reader(workbook("", 1, 1), columns("a"), CONVENTIONS), bytes);
  }

  @Test
  void readsAMergedHeaderAndTypedCells() {
    List<RawRecord> records = lab(LAB, Set.of());
    assertThat(records).extracting(RawRecord::line).containsExactly(5L, 6L, 8L, 10L);
    assertThat(((Cells) records.get(0).cells()).header().names())
        .containsExactly(
            "Mã điểm",
            "Thời gian / Ngày",
            "Thời gian / Giờ đo",
            "Thông số / pH",
            "Thông số / As (mg/L)",
            "Thông số / Tổng",
            "Ghi chú");
    assertThat(records.get(0).cells().values())
        .containsExactly(
            "007", "2026-01-31", "2026-01-31T07:30:00", "7.1", "<0.01", "14.2", "Hồ Tây");
    assertThat(records.get(1).cells().values())
        .containsExactly("12345678", "1900-02-28", "13:45:00", "0.3", "0.0000001", "", "true");
    assertThat(records.get(2).cells().values())
        .containsExactly(
            "123456789012345", "36:30:00", "", "1234567.5", "1000000000000000000000", "", "", "ab");
    assertThat(records.get(3).cells()).containsEntry("Thông số / pH", "-5");
  }

  private static List<RawRecord> inOldFonts(String... names) {
    StringBuilder rows = new StringBuilder("<row r='1'>");
    for (String name : names) {
      rows.append("<c t='inlineStr'><is><t>").append(name).append("</t></is></c>");
    }
    rows.append("</row><row r='2'>");
    for (int i = 1; i <= names.length; i++) {
      rows.append("<c><v>").append(i).append("</v></c>");
    }
    return read(
        reader(workbook("", 1, 1), columns("Mã", "Điểm", "Kinh độ"), conventions('.', "auto")),
        xlsx("<worksheet><sheetData>" + rows + "</row></sheetData></worksheet>", "<sst/>"));
  }

  @Test
  void headersInOldFontsAndInUnicodeStandSideBySide() {
    assertThat(inOldFonts("Mã", "§iÓm", "Kinh ®é").get(0).cells())
        .containsExactly(Map.entry("Mã", "1"), Map.entry("Điểm", "2"), Map.entry("Kinh độ", "3"));
  }

  @Test
  void namesThatBecomeTheSameGetNumbers() {
    assertThat(((Cells) inOldFonts("§iÓm", "Điểm", "Mã", "Kinh ®é", "Mã").get(0).cells()).header())
        .extracting(Header::names)
        .isEqualTo(List.of("Điểm#2", "Điểm", "Mã", "Kinh độ", "Mã#2"));
  }

  @Test
  void tellsWhatIsPassedOver() {
    List<RawRecord> records = lab(LAB, Set.of());
    assertThat(told(records.get(0)))
        .containsExactly(
            "REC-31 trang tính / sheets: Ẩn, Tháng 2",
            "REC-08 Thông số / pH, Thông số / As (mg/L), Thông số / Tổng");
    assertThat(told(records.get(1))).containsExactly("REC-31 Thông số / Tổng #DIV/0!");
    assertThat(told(records.get(2))).containsExactly("REC-08 [H]");
    assertThat(told(records.get(3)))
        .containsExactly("REC-31 hàng tổng và phía dưới / rows of totals and below: 4");
  }

  @Test
  void meltsColumns() {
    List<RawRecord> records = lab(LAB, Set.of("Thông số / pH", "Thông số / As (mg/L)"));
    assertThat(records)
        .extracting(r -> r.line() + "." + r.part() + " " + ((Cells) r.cells()).text(5))
        .startsWith("5.0 7.1", "5.1 <0.01", "6.0 0.3");
  }

  @Test
  void findsTheHeaderByItsColumns() {
    assertThat(
            lab(new Workbook("1", 0, 2, List.of(), List.of(), false, FileLimits.USUAL), Set.of()))
        .extracting(RawRecord::line)
        .startsWith(5L, 6L, 8L, 9L);
  }

  @Test
  void readsSeveralSheetsEachWithItsHeader() {
    List<RawRecord> records = lab(workbook("*", 0, 1), Set.of());
    // The first sheet has its columns in two rows: its header of one row ends at row 3.
    assertThat(records.get(records.size() - 1).cells())
        .containsEntry("$sheet", "Tháng 2")
        .containsEntry("Mã điểm", "009")
        .containsEntry("pH", "6");
    assertThat(records.get(records.size() - 1).part()).isEqualTo(65_536);
    assertThat(told(records.get(0))).contains("REC-31 trang tính / sheets: Ẩn");
    assertThat(lab(workbook("Ẩn", 1, 1), Set.of()).get(0).breaches().toString())
        .contains("trang ẩn nhưng được đọc / hidden, but read: Ẩn");
    assertThat(verdicts(lab(workbook("Không có", 1, 1), Set.of()))).containsExactly("0 REC-29");
  }

  @Test
  void writesNumbersWithTheFeedsSeparator() {
    List<RawRecord> records =
        read(reader(LAB, columns("Mã điểm"), conventions(',', "UTF-8")), file("lab.xlsx"));
    assertThat(records.get(0).cells()).containsEntry("Thông số / pH", "7,1");
    assertThat(records.get(1).cells()).containsEntry("Thông số / As (mg/L)", "0,0000001");
  }

  @Test
  void countsDaysFrom1904() {
    List<RawRecord> records =
        read(reader(workbook("", 1, 1), columns("d"), CONVENTIONS), file("1904.xlsx"));
    assertThat(records)
        .extracting(record -> record.cells().get("d"))
        .containsExactly("2026-01-31", "2026-01-31T23:59:59");
  }

  @Test
  void readsWhatOpenpyxlWrote() {
    List<RawRecord> records = plain(file("openpyxl.xlsx"));
    assertThat(records).extracting(RawRecord::line).containsExactly(2L, 4L, 5L);
    assertThat(records.get(0).cells())
        .containsEntry("a", "Đất\nnông nghiệp")
        .containsEntry("b", "0.3")
        .containsEntry("b#2", "2024-02-29");
    // A formula that no spreadsheet has computed yet has no value, and that is told.
    assertThat(told(records.get(1))).containsExactly("REC-64 a =A2", "REC-31 b#2 #N/A");
    assertThat(records.get(1).cells()).containsEntry("b", "1234567890123456");
    assertThat(records.get(2).cells())
        .containsEntry("a", "  x ")
        .containsEntry("b", "105.841712345679")
        .containsEntry("b#2", "31/1/2026");
  }

  @Test
  void readsXls() {
    RecordReader reader = reader(workbook("", 3, 1), columns("ma"), CONVENTIONS);
    List<RawRecord> records = read(reader, file("bieu.xls"));
    assertThat(verdicts(records)).containsExactly("4 REC-31 REC-31 REC-31 REC-08", "6 ok");
    // xlwt computes no formula: the cached value of 1+1 is an empty text, which it cannot be.
    assertThat(records.get(0).cells().values())
        .containsExactly(
            "007", "2026-01-31", "2026-01-31T07:30:15", "0.3", "Đường Hồ Tùng Mậu", "true", "", "");
    assertThat(told(records.get(0)))
        .contains("REC-31 loi #N/A", "REC-31 tinh =…", "REC-31 trang tính / sheets: Ẩn, Khác");
    assertThat(records.get(1).cells()).containsEntry("ma", "1").containsEntry("so", "10000000");
    assertThat(
            read(reader(workbook("*", 0, 1), columns("ma"), CONVENTIONS), file("bieu.xls")).stream()
                .map(
                    record -> record.part() + " " + record.line() + " " + record.cells().get("ma")))
        .containsExactly("0 4 007", "0 6 1", "65536 2 T");
  }

  @Test
  void aMillionStyledRowsAreNoRows() throws IOException {
    StringBuilder xml = new StringBuilder("<worksheet><sheetData>");
    xml.append("<row r='1'><c r='A1' t='str'><v>a</v></c></row>");
    for (int r = 2; r < 100_000; r++) {
      xml.append("<row r='")
          .append(r)
          .append("' s='1'><c r='A")
          .append(r)
          .append("' s='1'/></row>");
    }
    xml.append("<row r='200001'><c r='A200001'><v>7</v></c></row></sheetData></worksheet>");
    assertThat(verdicts(plain(xlsx(xml.toString(), "<sst/>")))).containsExactly("200001 ok");
  }

  @Test
  void rowsAndCellsWithoutReferencesAreCounted() {
    List<RawRecord> records =
        sheet(
            "<row><c t='str'><v>a</v></c><c t='inlineStr'><is><r><t>b</t></r><r><t>c</t></r>"
                + "<rPh><t>x</t></rPh></is></c></row>"
                + "<row r='nonsense'><c><v>1</v></c></row><row r='2'><c r='b9'><v>2.50</v></c></row>");
    assertThat(records).extracting(RawRecord::line).containsExactly(2L, 3L);
    assertThat(records.get(1).cells()).containsEntry("a", "").containsEntry("bc", "2.5");
  }

  @Test
  void xmlThatBreaksOffKeepsTheRowsBefore() {
    assertThat(
            verdicts(
                sheet(
                    "<row><c t='str'><v>a</v></c></row><row><c><v>1</v></c></row><row><c><v>2</x>")))
        .containsExactly("2 ok", "3 REC-29");
  }

  @Test
  void oneBadRowCostsOneRow() {
    String longText = "x".repeat(XmlPart.MAX_TEXT + 5);
    assertThat(
            verdicts(
                sheet(
                    "<row><c t='str'><v>a</v></c></row>"
                        + "<row><c t='s'><v>99</v></c></row>"
                        + "<row><c r='ZZZZ3' t='str'><v>q</v></c></row>"
                        + "<row><c t='str'><v>"
                        + longText
                        + "</v></c></row>"
                        + "<row><c><v>1</v></c></row>")))
        .containsExactly("2 REC-29", "3 REC-30", "4 REC-30", "5 ok");
  }

  @Test
  void aByteThatIsNotUtf8CostsItsRow() {
    String rows =
        "<row><c t='str'><v>a</v></c></row><row><c t='str'><v>H\u00e5</v></c></row>"
            + "<row><c t='s'><v>0</v></c></row><row><c><v>1</v></c></row>";
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "xl/workbook.xml",
        utf8("<workbook xmlns:r='r'><sheets><sheet r:id='a'/></sheets></workbook>"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        utf8(
            "<Relationships><Relationship Id='a' Type='x/worksheet' Target='s.xml'/>"
                + "<Relationship Id='b' Type='x/sharedStrings' Target='t.xml'/></Relationships>"));
    parts.put(
        "xl/s.xml",
        ("<worksheet><sheetData>" + rows + "</sheetData></worksheet>")
            .getBytes(StandardCharsets.ISO_8859_1));
    parts.put(
        "xl/t.xml", "<sst><si><t>n\u00ad</t></si></sst>".getBytes(StandardCharsets.ISO_8859_1));
    List<RawRecord> records = plain(zip(parts));
    assertThat(verdicts(records)).containsExactly("2 REC-06", "3 REC-06", "4 ok");
    assertThat(records.get(0).text()).isEqualTo("H\u00e5");
    assertThat(records.get(1).text()).isEqualTo("n\u00ad");
  }

  @Test
  void entitiesAndDoctypesAreRefused() {
    String bomb =
        "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    assertThat(verdicts(plain(xlsx(bomb + "<worksheet>&b;&x;</worksheet>", "<sst/>"))))
        .containsExactly("1 REC-29");
    assertThat(verdicts(sheet("<row><c t='str'><v>&x;</v></c></row>"))).containsExactly("1 REC-29");
  }

  @Test
  void deepXmlIsRefused() {
    assertThat(verdicts(sheet("<row>" + "<c>".repeat(100_000)))).containsExactly("1 REC-30");
  }

  @Test
  void aTagWithoutEndIsRefused() {
    assertThat(verdicts(sheet("<row><c r='" + "A".repeat(TagGuard.MAX + 10))))
        .containsExactly("1 REC-30");
    assertThat(verdicts(sheet("<!--" + "<".repeat(TagGuard.MAX + 10)))).containsExactly("1 REC-30");
  }

  @Test
  void aZipBombIsStopped() {
    FileLimits limits = new FileLimits(1 << 20, 1 << 20, 200);
    String spaces = " ".repeat(2 << 20);
    byte[] bomb =
        xlsx(
            "<worksheet><sheetData>" + spaces.replace(" ", "<a/>").substring(0, 2 << 20), "<sst/>");
    RecordReader reader =
        reader(
            new Workbook("", 1, 1, List.of(), List.of(), false, limits), columns("a"), CONVENTIONS);
    assertThat(verdicts(read(reader, bomb))).containsExactly("1 REC-30");
    assertThat(verdicts(read(reader, new byte[(1 << 20) + 1]))).containsExactly("0 REC-30");
  }

  @Test
  void whatIsNoWorkbookIsToldAtOnce() {
    assertThat(told(plain(utf8("<html><table>")).get(0))).containsExactly("REC-62 HTML");
    assertThat(told(plain(utf8("PK\3\4 broken")).get(0)))
        .containsExactly("REC-29 zip không có phần cuối / without an end");
    assertThat(told(plain(zip(Map.of("a.txt", new byte[3]))).get(0)))
        .containsExactly("REC-29 zip không có / without xl/workbook.xml");
    assertThat(verdicts(plain(new byte[0]))).containsExactly("0 REC-01");
    assertThat(verdicts(plain(xlsx("<worksheet/>", "<sst/>")))).containsExactly("0 REC-01");
    assertThat(verdicts(sheet("<row><c t='str'><v>other</v></c></row>")))
        .containsExactly("1 REC-07");
  }

  @Test
  void passwordsAreTold() {
    assertThat(verdicts(plain(file("matkhau.xlsx")))).containsExactly("0 REC-28");
    assertThat(verdicts(plain(file("matkhau.xls")))).containsExactly("0 REC-28");
    byte[] zip = xlsx("<worksheet/>", "<sst/>");
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < zip.length - 4; i++) {
      if (bytes.getInt(i) == 0x02014B50) {
        zip[i + 8] |= 1;
      }
    }
    assertThat(verdicts(plain(zip))).containsExactly("0 REC-28");
  }

  @Test
  void namesThatLeadOutOfTheZipAreOnlyNames() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("../../evil", utf8("x"));
    parts.put("/xl/workbook.xml", utf8("x"));
    assertThat(verdicts(plain(zip(parts)))).containsExactly("0 REC-29");
  }

  @Test
  void sharedTextsSpillToAFile() throws IOException {
    try (SharedTexts texts = new SharedTexts(100)) {
      for (int i = 0; i < 70_000; i++) {
        texts.add("Thửa số " + i);
      }
      texts.complete();
      for (int i : new int[] {0, 5, 6, 7, 8, 69_999, 31_000, 15, 16, 17, 5}) {
        assertThat(texts.get(i)).isEqualTo("Thửa số " + i);
      }
      assertThat(texts.get(70_000)).isNull();
      assertThat(texts.get(-1)).isNull();
    }
  }

  @Test
  void noTemporaryFileIsLeft() throws IOException {
    long before = temporary();
    plain(file("openpyxl.xlsx"));
    plain(utf8("PK\3\4 broken"));
    read(reader(workbook("", 3, 1), columns("ma"), CONVENTIONS), file("bieu.xls"));
    assertThat(temporary()).isEqualTo(before);
  }

  private static long temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(path -> path.getFileName().toString().matches("tnmt-.*\\.(part|texts)"))
          .count();
    }
  }

  @Test
  void formatsOfDatesAreTold() {
    assertThat(CellFormat.of(164, "[$-42A]dd mmmm yyyy;@")).isEqualTo(CellFormat.DATE);
    assertThat(CellFormat.of(164, "h:mm AM/PM")).isEqualTo(CellFormat.TIME);
    assertThat(CellFormat.of(164, "mm:ss.0")).isEqualTo(CellFormat.TIME);
    assertThat(CellFormat.of(164, "mmm-yy")).isEqualTo(CellFormat.DATE);
    assertThat(CellFormat.of(164, "[hh]:mm")).isEqualTo(CellFormat.ELAPSED);
    assertThat(CellFormat.of(164, "[Red]#,##0.00\\ \"đồng\"")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(164, "General")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(164, "0.00E+00")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(164, "_-* #,##0\\ _d_-")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(22, null)).isEqualTo(CellFormat.DATE_TIME);
    assertThat(CellFormat.of(4, null)).isEqualTo(CellFormat.NUMBER);
  }

  @Test
  void datesAndNumbersAsTexts() {
    assertThat(CellTexts.date(59, CellFormat.DATE, false)).isEqualTo("1900-02-28");
    assertThat(CellTexts.date(60, CellFormat.DATE, false)).isEqualTo("1900-02-29");
    assertThat(CellTexts.date(61, CellFormat.DATE, false)).isEqualTo("1900-03-01");
    assertThat(CellTexts.date(45351.5, CellFormat.DATE, false)).isEqualTo("2024-02-29T12:00:00");
    assertThat(CellTexts.date(45351.999999999, CellFormat.DATE_TIME, false))
        .isEqualTo("2024-03-01T00:00:00");
    assertThat(CellTexts.date(-1, CellFormat.DATE, false)).isNull();
    assertThat(CellTexts.date(Double.NaN, CellFormat.DATE, false)).isNull();
    assertThat(CellTexts.number("1.1000000000000001", '.')).isEqualTo("1.1");
    assertThat(CellTexts.number("-1.5E-3", '.')).isEqualTo("-0.0015");
    assertThat(CellTexts.number("12345678901234567", '.')).isEqualTo("12345678901234567");
    assertThat(CellTexts.number("1e999999999", '.')).isEqualTo("1e999999999");
    assertThat(CellTexts.number("1.0", '.')).isEqualTo("1");
    assertThat(CellTexts.number("-0", '.')).isEqualTo("-0");
    assertThat(CellTexts.number("abc", '.')).isEqualTo("abc");
    assertThat(CellTexts.number(1e7, '.')).isEqualTo("10000000");
    assertThat(CellTexts.number(0.1 + 0.2, ',')).isEqualTo("0,3");
    assertThat(XlsxBook.unescaped("a_x000D_b_x005F_x000D_")).isEqualTo("a\rb_x000D_");
  }
}

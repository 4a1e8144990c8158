package vn.tnmt.lakehouse.transform.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;

/** The files are read back by another program's reader (fastcsv) and as the XML that they are. */
class RejectsFilesTest {
  private static final Breach NOT_A_NUMBER = BuiltInRules.NOT_A_NUMBER.breach("value", "abc", "");

  @TempDir Path dir;

  private static RejectedRecord record(long line, int part, List<String> names, String... cells) {
    return new RejectedRecord(
        "mau.csv", line, part, names, List.of(cells), "", List.of(NOT_A_NUMBER));
  }

  private Rejects write(int xlsxRows, char delimiter, RejectedRecord... records)
      throws IOException {
    RejectsForm.Columns columns = new RejectsForm.Columns();
    for (RejectedRecord record : records) {
      columns.add(record.names(), record.part());
    }
    RejectsForm form =
        new RejectsForm(columns.inOrder(), columns.complete(), delimiter, '"', 1, 1, true, true);
    try (RejectsFiles files =
        new RejectsFiles(
            dir.resolve("rejects.csv"),
            dir.resolve("rejects.xlsx"),
            form,
            RuleTexts.bundled(),
            xlsxRows)) {
      for (RejectedRecord record : records) {
        files.add(record);
      }
      return files.finish();
    }
  }

  private List<NamedCsvRecord> csv(char delimiter) throws IOException {
    List<NamedCsvRecord> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .detectBomHeader(true)
            .ofNamedCsvRecord(dir.resolve("rejects.csv"))) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  private String sheet() throws IOException {
    try (ZipFile zip = new ZipFile(dir.resolve("rejects.xlsx").toFile());
        InputStream in = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** All texts of the sheet, as an XML parser reads it. */
  private String sheetTexts() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(sheet())))
        .getDocumentElement()
        .getTextContent();
  }

  @Test
  void thePublishersColumnsComeFirstAndThenWhatIsWrong() throws IOException {
    Rejects rejects =
        write(
            10,
            ';',
            record(7, 0, List.of("ma_diem", "ghi chú"), "D1", "dòng một\ndòng \"hai\"; ba"));
    assertThat(rejects).isEqualTo(new Rejects(1, "rejects.csv", "rejects.xlsx", true, List.of()));
    NamedCsvRecord row = csv(';').get(0);
    assertThat(row.getHeader())
        .containsExactly(
            "ma_diem",
            "ghi chú",
            "tnmt_file",
            "tnmt_line",
            "tnmt_rules",
            "tnmt_loi",
            "tnmt_error",
            "tnmt_expected",
            "tnmt_text");
    assertThat(row.getFields())
        .startsWith("D1", "dòng một\ndòng \"hai\"; ba", "mau.csv", "7", "REC-11")
        .contains("value: 'abc'");
    assertThat(row.getField("tnmt_loi")).startsWith("Giá trị không phải là số. ");
    assertThat(row.getField("tnmt_error")).startsWith("The value is not a number. ");
    assertThat(Files.readAllBytes(dir.resolve("rejects.csv")))
        .as("spreadsheet programs know UTF-8 by this")
        .startsWith(0xEF, 0xBB, 0xBF);
  }

  @Test
  void meltedRecordsOfOneLineAreOneRowAgain() throws IOException {
    Rejects rejects =
        write(
            10,
            ',',
            record(7, 3, List.of("ma_diem", "COD"), "D1", "x"),
            record(7, 9, List.of("ma_diem", "Hg"), "D1", "y"),
            record(8, 1, List.of("ma_diem", "BOD5"), "D2", "z"));
    assertThat(rejects.rows()).isEqualTo(2);
    List<NamedCsvRecord> rows = csv(',');
    assertThat(rows.get(0).getHeader()).startsWith("ma_diem", "BOD5", "COD", "Hg", "tnmt_file");
    assertThat(rows.get(0).getFields()).startsWith("D1", "", "x", "y", "mau.csv", "7");
    assertThat(rows.get(1).getFields()).startsWith("D2", "z", "", "", "mau.csv", "8");
  }

  /** {@code 1.234} is 1234 to a publisher who writes {@code 7,5}; as a number it would not be. */
  @Test
  void whatIsANumberWithAPointIsATextWhereTheCommaIsTheDecimal() throws Exception {
    RejectsForm.Columns columns = new RejectsForm.Columns();
    RejectedRecord row = record(1, 0, List.of("a", "b"), "1.234", "12");
    columns.add(row.names(), 0);
    for (boolean point : new boolean[] {true, false}) {
      RejectsForm form = new RejectsForm(columns.inOrder(), true, ';', '"', 1, 1, point, true);
      try (RejectsFiles files =
          RejectsFiles.create(
              dir.resolve("rejects.csv"), dir.resolve("rejects.xlsx"), form, RuleTexts.bundled())) {
        files.add(row);
        files.finish();
      }
      assertThat(sheet().contains("<v>1.234</v>")).isEqualTo(point);
      assertThat(sheet()).contains("<v>12</v>");
      assertThat(sheetTexts()).contains("1.234");
    }
  }

  @Test
  void noCellIsAFormulaAndNumbersStayNumbers() throws IOException {
    write(
        10,
        ',',
        record(
            1,
            0,
            List.of("a", "b", "c", "d", "e"),
            "=cmd|' /C calc'!A0",
            "-5",
            "x;=HYPERLINK(\"http://x\")",
            "007",
            "-1.50"));
    assertThat(csv(',').get(0).getFields())
        .startsWith("'=cmd|' /C calc'!A0", "-5", "x;'=HYPERLINK(\"http://x\")", "007", "-1.50");
    assertThat(sheet())
        .doesNotContain("<f>", "t=\"str\"")
        .contains("<c r=\"B2\"", "<v>-5</v>", "=cmd|")
        .contains("<is><t>007</t></is>")
        .contains("<is><t>-1.50</t></is>");
  }

  @Test
  void moreRowsThanASheetHasAreInTheCsvOnly() throws IOException {
    Rejects rejects =
        write(
            2,
            ',',
            record(1, 0, List.of("a"), "1"),
            record(2, 0, List.of("a"), "2"),
            record(3, 0, List.of("a"), "3"));
    assertThat(rejects.xlsx()).isEmpty();
    assertThat(rejects.limits()).containsExactly(Rejects.Limit.XLSX_ROWS);
    assertThat(csv(',')).hasSize(3);
    assertThat(dir).isDirectoryNotContaining("glob:**/*.{xlsx,partial}");
  }

  @Test
  void whatXmlOrASheetCannotHoldIsReplacedAndSaid() throws Exception {
    Rejects rejects =
        write(10, ',', record(1, 0, List.of("a", "b"), "x\u0000y\uD800", "z".repeat(40_000)));
    assertThat(rejects.limits()).containsExactly(Rejects.Limit.XLSX_CELL);
    assertThat(sheetTexts()).contains("x\uFFFDy\uFFFD").doesNotContain("z".repeat(32_768));
    assertThat(csv(',').get(0).getField("b")).hasSize(40_000);
  }

  @Test
  void aMillionColumnsAreCutToTheFirstOnes() throws IOException {
    List<String> names = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      names.add("c" + i);
      cells.add("1");
    }
    Rejects rejects =
        write(10, ',', new RejectedRecord("a", 1, 0, names, cells, "", List.of(NOT_A_NUMBER)));
    assertThat(rejects.limits()).containsExactly(Rejects.Limit.COLUMNS);
    assertThat(csv(',').get(0).getHeader()).hasSize(RejectsForm.MOST_COLUMNS + 7).startsWith("c0");
  }

  @Test
  void aLineThatCouldNotBeCutIsThereAsItsText() throws IOException {
    write(
        10,
        ',',
        new RejectedRecord(
            "a.csv",
            4,
            0,
            List.of(),
            List.of(),
            "1,2,3",
            List.of(BuiltInRules.WRONG_FIELD_COUNT.breach("", "3", "2"))));
    assertThat(csv(',').get(0).getField("tnmt_text")).isEqualTo("1,2,3");
    assertThat(csv(',').get(0).getField("tnmt_expected")).isEqualTo("'3' → 2");
  }
}

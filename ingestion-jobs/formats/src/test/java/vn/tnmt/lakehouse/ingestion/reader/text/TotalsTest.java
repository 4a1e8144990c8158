package vn.tnmt.lakehouse.ingestion.reader.text;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth;
import vn.tnmt.lakehouse.ingestion.format.workbook.Workbook;
import vn.tnmt.lakehouse.ingestion.reader.FileLimits;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.ReaderTesting;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.TablesTesting;

/** Rows of totals in files of every encoding; the bytes are those of glibc's iconv. */
class TotalsTest {
  private static final List<String> TOTALS = List.of("Tổng cộng", "Cộng*");
  private static final KnownColumns COLUMNS =
      new KnownColumns(Set.of("ma"), Set.of("ma", "n"), Set.of());
  private static final Reading BYTEWISE = new Reading(COLUMNS, '.', "auto", true);

  private static byte[] bytes(String before, String hex, String behind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(HexFormat.of().parseHex(hex));
    out.writeBytes(behind.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** {@code Tổng cộng} in UTF-8, decomposed UTF-8, TCVN3, VNI, VISCII, Windows-1258. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "54e1bb956e672063e1bb996e67",
        "546fcc82cc896e6720636fcca3cc826e67",
        "54e66e672063e96e67",
        "546fe56e6720636fe46e67",
        "54b16e672063b56e67",
        "54f4d26e672063f4f26e67"
      })
  void rowsOfTotalsAreKnownInEveryEncoding(String hex) {
    Csv csv = new Csv(',', '"', 1, 1, Csv.HEADER_JOIN, TOTALS, List.of(), RowLimits.USUAL);
    RecordReader reader = csv.reader(BYTEWISE);
    List<RawRecord> rows = ReaderTesting.read(reader, bytes("ma,n\nA,1\n", hex, ":,1\nB,2\n"));
    assertThat(verdicts(rows)).containsExactly("2 REC-23", "4 ok");
    assertThat(note(rows)).isEqualTo("3: Tổng cộng:,1");
    FixedWidth fixed =
        new FixedWidth(
            Map.of("ma", new FixedWidth.Span(1, 20)), 0, TOTALS, List.of(), RowLimits.USUAL);
    List<RawRecord> lines = ReaderTesting.read(fixed.reader(BYTEWISE), bytes("A\n", hex, "\nB\n"));
    assertThat(verdicts(lines)).containsExactly("1 REC-23", "3 ok");
    assertThat(note(lines)).isEqualTo("2: Tổng cộng");
  }

  /** As a reader of the receipt is to see it. */
  private static String note(List<RawRecord> records) {
    return Normalizer.normalize(records.get(0).breaches().get(0).value(), Normalizer.Form.NFC);
  }

  /** ASCII says it in every encoding; what is behind it is in one that is not known here. */
  @Test
  void ofARowInAnotherEncodingThanItsFirstTextThatTextIsQuoted() {
    Csv csv =
        new Csv(',', '"', 1, 1, Csv.HEADER_JOIN, List.of("Cong*"), List.of(), RowLimits.USUAL);
    RecordReader reader = csv.reader(BYTEWISE);
    assertThat(note(ReaderTesting.read(reader, bytes("ma,n\nA,1\nCong so,", "48e5", "\nB,2\n"))))
        .isEqualTo("3: Cong so");
  }

  @ParameterizedTest
  @ValueSource(strings = {"54e66e67", "43e96e", "ff", "54f46e672063f46e67"})
  void otherRowsAreRecords(String hex) {
    Csv csv = new Csv(',', '"', 1, 1, Csv.HEADER_JOIN, TOTALS, List.of(), RowLimits.USUAL);
    RecordReader reader = csv.reader(BYTEWISE);
    assertThat(verdicts(ReaderTesting.read(reader, bytes("ma,n\nA,1\n", hex, ",1\n"))))
        .containsExactly("2 ok", "3 ok");
  }

  /** A workbook in fonts of an old encoding shows the bytes as Windows-1252. */
  @ParameterizedTest
  @ValueSource(strings = {"Tæng céng", "Toång coäng", "T±ng cµng", "Tổng cộng", "Céng c¸c tr¹m"})
  void totalsAndHeadersInOldFonts(String shown) {
    String sheet =
        "<worksheet><sheetData>"
            + row(1, "M· tr¹m", "n")
            + row(2, "A", "1")
            + row(3, shown, "1")
            + "</sheetData></worksheet>";
    Workbook format = new Workbook("", 1, 1, TOTALS, List.of(), false, FileLimits.USUAL);
    KnownColumns columns = new KnownColumns(Set.of("Mã trạm"), Set.of("Mã trạm", "n"), Set.of());
    byte[] book = TablesTesting.xlsx(sheet, "<sst/>");
    List<RawRecord> records =
        ReaderTesting.read(reader(format, columns, TablesTesting.conventions('.', "auto")), book);
    assertThat(verdicts(records)).containsExactly("2 REC-31");
    assertThat(records.get(0).cells().keySet()).containsExactly("Mã trạm", "n");
  }

  private static String row(int number, String... texts) {
    StringBuilder row = new StringBuilder("<row r='" + number + "'>");
    for (String text : texts) {
      row.append("<c t='inlineStr'><is><t>").append(text).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }
}

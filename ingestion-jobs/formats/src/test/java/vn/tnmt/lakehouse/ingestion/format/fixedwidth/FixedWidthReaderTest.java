package vn.tnmt.lakehouse.ingestion.format.fixedwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth.Span;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.tables.rule.Breach;

class FixedWidthReaderTest {
  private static final Map<String, Span> SPANS = new LinkedHashMap<>();

  static {
    SPANS.put("ma", new Span(1, 3));
    SPANS.put("ten", new Span(4, 9));
    SPANS.put("pH", new Span(11, 13));
  }

  private static final FixedWidth FORMAT =
      new FixedWidth(
          SPANS,
          2,
          List.of("Tổng*"),
          List.of("Người lập*", "Hà Nội, ngày*"),
          new RowLimits(100, 1, 10));
  private static final KnownColumns COLUMNS =
      new KnownColumns(Set.of("ma"), Set.of("ma", "ten", "pH"), Set.of());

  private final RecordReader reader = reader(FORMAT, COLUMNS);

  @Test
  void positionsCountCharactersNotBytes() {
    List<RawRecord> records =
        read(reader, "mã ten    pH\n------------\nD01Hồ Tây 7.1\r\n\nĐ2 \uD83D\uDE00sông   8\n");
    assertThat(verdicts(records)).containsExactly("3 ok", "5 ok");
    assertThat(records.get(0).cells())
        .containsExactly(entry("ma", "D01"), entry("ten", "Hồ Tây"), entry("pH", "7.1"));
    assertThat(records.get(1).cells())
        .containsExactly(entry("ma", "Đ2 "), entry("ten", "\uD83D\uDE00sông "), entry("pH", " 8"));
  }

  @Test
  void aShortLineHasEmptyCells() {
    List<RawRecord> records = read(reader, "\n\nD01Hồ\nD\nD02      \t\t\n");
    assertThat(verdicts(records)).containsExactly("3 ok", "4 ok", "5 ok");
    assertThat(records.get(0).cells())
        .containsExactly(entry("ma", "D01"), entry("ten", "Hồ"), entry("pH", ""));
    assertThat(records.get(1).cells()).containsEntry("ma", "D").containsEntry("ten", "");
  }

  @Test
  void oneBadLineCostsOneRecord() {
    List<RawRecord> records =
        read(
            reader,
            "\n\nD01aaaaaa 7.1 còn nữa\n"
                + "x".repeat(101)
                + "\nD02\u0000\nTổng cộng 9.9\nD03bbbbbb 7.2   \n");
    assertThat(verdicts(records))
        .containsExactly("3 REC-05", "4 REC-25", "5 REC-02 REC-23", "7 ok");
    assertThat(records.get(0).text()).isEqualTo("D01aaaaaa 7.1 còn nữa");
    byte[] latin = "\n\nD01Tr¹m\nD02\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(verdicts(read(reader, latin))).containsExactly("3 REC-06", "4 ok");
  }

  /** Signatures seldom keep to the columns; whatever stands below them is no record. */
  @Test
  void theTableEndsWithItsFooter() {
    List<RawRecord> records =
        read(reader, "\n\nD01aaaaaa 7.1\n\n      Hà Nội, ngày 14/3/2026\nNguyễn Văn X\nD02\n");
    assertThat(verdicts(records)).containsExactly("3 REC-31");
    assertThat(records.get(0).breaches())
        .extracting(Breach::value)
        .containsExactly("5:       Hà Nội, ngày 14/3/2026");
    assertThat(verdicts(read(reader, "\n\nNgười lập biểu: X\nD02\n"))).doesNotContain("4 ok");
  }

  @Test
  void handsOutBytesWhenTheEncodingIsAnother() {
    RecordReader bytewise = new FixedWidthReader(FORMAT, COLUMNS, true);
    byte[] latin = "\n\nD01Tr¹m\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(bytewise, latin).get(0).cells()).containsEntry("ten", "Tr¹m");
  }
}

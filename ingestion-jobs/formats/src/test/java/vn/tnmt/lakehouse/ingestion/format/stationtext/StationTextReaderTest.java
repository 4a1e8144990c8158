package vn.tnmt.lakehouse.ingestion.format.stationtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

class StationTextReaderTest {
  private final RecordReader reader = reader(new StationText());

  @Test
  void readsTheLinesOfTheCircular() {
    List<RawRecord> records =
        read(
            reader,
            """
            pH\t7.33\t\t20230509153800\t00\r
            TSS\t6.93\tmg/L\t20230509153800\t00\r
            PM2,5\t35,2\tug/Nm3\t20230509153800\t02\r
            """);

    assertThat(records.get(0).cells())
        .containsExactly(
            entry("symbol", "pH"),
            entry("value", "7.33"),
            entry("unit", ""),
            entry("time", "20230509153800"),
            entry("status", "00"));
    assertThat(records.get(2).cells())
        .containsEntry("symbol", "PM2,5")
        .containsEntry("value", "35,2")
        .containsEntry("status", "02");
    assertThat(records).extracting(RawRecord::line).containsExactly(1L, 2L, 3L);
    assertThat(records).allSatisfy(record -> assertThat(record.breaches()).isEmpty());
  }

  @Test
  void knowsFourOrdersCutAtSpaces() {
    List<RawRecord> records =
        read(
            reader,
            """
            TSS 6.93 mg/L 20230509153800 00
            20230509153800 TSS 6.93 mg/L
            20230509153800 pH  7.33
            pH 7.33 20230509153800 00
            TSS 6.93 mg/L 20230509153800
            pH 7.33 20230509153800
            """);

    assertThat(records)
        .extracting(record -> String.join("|", record.cells().keySet()))
        .containsExactly(
            "symbol|value|unit|time|status",
            "time|symbol|value|unit",
            "time|symbol|value",
            "symbol|value|time|status",
            "symbol|value|unit|time",
            "symbol|value|time");
    assertThat(records)
        .allSatisfy(r -> assertThat(r.cells()).containsEntry("time", "20230509153800"));
    assertThat(records)
        .filteredOn(r -> r.cells().containsKey("unit"))
        .allSatisfy(
            r ->
                assertThat(r.cells()).containsEntry("unit", "mg/L").containsEntry("value", "6.93"));
  }

  @Test
  void keepsCellsUntrimmedBetweenTabs() {
    assertThat(read(reader, " pH \t 7.33 \t - \t 20230509153800 \t 00 \n").get(0).cells())
        .containsEntry("symbol", " pH ")
        .containsEntry("unit", " - ")
        .containsEntry("status", " 00 ");
  }

  @Test
  void aBadTimeBetweenTabsStaysACell() {
    RawRecord record = read(reader, "pH\t7.33\t-\t2023-05-09 15:38\t00\n").get(0);
    assertThat(record.breaches()).isEmpty();
    assertThat(record.cells()).containsEntry("time", "2023-05-09 15:38");
  }

  @Test
  void aTabLineThatFitsNoOrderIsTriedAtSpaces() {
    assertThat(read(reader, "pH 7.33\t20230509153800 00\n").get(0).cells())
        .containsEntry("value", "7.33")
        .containsEntry("status", "00");
  }

  @Test
  void everyLineThatFitsNoOrderIsARecordWithItsText() {
    List<RawRecord> records =
        read(
            reader,
            """
            pH\t7.33
            garbage

            pH\t7.33\t-\t20230509153800\t00\textra
            pH 7.33 - 2023 00
            20230509153800\tpH\t7\t-\t00
            pH\t7.33\t-\t20230509153800\t00\t\t
            """);

    assertThat(verdicts(records))
        .containsExactly("1 REC-05", "2 REC-05", "4 REC-05", "5 REC-05", "6 REC-05", "7 ok");
    assertThat(records.get(1).text()).isEqualTo("garbage");
    assertThat(records.get(1).cells()).isEmpty();
  }

  @Test
  void tellsAFileCutOffInTheMiddle() {
    String good = "pH\t7.33\t-\t20230509153800\t00\r\n";
    for (String rest :
        List.of(
            "TSS\t6.93\tmg/L\t20230509153800\t0",
            "TSS\t6.93\tmg/L\t20230509153800",
            "TSS\t6.93\tmg/L\t202305091538",
            "TSS\t6.9",
            "T")) {
      assertThat(verdicts(read(reader, good + rest))).as(rest).containsExactly("1 ok", "2 REC-04");
      assertThat(read(reader, good + rest).get(1).text()).isEqualTo(rest);
    }
  }

  @Test
  void aLastLineWithoutLineEndThatIsCompleteIsGood() {
    for (String end : List.of("", "\r", "\n", "\r\n", "\n\n  \n")) {
      assertThat(verdicts(read(reader, "pH\t7.33\t-\t20230509153800\t00" + end)))
          .containsExactly("1 ok");
    }
  }

  @Test
  void answersForWholeFiles() {
    assertThat(verdicts(read(reader, ""))).containsExactly("0 REC-01");
    assertThat(verdicts(read(reader, "\r\n \r\n"))).containsExactly("0 REC-01");
    assertThat(verdicts(read(reader, "\uFEFF"))).containsExactly("0 REC-01");
    assertThat(verdicts(read(reader, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 8, 'a', '\n', 'b'})))
        .containsExactly("0 REC-02");
    assertThat(
            verdicts(
                read(reader, "pH\t7\t-\t20230509153800\t00".getBytes(StandardCharsets.UTF_16))))
        .containsExactly("0 REC-06");
    assertThat(verdicts(read(reader, "\uFEFFpH\t7\t-\t20230509153800\t00\n")))
        .containsExactly("1 ok");
  }

  @Test
  void aNameOutsideThePatternIsNotRead() throws Exception {
    try (var records =
        reader.open(
            new SourceFile("a/b/ghi chú.txt", 3, false),
            new java.io.ByteArrayInputStream(new byte[] {1, 2, 3}))) {
      RawRecord only = records.next();
      assertThat(only.line()).isZero();
      assertThat(only.breaches())
          .extracting("rule", "value")
          .containsExactly(org.assertj.core.api.Assertions.tuple("REC-03", "ghi chú.txt"));
      assertThat(records.hasNext()).isFalse();
    }
  }

  @Test
  void oneBadLineCostsOneRecord() {
    byte[] legacy =
        """
        pH\t7.33\t-\t20230509153800\t00
        NhiÖt\t25\toC\t20230509153800\t00
        a\0b\tpH\t7.33\t-\t20230509153800\t00 and so on and on
        TSS\t1\tmg/L\t20230509153800\t00
        """
            .getBytes(StandardCharsets.ISO_8859_1);
    List<RawRecord> records = read(reader, legacy);
    assertThat(verdicts(records)).containsExactly("1 ok", "2 REC-06", "3 REC-02", "4 ok");
    assertThat(records.get(1).text().getBytes(StandardCharsets.ISO_8859_1))
        .as("every byte of the line")
        .isEqualTo("NhiÖt\t25\toC\t20230509153800\t00".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void anEndlessLineIsOneRecordInBoundedMemory() {
    byte[] endless = "x".repeat(5 << 20).getBytes(StandardCharsets.UTF_8);
    byte[] rest = "\npH\t7.33\t-\t20230509153800\t00\n".getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(endless, endless.length + rest.length);
    System.arraycopy(rest, 0, all, endless.length, rest.length);
    List<RawRecord> records = read(reader, all);
    assertThat(verdicts(records)).containsExactly("1 REC-05", "2 ok");
    assertThat(records.get(0).text()).hasSize(4097).endsWith("…");
  }
}

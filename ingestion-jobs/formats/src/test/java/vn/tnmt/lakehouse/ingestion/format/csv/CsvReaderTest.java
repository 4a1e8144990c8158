package vn.tnmt.lakehouse.ingestion.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.read;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.verdicts;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;

class CsvReaderTest {
  private final RecordReader reader =
      reader(
          new Csv(',', '\"', 1),
          new KnownColumns(Set.of("a", "b"), Set.of("a", "b", "c"), Set.of()));
  private final RecordReader wide =
      reader(
          new Csv(',', '\"', 1),
          new KnownColumns(Set.of("id"), Set.of("id", "pH", "DO", "As"), Set.of("pH", "DO", "As")));

  @Test
  void readsCellsAsTheyAre() {
    List<RawRecord> records =
        read(reader, "\uFEFFa,b,c\r\n1, hai ,\r\n\r\n\"x,\"\"y\"\"\",\"\",Hồ Tây\r\n");
    assertThat(verdicts(records)).containsExactly("2 ok", "4 ok");
    assertThat(records.get(0).cells())
        .containsExactly(entry("a", "1"), entry("b", " hai "), entry("c", ""));
    assertThat(records.get(1).cells())
        .containsExactly(entry("a", "x,\"y\""), entry("b", ""), entry("c", "Hồ Tây"));
  }

  @Test
  void lineNumbersStayExactWhenCellsHoldLineBreaks() {
    List<RawRecord> records = read(reader, "a,b\n\"one\r\ntwo\n\nfour\",x\n5,y\n\"\n\",z\nlast,w");
    assertThat(verdicts(records)).containsExactly("2 ok", "6 ok", "7 ok", "9 ok");
    assertThat(records.get(0).cells()).containsEntry("a", "one\r\ntwo\n\nfour");
    assertThat(records.get(3).cells()).containsEntry("b", "w");
  }

  /** Wherever in its row it stands, beside delimiters, quotes and the ends of lines. */
  @Test
  void lettersOfSeveralBytesAreReadAnywhere() {
    StringBuilder csv = new StringBuilder("a,b,c\n");
    List<List<String>> expected = new ArrayList<>();
    for (String letter : List.of("é", "ế", "\uD83D\uDE00", "z")) {
      for (int before = 0; before < 20; before++) {
        for (int after = 0; after < 10; after++) {
          String with = "x".repeat(before) + letter + "y".repeat(after);
          boolean quoted = after % 2 == 0;
          csv.append(quoted ? "\"" + with + "\"" : with).append(",k,").append(letter).append('\n');
          csv.append("plain,,\n");
          expected.add(List.of(with, "k", letter));
          expected.add(List.of("plain", "", ""));
        }
      }
    }
    List<RawRecord> records = read(reader, csv.toString());
    assertThat(records).allMatch(record -> record.breaches().isEmpty());
    assertThat(records)
        .extracting(record -> List.copyOf(record.cells().values()))
        .containsExactlyElementsOf(expected);
  }

  /** A byte that is no UTF-8 costs its own row, wherever it stands. */
  @Test
  void bytesThatAreNoTextAreSeenAnywhere() {
    for (int at = 0; at < 24; at++) {
      byte[] csv =
          "a,b\nfirst,1\nabcdefghijk,lmnopqrstuvwxyz\nlast,2\n".getBytes(StandardCharsets.UTF_8);
      if (csv[12 + at] == ',') {
        continue;
      }
      csv[12 + at] = (byte) 0xC3;
      List<RawRecord> records = read(reader, csv);
      assertThat(records.stream().map(record -> record.breaches().isEmpty()))
          .as("at %d", at)
          .containsExactly(true, false, true);
    }
  }

  @Test
  void checksTheHeader() {
    List<RawRecord> missing = read(reader, "a;b;c\n1;2;3\n");
    assertThat(verdicts(missing)).containsExactly("1 REC-07");
    assertThat(missing.get(0).text()).isEqualTo("a;b;c");
    assertThat(missing.get(0).breaches().get(0).expected()).isEqualTo("a, b");

    List<RawRecord> unknown = read(reader, "a,b,ghi_chu,a\n1,2,3,4\n5,6,7,8\n");
    assertThat(verdicts(unknown)).containsExactly("2 REC-08", "3 ok");
    assertThat(unknown.get(0).breaches().get(0).value()).isEqualTo("ghi_chu, a#2");
    assertThat(unknown.get(0).cells()).containsEntry("a", "1").containsEntry("a#2", "4");

    assertThat(verdicts(read(reader, "a,b\n"))).as("header only").containsExactly("0 REC-01");
    assertThat(verdicts(read(reader, " a , b \n1,2\n")))
        .as("spaces in names")
        .containsExactly("2 ok");
  }

  @Test
  void aRowOfAnotherLengthIsARecordWithItsText() {
    List<RawRecord> records = read(reader, "a,b\n1\n1,2,3\n1,2\n");
    assertThat(verdicts(records)).containsExactly("2 REC-05", "3 REC-05", "4 ok");
    assertThat(records.get(1).text()).isEqualTo("1,2,3");
    assertThat(records.get(1).breaches().get(0).expected()).isEqualTo("2");
  }

  @Test
  void tellsAFileCutOffInTheMiddle() {
    assertThat(verdicts(read(reader, "a,b,c\n1,2,3\n4,5"))).containsExactly("2 ok", "3 REC-04");
    assertThat(verdicts(read(reader, "a,b,c\n1,2,3\n4,\"5"))).containsExactly("2 ok", "3 REC-04");
    assertThat(verdicts(read(reader, "a,b,c\n1,2,3\n4,5,6"))).containsExactly("2 ok", "3 ok");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOneRow() {
    StringBuilder csv = new StringBuilder("a,b\n1,\"open\n");
    for (int i = 0; i < 1000; i++) {
      csv.append(i).append(",x\n");
    }
    List<RawRecord> records = read(reader, csv.toString());
    assertThat(records).hasSize(1001);
    assertThat(verdicts(records).get(0)).isEqualTo("2 REC-05");
    assertThat(records.get(0).text()).isEqualTo("1,\"open");
    assertThat(verdicts(records).get(1000)).isEqualTo("1002 ok");
  }

  @Test
  void meltsWideColumnsIntoRecords() {
    List<RawRecord> records = read(wide, "id,pH,DO,As\nS1,7.1,,<0.01\nS2,, ,\nS3,,5,\n");
    assertThat(verdicts(records)).containsExactly("2 ok", "2 ok", "3 REC-19", "4 ok");
    assertThat(records.get(0).cells()).containsExactly(entry("id", "S1"), entry("pH", "7.1"));
    assertThat(records.get(1).part()).isEqualTo(2);
    assertThat(records.get(1).cells()).containsExactly(entry("id", "S1"), entry("As", "<0.01"));
    assertThat(records.get(2).cells()).containsEntry("id", "S2");
    assertThat(records.get(3).part()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNotUtf8CostOneRow() {
    byte[] csv = "a,b\nTr¹m,1\nx,2\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(verdicts(read(reader, csv))).containsExactly("2 REC-06", "3 ok");
    byte[] header = "a,Tr¹m\nx,2\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(verdicts(read(reader, header))).containsExactly("1 REC-06");
  }

  @Test
  void skipsTheLinesAboveTheHeader() {
    RecordReader titled =
        reader(new Csv(';', '\'', 3), new KnownColumns(Set.of("a"), Set.of("a"), Set.of()));
    List<RawRecord> records = read(titled, "BÁO CÁO;\n\na\n'x;y'\n");
    assertThat(verdicts(records)).containsExactly("4 ok");
    assertThat(records.get(0).cells()).containsExactly(entry("a", "x;y"));
  }

  @Test
  void aWideFileMustHaveOneOfItsMeltedColumns() {
    assertThat(verdicts(read(wide, "id,x\nS1,2\n"))).containsExactly("1 REC-07");
  }

  @Test
  void handsOutBytesWhenTheEncodingIsAnother() {
    RecordReader bytewise =
        new CsvReader(
            new Csv(',', '\"', 1), new KnownColumns(Set.of("a"), Set.of("a"), Set.of()), "auto");
    byte[] csv = "a,b\nTr¹m,\"1\"\"¸\"\nx,2\n".getBytes(StandardCharsets.ISO_8859_1);
    List<RawRecord> records = read(bytewise, csv);
    assertThat(verdicts(records)).containsExactly("2 REC-08", "3 ok");
    assertThat(records.get(0).cells()).containsExactly(entry("a", "Tr¹m"), entry("b", "1\"¸"));
  }

  @Test
  void seventeenLengthsInOneFileCostOneRecordEach() {
    StringBuilder csv = new StringBuilder("a,b,c\n");
    for (int cells = 1; cells <= 17; cells++) {
      csv.append("x,".repeat(cells - 1)).append("x\n");
    }
    List<String> verdicts = verdicts(read(reader, csv.toString()));
    assertThat(verdicts).hasSize(17).contains("4 ok");
    assertThat(verdicts).filteredOn(v -> v.endsWith("REC-05")).hasSize(16);
  }

  @Test
  void limitsAreTheFeeds() {
    RecordReader tight =
        reader(
            new Csv(',', '\"', 1, 1, " / ", List.of(), List.of(), new RowLimits(20, 2, 3)),
            new KnownColumns(Set.of("a"), Set.of("a", "b", "c"), Set.of()));
    List<RawRecord> records =
        read(
            tight,
            "a,b\n1,xxxxxxxxxxxxxxxxxxx\n1,xxxxxxxxxxxxxxxxxx\n\"x\ny\",2\n\"x\ny\nz\",3\n5,6\n");
    assertThat(verdicts(records))
        .containsExactly("2 REC-25", "3 ok", "4 ok", "6 REC-05", "7 REC-05", "8 ok", "9 ok");
    assertThat(verdicts(read(tight, "a,b,c,d\n1,2,3,4\n"))).containsExactly("1 REC-24");
  }

  @Test
  void aMillionColumnsAreToldOnce() {
    String header = "a,b" + ",".repeat(999_998) + "\n" + "1,2\n";
    assertThat(verdicts(read(reader, header))).containsExactly("1 REC-24");
  }

  @Test
  void aLineOfAGigabyteCostsOneRecord() throws IOException {
    InputStream bytes =
        new SequenceInputStream(
            new ByteArrayInputStream("a,b\n1,2\n3,".getBytes(StandardCharsets.UTF_8)),
            new SequenceInputStream(
                new Repeated((byte) 'x', 1L << 30),
                new ByteArrayInputStream(",y\n5,6\n".getBytes(StandardCharsets.UTF_8))));
    List<RawRecord> records = new ArrayList<>();
    reader.open(new SourceFile("x.csv", 0, true), bytes).forEachRemaining(records::add);
    assertThat(verdicts(records)).containsExactly("2 ok", "3 REC-25", "4 ok");
    assertThat(records.get(1).text()).hasSizeLessThan(5000);
  }

  /** One byte many times. */
  private static final class Repeated extends InputStream {
    private final byte value;
    private long left;

    Repeated(byte value, long count) {
      this.value = value;
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(length, left);
      Arrays.fill(buffer, offset, offset + count, value);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  /** fastcsv reads what is well formed; we must read the same cells on the same lines. */
  @Test
  void readsWhatAnIndependentLibraryReads() {
    Random random = new Random(7);
    String[] texts = {
      "", "a", "Hồ Tây", "x,y", "\"q\"", "two\nlines", "\r\n", " s ", "\uD83D\uDE00", "'"
    };
    for (int round = 0; round < 300; round++) {
      StringWriter file = new StringWriter();
      try (CsvWriter writer = CsvWriter.builder().build(file)) {
        writer.writeRecord("a", "b", "c");
        for (int row = random.nextInt(20); row >= 0; row--) {
          writer.writeRecord(
              "k" + row, texts[random.nextInt(texts.length)], texts[random.nextInt(texts.length)]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      List<String> theirs =
          de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(file.toString()).stream()
              .map(row -> row.getStartingLineNumber() + " " + row.getFields())
              .toList();
      assertThat(read(reader, file.toString()))
          .extracting(record -> record.line() + " " + List.copyOf(record.cells().values()))
          .isEqualTo(theirs);
    }
  }
}

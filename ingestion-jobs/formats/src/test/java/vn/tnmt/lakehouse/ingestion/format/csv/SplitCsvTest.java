package vn.tnmt.lakehouse.ingestion.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.format.fixedwidth.FixedWidth;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLimits;
import vn.tnmt.lakehouse.ingestion.reader.text.TextRecords;

/** A file read in stretches gives exactly the records that it gives as a whole. */
@Tag("slow")
class SplitCsvTest {
  private static final SourceFile FILE = new SourceFile("x.csv", 0, true);

  /** Limits that random files run into. */
  private static final RowLimits TIGHT = new RowLimits(120, 3, 8);

  private static final String[] PIECES = {
    ",",
    ",",
    ";",
    "\"",
    "\"",
    "\"\"",
    "'",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\u001A",
    "Hết",
    " ",
    "a",
    "1",
    "Hồ",
    "Tổng",
    "Tổng\n",
    "\nTổng,1\n",
    "x,y\n",
    "1,2\n",
    "\"a\nb\",c\n",
    "\u0000",
    "\uD83D\uDE00",
    "a,b\n",
    "0123456789012345678901234567890123456789"
  };

  private final KnownColumns columns = new KnownColumns(Set.of("a"), Set.of("a", "b"), Set.of());
  private final KnownColumns melted = new KnownColumns(Set.of(), Set.of("a", "b"), Set.of("b"));

  @Test
  void randomFilesGiveTheSameRecords() throws IOException {
    Random random = new Random(20260101);
    int pieces = 0;
    for (int round = 0; round < 60; round++) {
      Csv format =
          new Csv(
              random.nextInt(4) == 0 ? Csv.AUTO : ',',
              random.nextInt(4) == 0 ? Csv.AUTO : '"',
              random.nextInt(3),
              1 + random.nextInt(2),
              " / ",
              random.nextBoolean() ? List.of("Tổng") : List.of(),
              random.nextInt(4) == 0 ? List.of("Hết") : List.of(),
              random.nextBoolean() ? TIGHT : RowLimits.USUAL);
      RecordReader reader = reader(format, random.nextBoolean() ? columns : melted);
      pieces += compare(reader, file(random), 1 + random.nextInt(1_000), random);
    }
    assertThat(pieces).as("stretches in all").isGreaterThan(1_000);
  }

  @Test
  void randomFixedWidthFilesGiveTheSameRecords() throws IOException {
    Random random = new Random(20260102);
    FixedWidth format =
        new FixedWidth(
            Map.of("a", new FixedWidth.Span(1, 3), "b", new FixedWidth.Span(5, 60)),
            1,
            List.of("Tổng"),
            List.of(),
            TIGHT);
    int pieces = 0;
    for (int round = 0; round < 60; round++) {
      pieces += compare(reader(format, columns), file(random), 1 + random.nextInt(1_000), random);
    }
    assertThat(pieces).isGreaterThan(1_000);
  }

  /** Gives the number of stretches. */
  private static int compare(RecordReader reader, byte[] file, int step, Random random)
      throws IOException {
    List<RawRecord> whole = records(reader.open(FILE, dribbling(file, random)));
    List<RecordReader.RowStart> cuts = reader.cuts(dribbling(file, random), step);
    List<RawRecord> split = new ArrayList<>();
    long begin = 0;
    long line = 1;
    for (int i = 0; i <= cuts.size(); i++) {
      int end = i == cuts.size() ? file.length : (int) cuts.get(i).offset();
      byte[] stretch = Arrays.copyOfRange(file, (int) begin, end);
      split.addAll(
          records(
              i == 0
                  ? reader.open(FILE, dribbling(stretch, random))
                  : reader.resume(
                      FILE, dribbling(file, random), line, dribbling(stretch, random))));
      if (i < cuts.size()) {
        begin = cuts.get(i).offset();
        line = cuts.get(i).line();
      }
    }
    assertThat(split).as(() -> "cuts " + cuts).isEqualTo(whole);
    return cuts.size() + 1;
  }

  private static List<RawRecord> records(RecordReader.Records records) {
    List<RawRecord> all = new ArrayList<>();
    records.forEachRemaining(all::add);
    return all;
  }

  /** More than the head of a file, in which there are no cuts, and then some. */
  private static byte[] file(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
    text.append(random.nextInt(8) == 0 ? "" : random.nextBoolean() ? "a,b\n" : "a;b\r\n");
    String[] blocks = {block(random), block(random), block(random)};
    while (text.length() < TextRecords.HEAD + 8000) {
      text.append(blocks[random.nextInt(blocks.length)])
          .append(PIECES[random.nextInt(PIECES.length)]);
    }
    boolean macintosh = random.nextInt(4) == 0;
    byte[] bytes =
        (macintosh ? text.toString().replace("\r", "").replace('\n', '\r') : text.toString())
            .getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[bytes.length - 1 - random.nextInt(8000)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String block(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(400); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Hands the bytes out in small random portions. */
  private static InputStream dribbling(byte[] bytes, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(4000)));
      }
    };
  }
}

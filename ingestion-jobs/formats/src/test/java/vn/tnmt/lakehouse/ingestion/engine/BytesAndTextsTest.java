package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.tnmt.lakehouse.ingestion.reader.ReaderTesting.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/** A record has the same form whether its cells are kept as bytes or as texts. */
class BytesAndTextsTest {
  private final CellsJson json = new CellsJson();

  @Test
  void formsAreTheSame() throws IOException {
    compare("a,tên,c\n1,,x\nHồ,\uD83D\uDE00 b,\"q\"\"\"\né,\uFFFD,\u0800\n1,x\u00A0\\,\t\n", 4);
  }

  /** Cells longer and shorter than the eight bytes that are looked at together. */
  @Test
  void formsOfLongCellsAreTheSame() throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("a,tên,c\n");
    for (int row = 0; row < 3000; row++) {
      for (int cell = 0; cell < 3 && row % 2 == 0; cell++) {
        for (int i = random.nextInt(20); i > 0; i--) {
          csv.append("z~!#[]\\ế".charAt(random.nextInt(random.nextInt(9) == 0 ? 8 : 6)));
        }
        csv.append(cell < 2 ? "," : ".\n");
      }
      for (int cell = 0; cell < 3 && row % 2 == 1; cell++) {
        csv.append('"');
        for (int i = random.nextInt(30); i >= 0; i--) {
          int pick = random.nextInt(60);
          csv.append(
              pick == 0
                  ? "\"\""
                  : pick == 1 ? "\\" : pick == 2 ? "\t" : pick == 3 ? "ế" : "z~ !#[]");
        }
        csv.append(cell < 2 ? "\"," : "\"\n");
      }
    }
    compare(csv.toString(), 3000);
  }

  private void compare(String csv, int expected) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    try (var records =
        reader(new Csv(',', '"', 1), new KnownColumns(Set.of(), Set.of("a", "tên", "c"), Set.of()))
            .open(new SourceFile("x.csv", bytes.length, true), new ByteArrayInputStream(bytes))) {
      int count = 0;
      for (; records.hasNext(); count++) {
        RawRecord record = records.next();
        Cells texts = Cells.copyOf(new LinkedHashMap<>(record.cells()));
        assertThat(json.of(Cells.copyOf(record.cells()))).isEqualTo(new CellsJson().of(texts));
        assertThat(record.breaches()).isEmpty();
      }
      assertThat(count).isEqualTo(expected);
    }
  }
}

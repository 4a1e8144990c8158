package vn.tnmt.lakehouse.ingestion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.feed.Format;
import vn.tnmt.lakehouse.ingestion.reader.CsvColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.Readers;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/** A record has the same hash whether its cells are kept as bytes or as texts. */
class BytesAndTextsTest {
  private final Hasher hasher = new Hasher();

  @Test
  void hashesAreTheSame() throws IOException {
    String csv = "a,tên,c\n1,,x\nHồ,\uD83D\uDE00 b,\"q\"\"\"\né,\uFFFD,\u0800\n1,x\u00A0,\n";
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    try (var records =
        Readers.csv(
                new Format.Csv(',', '"', 1),
                new CsvColumns(Set.of(), Set.of("a", "tên", "c"), Set.of()))
            .open(new SourceFile("x.csv", bytes.length, true), new ByteArrayInputStream(bytes))) {
      int count = 0;
      for (; records.hasNext(); count++) {
        RawRecord record = records.next();
        RawRecord texts =
            new RawRecord(
                record.line(), 0, new LinkedHashMap<>(record.cells()), record.text(), List.of());
        assertThat(hasher.ofRecord(record)).isEqualTo(new Hasher().ofRecord(texts));
        assertThat(record.breaches()).isEmpty();
      }
      assertThat(count).isEqualTo(4);
    }
  }
}

package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;

/**
 * Decides, from the first records of a file, how each column is encoded and how its numbers and
 * dates are written; then hands out the records with their cells decoded, under headers that carry
 * the notation. The decision is a function of the file's head alone, so that all who read the file
 * decide the same, and is told once, as REC-22.
 *
 * <p>A cell whose encoding is undecided costs its record (REC-40), as does one that holds what the
 * encoding does not have (REC-41).
 */
final class EvidenceReader implements RecordReader {
  /** What is looked at: at most so many records, and about so many characters. */
  static final int HEAD_RECORDS = 5_000;

  static final long HEAD_CHARACTERS = 4_000_000;
  private static final int CELL_OVERHEAD = 32;

  private final RecordReader reader;
  private final EvidencePlan plan;

  private EvidenceReader(RecordReader reader, EvidencePlan plan) {
    this.reader = reader;
    this.plan = plan;
  }

  /** The reader itself when the feed leaves nothing to decide. */
  static RecordReader around(RecordReader reader, EvidencePlan plan) {
    return plan.nothing() ? reader : new EvidenceReader(reader, plan);
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    Records records = reader.open(file, bytes);
    return new FoundRecords() {
      private final Deque<RawRecord> head = new ArrayDeque<>();
      private @Nullable FileNotation notation;

      @Override
      protected @Nullable RawRecord find() {
        if (notation == null) {
          lookAhead();
          notation = FileNotation.of(plan, head);
        }
        RawRecord record = head.poll();
        if (record == null && records.hasNext()) {
          record = records.next();
        }
        return record == null ? null : notation.read(record);
      }

      private void lookAhead() {
        long characters = 0;
        while (head.size() < HEAD_RECORDS && characters < HEAD_CHARACTERS && records.hasNext()) {
          RawRecord record = records.next();
          characters += record.text().length();
          for (Map.Entry<String, String> cell : record.cells().entrySet()) {
            characters += cell.getValue().length() + CELL_OVERHEAD;
          }
          head.add(record);
        }
      }

      @Override
      public void close() throws IOException {
        records.close();
      }
    };
  }
}

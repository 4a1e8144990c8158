package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Compares, at the end of each file, what was received with what the file should have given: the
 * number of rows that it says it has (REC-61, a record of its own for the file), and a geometry
 * where the feed has one (REC-63). Whoever loses a row on the way, the ledger speaks.
 */
final class WholeFileReader implements RecordReader {
  private static final int PARTS_OF_LAYER = 1 << 16;
  private static final int SHOWN = 200;

  private final RecordReader reader;
  private final boolean melts;
  private final boolean geometry;

  /**
   * @param melts whether the records of one row have parts of their own
   * @param geometry whether the feed takes the records' geometry
   */
  WholeFileReader(RecordReader reader, boolean melts, boolean geometry) {
    this.reader = reader;
    this.melts = melts;
    this.geometry = geometry;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Whole(reader.open(file, bytes));
  }

  @Override
  public boolean resumes() {
    return reader.resumes();
  }

  /** A stretch is no whole file. */
  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    return reader.resume(file, head, line, bytes);
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    return reader.cuts(bytes, step);
  }

  private final class Whole extends FoundRecords {
    private final Records records;
    private final Map<Integer, Long> received = new HashMap<>();
    private @Nullable RawRecord ahead;
    private @Nullable RawRecord lastWithCells;
    private boolean started;
    private boolean ended;
    private boolean hasGeometry = !geometry;
    private long line;
    private int layer;
    private long rows;

    Whole(Records records) {
      this.records = records;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (!started) {
        started = true;
        ahead = further();
      }
      RawRecord record = ahead;
      if (record == null) {
        return null;
      }
      ahead = ended ? null : further();
      if (ahead == null && !ended) {
        ended = true;
        record = withoutGeometry(record);
        ahead = countsDiffer();
      }
      return record;
    }

    private @Nullable RawRecord further() {
      if (!records.hasNext()) {
        return null;
      }
      RawRecord record = records.next();
      int of = melts ? record.part() / PARTS_OF_LAYER * PARTS_OF_LAYER : record.part();
      if (of != layer) {
        received.merge(layer, rows, Long::sum);
        layer = of;
        rows = 0;
        line = 0;
      }
      if (record.line() != line) {
        line = record.line();
        rows++;
      }
      if (!hasGeometry && !record.cells().isEmpty()) {
        lastWithCells = record;
        hasGeometry = !record.cells().getOrDefault(Cells.GEOMETRY, "").isBlank();
      }
      return record;
    }

    private RawRecord withoutGeometry(RawRecord last) {
      if (hasGeometry || lastWithCells == null) {
        return last;
      }
      String names = String.join(", ", lastWithCells.cells().keySet());
      List<Breach> breaches = new ArrayList<>(last.breaches());
      breaches.add(
          Flaws.of(
              BuiltInRules.NO_GEOMETRY,
              names.length() > SHOWN ? names.substring(0, SHOWN) + "…" : names,
              Cells.GEOMETRY));
      return new RawRecord(
          last.line(), last.part(), last.cells(), last.text(), List.copyOf(breaches));
    }

    private @Nullable RawRecord countsDiffer() throws IOException {
      received.merge(layer, rows, Long::sum);
      List<Breach> breaches = new ArrayList<>();
      for (RowCount count : records.counts()) {
        long found = received.getOrDefault(count.part(), 0L) + count.untold();
        if (found != count.rows()) {
          breaches.add(
              Flaws.of(
                  BuiltInRules.COUNT_DIFFERS,
                  "nhận / received: " + found,
                  count.source() + ": " + count.rows()));
        }
      }
      return breaches.isEmpty() ? null : Flaws.line(0, "", breaches.toArray(Breach[]::new));
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

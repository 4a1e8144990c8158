package vn.tnmt.lakehouse.ingestion.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.io.DataWriter;

/**
 * Rows that go into a file together, a column at a time: a column's buffers then stay in the
 * processor's cache, where row by row those of forty columns push each other out.
 *
 * <p>Iceberg's writer counts a row for each call, so a batch is handed to it once for each of its
 * rows: {@link RawRowWriter} writes all of them at the first call. Batches end at multiples of
 * {@link #SIZE} rows of a file, where alone row groups may end ({@link RawFiles}); one of large
 * records ends before.
 */
final class RowBatch {
  static final int SIZE = 100;

  /** Bytes of cells and texts that a batch may hold, so that large records are held one by one. */
  private static final int BYTES = 1 << 20;

  private final List<RawRow> rows = new ArrayList<>(SIZE);
  private int bytes;

  /** Rows of the file, those of this batch included. */
  private long inFile;

  void add(RawRow row) {
    rows.add(row);
    bytes += row.verdict().cells().length + row.record().text().length();
    inFile++;
  }

  List<RawRow> rows() {
    return rows;
  }

  /** Whether a row group or the file may end behind the batch. */
  boolean endsEvenly() {
    return inFile % SIZE == 0;
  }

  boolean isFull() {
    return endsEvenly() || bytes >= BYTES;
  }

  /** Writes the rows and forgets them. */
  void to(DataWriter<RowBatch> file) throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      file.write(this);
    }
    rows.clear();
    bytes = 0;
  }

  /** The next row is the first of another file. */
  void beginFile() {
    inFile = 0;
  }
}

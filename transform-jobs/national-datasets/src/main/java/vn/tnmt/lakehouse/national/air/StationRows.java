package vn.tnmt.lakehouse.national.air;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;

/**
 * One pass over rows sorted by station and time: rows go in, zero or more results come out, and
 * only the state of one station is held.
 */
public abstract class StationRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final Queue<Row> ready = new ArrayDeque<>();
  private boolean ended;

  protected StationRows(Iterator<Row> rows) {
    this.rows = rows;
  }

  /** Takes the next row; results go to {@link #emit}. */
  protected abstract void take(Row row);

  /** After the last row. */
  protected abstract void end();

  protected final void emit(Row row) {
    ready.add(row);
  }

  @Override
  public final boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (rows.hasNext()) {
        take(rows.next());
      } else {
        ended = true;
        end();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public final Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}

package vn.tnmt.lakehouse.ingestion.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Records that are found one by one: a reader says only how to find the next. */
public abstract class FoundRecords implements RecordReader.Records {
  private @Nullable RawRecord next;
  private boolean done;

  /** The next record, or null at the end of the file. */
  protected abstract RawRecord find() throws IOException;

  @Override
  public final boolean hasNext() {
    if (next == null && !done) {
      try {
        next = find();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      done = next == null;
    }
    return next != null;
  }

  @Override
  public final RawRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RawRecord found = next;
    next = null;
    return found;
  }

  @Override
  public void close() throws IOException {
    // the caller owns the stream
  }
}

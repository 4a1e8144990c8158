package vn.tnmt.lakehouse.ingestion.reader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/**
 * Turns the bytes of one file into records. Plain Java; one instance serves one thread.
 *
 * <p>Content never makes a reader throw: what cannot be understood becomes a record with a breach.
 * Only failing I/O throws. Memory is bounded by one record, not by the file.
 */
public interface RecordReader {
  Records open(SourceFile file, InputStream bytes) throws IOException;

  /** Records of one file, in the file's order. */
  interface Records extends Iterator<RawRecord>, Closeable {
    /**
     * The file of the record that {@link #next} gave last: the one that was opened, or, when that
     * is an archive, its member. The same object for all records of a member.
     */
    default SourceFile file(SourceFile opened) {
      return opened;
    }
  }
}

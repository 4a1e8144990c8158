package vn.tnmt.lakehouse.ingestion.reader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * Turns the bytes of one file into records. Plain Java; one instance serves one thread.
 *
 * <p>Content never makes a reader throw: what cannot be understood becomes a record with a breach.
 * Only failing I/O throws. Memory is bounded by one record, not by the file.
 */
public interface RecordReader {
  Records open(SourceFile file, InputStream bytes) throws IOException;

  /** Whether a file can be read in stretches: {@link #cuts} and {@link #resume} work. */
  default boolean resumes() {
    return false;
  }

  /**
   * The records of a stretch of a file that begins at one of its {@link #cuts}. All stretches
   * together, the first one by {@link #open}, give the records of the file.
   *
   * @param head the file from its first byte on; read no further than needed
   * @param line of the stretch's first byte
   * @param bytes the stretch
   */
  default Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    throw new UnsupportedOperationException("files of this format are read as a whole");
  }

  /**
   * Where a file can be cut, reading all of it. The first stretch holds the head of the file, by
   * which it is decided what the file is.
   *
   * @param step bytes from one cut to the next, at least
   */
  default List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    return List.of();
  }

  /**
   * The begin of a row.
   *
   * @param offset bytes before it in the file
   * @param line its line, counted from 1
   */
  record RowStart(long offset, long line) implements Serializable {}

  /** Records of one file, in the file's order. */
  interface Records extends Iterator<RawRecord>, Closeable {
    /**
     * The file of the record that {@link #next} gave last: the one that was opened, or, when that
     * is an archive, its member. The same object for all records of a member.
     */
    default SourceFile file(SourceFile opened) {
      return opened;
    }

    /**
     * How many rows the file says it has, asked for behind its last record. None where it says
     * nothing, or where a record has told already that the rest could not be read.
     */
    default List<RowCount> counts() throws IOException {
      return List.of();
    }
  }
}

package vn.tnmt.lakehouse.ingestion.collect.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A server's folder, over one connection that is made when it is needed. For one thread.
 *
 * <p>Paths are below the root ({@code ""}) and as the server has them, each byte a character from 0
 * to 255: a name in no known encoding is still found again. An {@code IOException} is a fault of
 * the connection that may pass; what will not pass (a wrong password, a changed host key) is a
 * {@code TnmtException}.
 */
public interface RemoteFiles extends Closeable {
  /** What stands in a folder; {@code UNREADABLE} is a line of a listing that tells no file. */
  enum Kind {
    FILE,
    FOLDER,
    OTHER,
    UNREADABLE
  }

  /**
   * A child of a folder.
   *
   * @param name as the server has it; without a slash when the server is well-behaved
   * @param size bytes; -1 when not told
   * @param modifiedNanos since 1970; 0 when not told
   */
  record Entry(String name, Kind kind, long size, long modifiedNanos) {}

  /** Takes children one by one. */
  @FunctionalInterface
  interface Entries {
    void accept(Entry entry) throws IOException;
  }

  /**
   * Lists a folder without holding it in memory; {@code .} and {@code ..} are not children.
   *
   * @return false when there is no such folder or it may not be read
   */
  boolean list(String folder, Entries to) throws IOException;

  /** A file as it is now; links are not followed. Empty when it is not there. */
  Optional<Entry> find(String path) throws IOException;

  /**
   * The bytes of a file from an offset on. The stream's end may be that of the connection. Empty
   * when the file is not there or may not be read.
   *
   * @param size as listed
   */
  Optional<InputStream> open(String path, long offset, long size) throws IOException;

  /** Whether times of a listing are rougher than those of {@link #find}. */
  boolean listsRoughTimes();

  /** A name as people read it. */
  String decode(String name);

  /** Gives up the connection without a word to the server; the next call makes another one. */
  void drop();

  /** Ends the connection. */
  @Override
  void close();
}

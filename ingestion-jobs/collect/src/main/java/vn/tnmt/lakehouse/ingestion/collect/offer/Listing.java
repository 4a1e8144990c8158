package vn.tnmt.lakehouse.ingestion.collect.offer;

import java.io.IOException;

/**
 * Folders that can be listed: of a file system or of a server.
 *
 * @param <T> where a folder or file is
 */
public interface Listing<T extends Comparable<? super T>> {
  /** Takes what a folder holds, child by child. */
  interface Sink<T> {
    /** Forgets all that was taken so far: the listing broke off and begins anew. */
    void restart() throws IOException;

    /**
     * A file or folder.
     *
     * @param name as the folder has it, in any Unicode form
     */
    void add(String name, boolean folder, T place, long size, long modifiedNanos)
        throws IOException;

    /** Something that is neither, or cannot be looked at. */
    void odd(String name, String why);
  }

  /**
   * Lists a folder, in any order.
   *
   * @throws IOException when it is not there or cannot be opened
   */
  void list(T folder, Sink<T> sink) throws IOException;

  /** A place as text of one line, for a while on disk. */
  String text(T place);

  /** The place of a text. */
  T place(String text);
}

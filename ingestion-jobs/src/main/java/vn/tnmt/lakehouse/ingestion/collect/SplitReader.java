package vn.tnmt.lakehouse.ingestion.collect;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The files of one split, streamed from one range of one object. For one thread.
 *
 * <pre>{@code
 * for (IndexEntry file = split.next(); file != null; file = split.next()) {
 *   read(file, split.content());
 * }
 * }</pre>
 */
public final class SplitReader implements Closeable {
  private static final int BUFFER = 1 << 17;

  private final LandingStore store;
  private final String key;
  private final Manifest.Split split;
  private final IndexReader index;
  private InputStream object;
  private Content content;

  SplitReader(LandingStore store, String folder, Manifest.Split split) {
    this.store = store;
    this.key = folder + "/" + split.object();
    this.split = split;
    this.index =
        new IndexReader(
            store, folder + "/" + Manifest.INDEX, split.indexOffset(), split.indexLength());
  }

  /** The next file, or null after the last. What was not read of the one before is skipped. */
  public IndexEntry next() throws IOException {
    if (content != null) {
      content.finish();
    }
    IndexEntry entry = index.next();
    content = entry == null ? null : new Content(entry.size());
    return entry;
  }

  /** The bytes of the file that {@link #next} returned; ends where the file ends. */
  public InputStream content() {
    return Objects.requireNonNull(content, "no file");
  }

  @Override
  public void close() throws IOException {
    if (object != null) {
      object.close();
    }
  }

  private InputStream object() {
    if (object == null) {
      object =
          new BufferedInputStream(store.openRange(key, split.offset(), split.length()), BUFFER);
    }
    return object;
  }

  /** A window on the object; closing it leaves the object open. */
  private final class Content extends InputStream {
    private long left;

    Content(long size) {
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int value = object().read();
      if (value < 0) {
        throw cutOff();
      }
      left--;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int count = object().read(buffer, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw cutOff();
      }
      left -= count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return left == 0 ? 0 : (int) Math.min(object().available(), left);
    }

    void finish() throws IOException {
      if (left > 0) {
        object().skipNBytes(left);
        left = 0;
      }
    }

    private EOFException cutOff() {
      return new EOFException(key + " is cut off: " + left + " bytes of a file are missing");
    }
  }
}

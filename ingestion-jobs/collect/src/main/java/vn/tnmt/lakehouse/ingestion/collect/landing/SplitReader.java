package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  private static final int HEAD_BLOCK = 1 << 18;

  private final LandingStore store;
  private final String key;
  private final Manifest.Split split;
  private final long from;
  private final long to;
  private final IndexReader index;
  private @Nullable InputStream object;
  private @Nullable Content content;

  SplitReader(LandingStore store, String folder, Manifest.Split split, long from, long to) {
    this.store = store;
    this.key = folder + "/" + split.object();
    this.split = split;
    this.from = from;
    this.to = to;
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
    boolean part = to - from < split.length();
    content = entry == null ? null : new Content(part ? to - from : entry.size());
    return entry;
  }

  /** The file of a split that has cuts, from its first byte on, whatever stretch is read. */
  public InputStream head() {
    return new BufferedInputStream(new Blocks(), HEAD_BLOCK);
  }

  /** The bytes of the file that {@link #next} returned; ends where the file or the stretch ends. */
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
          new BufferedInputStream(store.openRange(key, split.offset() + from, to - from), BUFFER);
    }
    return object;
  }

  /** The split's bytes, fetched block by block: whoever reads the head wants little of them. */
  private final class Blocks extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int wanted = (int) Math.min(length, split.length() - position);
      if (wanted == 0) {
        return length == 0 ? 0 : -1;
      }
      try (InputStream in = store.openRange(key, split.offset() + position, wanted)) {
        int count = in.readNBytes(buffer, offset, wanted);
        if (count < wanted) {
          throw new EOFException(key + " is cut off: its head is missing");
        }
        position += count;
        return count;
      }
    }
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

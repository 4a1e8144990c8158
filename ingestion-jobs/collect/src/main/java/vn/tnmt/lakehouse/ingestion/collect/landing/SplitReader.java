package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * The files of one split, streamed from one range of one object. For one thread.
 *
 * <pre>{@code
 * for (IndexEntry file = split.next(); file != null; file = split.next()) {
 *   read(file, split.content());
 * }
 * }</pre>
 *
 * <p>The bytes are hashed as they are read, and so are the index's lines; what differs from what
 * was received is {@link #damage}, whatever a format's reader made of it.
 */
public final class SplitReader implements Closeable {
  private static final int BUFFER = 1 << 17;
  private static final int HEAD_BLOCK = 1 << 18;

  private final LandingStore store;
  private final String key;
  private final Manifest.Split split;
  private final long from;
  private final long to;
  private final boolean checked;
  private final IndexReader index;
  private @Nullable InputStream object;
  private @Nullable Content content;
  private @Nullable String damage;

  SplitReader(
      LandingStore store,
      String folder,
      Manifest.Split split,
      long from,
      long to,
      boolean checked) {
    this.store = store;
    this.key = folder + "/" + split.object();
    this.split = split;
    this.from = from;
    this.to = to;
    this.checked = checked;
    this.index =
        new IndexReader(
            store, folder + "/" + Manifest.INDEX, split.indexOffset(), split.indexLength());
  }

  /** The next file, or null after the last. What was not read of the one before is skipped. */
  public @Nullable IndexEntry next() throws IOException {
    if (content != null) {
      content.finish();
    }
    IndexEntry entry = entry();
    content = entry == null ? null : new Content(entry);
    return entry;
  }

  private @Nullable IndexEntry entry() {
    try {
      IndexEntry entry = index.next();
      if (entry == null
          && checked
          && !split.indexSha256().isEmpty()
          && !index.sha256().equals(split.indexSha256())) {
        damaged(Manifest.INDEX);
      }
      return entry;
    } catch (TnmtException e) {
      noteDamage(e, Manifest.INDEX);
      throw e;
    }
  }

  /**
   * What is not as it was received, as far as was read: a file of the delivery, the index, or an
   * object that is gone or cut off.
   */
  public Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  private void damaged(String what) {
    damage = damage == null ? what : damage;
  }

  /** A store that does not answer is no damage: it may answer later. */
  private void noteDamage(TnmtException e, String what) {
    if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.DELIVERY_DAMAGED) {
      damaged(what);
    }
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

  private boolean isPart() {
    return to - from < split.length();
  }

  private InputStream range(long begin, long length, String what) {
    try {
      return store.openRange(key, split.offset() + begin, length);
    } catch (TnmtException e) {
      noteDamage(e, what);
      throw e;
    }
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
      try (InputStream in = range(position, wanted, split.object())) {
        int count = in.readNBytes(buffer, offset, wanted);
        if (count < wanted) {
          damaged(split.object());
          throw new EOFException(key + " is cut off: its head is missing");
        }
        position += count;
        return count;
      }
    }
  }

  /** A window on the object; closing it leaves the object open. */
  private final class Content extends InputStream {
    private final String path;
    private final List<String> expected;
    private final Hashes hashes;
    private long left;

    Content(IndexEntry entry) {
      this.path = entry.path();
      this.left = isPart() ? to - from : entry.size();
      this.expected =
          !checked
              ? List.of()
              : isPart()
                  ? split.blocks().subList((int) (from / Hashes.BLOCK), split.blocks().size())
                  : List.of(entry.sha256());
      this.hashes = isPart() ? new Hashes(Hashes.BLOCK) : Hashes.ofAll();
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
      if (checked) {
        hashes.update(value);
      }
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
      if (checked) {
        hashes.update(buffer, offset, count);
      }
      return count;
    }

    /** A stretch begins within a block: what is before it there is read for the hash alone. */
    private InputStream object() throws IOException {
      if (object == null) {
        long begin = checked && isPart() ? from - from % Hashes.BLOCK : from;
        object = new BufferedInputStream(range(begin, to - begin, path), BUFFER);
        byte[] before = object.readNBytes((int) (from - begin));
        hashes.update(before, 0, before.length);
        if (before.length < from - begin) {
          throw cutOff();
        }
      }
      return object;
    }

    @Override
    public int available() throws IOException {
      return left == 0 ? 0 : (int) Math.min(object().available(), left);
    }

    /** Reads to the end; a block that ends behind the stretch is the next one's to check. */
    void finish() throws IOException {
      if (!checked) {
        object().skipNBytes(left);
        left = 0;
        return;
      }
      transferTo(OutputStream.nullOutputStream());
      boolean toTheEnd = to == split.length();
      List<String> found = isPart() && !toTheEnd ? hashes.full() : hashes.finish();
      if (found.size() > expected.size()
          || !found.equals(expected.subList(0, found.size()))
          || (toTheEnd && found.size() < expected.size())) {
        damaged(path);
      }
    }

    private EOFException cutOff() {
      damaged(path);
      return new EOFException(key + " is cut off: " + left + " bytes of a file are missing");
    }
  }
}

package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/**
 * Entries of a stretch of an {@code index.tsv}, read in blocks, so that many indices can be open at
 * once without as many connections.
 */
public final class IndexReader {
  private static final int BLOCK = 256 * 1024;

  private final LandingStore store;
  private final String key;
  private final long end;
  private final Hashes hashes = Hashes.ofAll();
  private long position;
  private byte[] block = new byte[0];
  private int at;

  public IndexReader(LandingStore store, String key, long offset, long length) {
    this.store = store;
    this.key = key;
    this.position = offset;
    this.end = offset + length;
  }

  /** The next entry, or null after the last. */
  public @Nullable IndexEntry next() {
    int newline = newline(at);
    while (newline < 0) {
      if (position == end) {
        if (at < block.length) {
          throw damaged();
        }
        return null;
      }
      int held = block.length - at;
      more();
      newline = newline(at + held);
    }
    String line = new String(block, at, newline - at, StandardCharsets.UTF_8);
    at = newline + 1;
    return IndexEntry.parse(line);
  }

  /** SHA-256 of what was read: of the stretch, after its last entry. */
  String sha256() {
    return hashes.finish().get(0);
  }

  private int newline(int from) {
    for (int i = from; i < block.length; i++) {
      if (block[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void more() {
    int length = (int) Math.min(BLOCK, end - position);
    byte[] more;
    try (InputStream in = store.openRange(key, position, length)) {
      more = in.readNBytes(length);
    } catch (IOException e) {
      throw StoreFaults.failed(e, key);
    }
    if (more.length < length) {
      throw damaged();
    }
    hashes.update(more, 0, length);
    byte[] joined = Arrays.copyOfRange(block, at, block.length + length);
    System.arraycopy(more, 0, joined, block.length - at, length);
    block = joined;
    at = 0;
    position += length;
  }

  private TnmtException damaged() {
    return TnmtException.of(
        ErrorCode.DELIVERY_DAMAGED,
        "chỉ mục bị cắt cụt / the index is cut off",
        key,
        "restore it from a backup");
  }
}

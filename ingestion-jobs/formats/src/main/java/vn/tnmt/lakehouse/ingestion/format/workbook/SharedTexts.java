package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/**
 * The texts that the cells of a workbook share, in order. The first {@link #IN_MEMORY} bytes are
 * held in memory, the others in a temporary file, so that a workbook of a million different texts
 * does not fill the heap.
 *
 * <p>A text is its length (4 bytes) and its UTF-8 bytes. Every 16th position is remembered.
 */
final class SharedTexts implements Closeable {
  private static final int IN_MEMORY = 32 << 20;
  private static final int MAX_TEXTS = 1 << 28;
  private static final int STEP = 16;
  private static final int CACHED = 1 << 15;
  private static final int BLOCK = 1 << 14;

  private final int inMemory;
  private byte[] memory = new byte[1 << 12];
  private long[] positions = new long[1 << 8];
  private long end;
  private int count;

  private Path path;
  private @Nullable RandomAccessFile file;
  private byte[] unwritten = new byte[0];
  private int unwrittenBytes;

  private final byte[] block = new byte[BLOCK];
  private long blockAt = -1;
  private int blockBytes;

  private final String[] cached = new String[CACHED];
  private final int[] cachedAt = new int[CACHED];

  SharedTexts() {
    this(IN_MEMORY);
  }

  SharedTexts(int inMemory) {
    this.inMemory = inMemory;
  }

  void add(String text) throws IOException {
    if (count == MAX_TEXTS) {
      throw Unreadable.overLimit("xâu dùng chung / shared strings", "≤ " + MAX_TEXTS);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (count % STEP == 0) {
      if (count / STEP == positions.length) {
        positions = Arrays.copyOf(positions, positions.length * 2);
      }
      positions[count / STEP] = end;
    }
    count++;
    int length = bytes.length;
    append(
        new byte[] {
          (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
    append(bytes);
  }

  private void append(byte[] bytes) throws IOException {
    int kept = (int) Math.min(bytes.length, Math.max(0, inMemory - end));
    if (kept > 0) {
      if (end + kept > memory.length) {
        memory =
            Arrays.copyOf(
                memory, (int) Math.min(inMemory, Math.max(end + kept, memory.length * 2L)));
      }
      System.arraycopy(bytes, 0, memory, (int) end, kept);
    }
    int rest = bytes.length - kept;
    if (rest > 0) {
      if (file == null) {
        path = TemporaryFiles.file("tnmt-", ".texts");
        file = new RandomAccessFile(path.toFile(), "rw");
        unwritten = new byte[1 << 18];
      }
      if (unwrittenBytes + rest > unwritten.length) {
        flush();
      }
      if (rest > unwritten.length) {
        file.write(bytes, kept, rest);
      } else {
        System.arraycopy(bytes, kept, unwritten, unwrittenBytes, rest);
        unwrittenBytes += rest;
      }
    }
    end += bytes.length;
  }

  private void flush() throws IOException {
    file.write(unwritten, 0, unwrittenBytes);
    unwrittenBytes = 0;
  }

  /** No more texts are added. */
  void complete() throws IOException {
    if (file != null) {
      flush();
      unwritten = new byte[0];
    }
  }

  /** The text of a number, or null when there is none. */
  @Nullable String get(int index) throws IOException {
    if (index < 0 || index >= count) {
      return null;
    }
    int slot = index & CACHED - 1;
    if (cached[slot] != null && cachedAt[slot] == index) {
      return cached[slot];
    }
    long at = positions[index / STEP];
    for (int skip = index % STEP; skip > 0; skip--) {
      at += 4 + length(at);
    }
    byte[] bytes = new byte[length(at)];
    read(at + 4, bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    cached[slot] = text;
    cachedAt[slot] = index;
    return text;
  }

  private int length(long at) throws IOException {
    return byteAt(at) << 24 | byteAt(at + 1) << 16 | byteAt(at + 2) << 8 | byteAt(at + 3);
  }

  private void read(long at, byte[] bytes) throws IOException {
    if (at + bytes.length <= inMemory) {
      System.arraycopy(memory, (int) at, bytes, 0, bytes.length);
      return;
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) byteAt(at + i);
    }
  }

  private int byteAt(long at) throws IOException {
    if (at < inMemory) {
      return memory[(int) at] & 0xFF;
    }
    long inFile = at - inMemory;
    if (blockAt < 0 || inFile < blockAt || inFile >= blockAt + blockBytes) {
      blockAt = inFile / BLOCK * BLOCK;
      file.seek(blockAt);
      blockBytes = Math.max(0, file.read(block));
      if (inFile >= blockAt + blockBytes) {
        throw new IOException("temporary file of shared strings is cut off");
      }
    }
    return block[(int) (inFile - blockAt)] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      TemporaryFiles.delete(path);
    }
  }
}

package vn.tnmt.lakehouse.ingestion.format.dbf;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Spool;

/** The memo file beside a table: dBase III and IV (.dbt), FoxPro (.fpt). */
final class DbfMemo implements Closeable {
  /** A longer memo is cut, with a note. */
  static final int MAX = 1 << 20;

  private static final int BLOCK = 512;
  private static final byte END = 0x1A;

  private final Spool spool;
  private final RandomAccessFile file;
  private final boolean foxPro;
  private final int block;

  private DbfMemo(Spool spool, RandomAccessFile file, boolean foxPro) {
    this.spool = spool;
    this.file = file;
    this.foxPro = foxPro;
    ByteBuffer head = ByteBuffer.wrap(spool.head());
    int size = 0;
    if (foxPro && head.limit() >= 8) {
      size = head.getShort(6) & 0xFFFF;
    } else if (head.limit() >= 22) {
      size = head.order(ByteOrder.LITTLE_ENDIAN).getShort(20) & 0xFFFF;
    }
    this.block = size == 0 || (size % 32 != 0 && !foxPro) ? BLOCK : size;
  }

  static DbfMemo open(InputStream bytes, boolean foxPro, long limit) throws IOException {
    Spool spool = Spool.of(bytes, limit);
    try {
      return new DbfMemo(spool, new RandomAccessFile(spool.path().toFile(), "r"), foxPro);
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  /** The bytes of a memo, at most {@link #MAX} and one; null when there is none at the block. */
  byte @Nullable [] read(long number) throws IOException {
    long at = number * block;
    if (number <= 0 || at > file.length() - 8) {
      return null;
    }
    byte[] head = bytes(at, 8);
    if (foxPro) {
      return sized(at + 8, ByteBuffer.wrap(head).getInt(4) & 0xFFFFFFFFL);
    }
    ByteBuffer little = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (little.getInt(0) == 0x0008FFFF) {
      return sized(at + 8, (little.getInt(4) & 0xFFFFFFFFL) - 8);
    }
    return terminated(at);
  }

  private byte @Nullable [] sized(long at, long length) throws IOException {
    return length < 0 || length > file.length() - at
        ? null
        : bytes(at, (int) Math.min(length, MAX + 1));
  }

  private byte[] terminated(long at) throws IOException {
    int size = BLOCK;
    while (true) {
      byte[] bytes = bytes(at, (int) Math.min(Math.min(size, MAX + 1), file.length() - at));
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == END) {
          return java.util.Arrays.copyOf(bytes, i);
        }
      }
      if (bytes.length < size) {
        return bytes;
      }
      size *= 4;
    }
  }

  private byte[] bytes(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
    spool.close();
  }
}

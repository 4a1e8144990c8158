package vn.tnmt.lakehouse.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.iceberg.io.ByteBufferInputStream;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.shaded.com.github.benmanes.caffeine.cache.Cache;
import org.apache.iceberg.shaded.com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The small files of tables, fetched whole and kept for a while. A query asks for the lists, the
 * footers and the columns of each of its files, every one a request, and the next query asks again.
 * A table's file is never written over: its name is made anew. (Iceberg's own ContentCache asks for
 * a file's size each time before it looks whether it has it.)
 */
final class SmallFiles {
  /** Larger ones are read as they are needed. */
  static final int MOST_BYTES = 1 << 20;

  private static final Cache<String, byte[]> KEPT =
      Caffeine.newBuilder()
          .maximumWeight(64L << 20)
          .weigher((String location, byte[] bytes) -> bytes.length)
          .expireAfterWrite(Duration.ofMinutes(5))
          .build();

  private SmallFiles() {}

  /** The file, whose size need not be known. */
  static InputFile of(InputFile file) {
    return new Small(file);
  }

  /** It was deleted. */
  static void forget(String location) {
    KEPT.invalidate(location);
  }

  static void forgetAll() {
    KEPT.invalidateAll();
  }

  private record Small(InputFile file) implements InputFile {
    @Override
    public long getLength() {
      byte[] bytes = bytes();
      return bytes == null ? file.getLength() : bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      byte[] bytes = bytes();
      return bytes == null
          ? file.newStream()
          : ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }

    /** Null when it is larger than it was taken for. */
    private byte @Nullable [] bytes() {
      return KEPT.get(file.location(), location -> fetched());
    }

    private byte @Nullable [] fetched() {
      try (SeekableInputStream in = file.newStream()) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        return bytes.length > MOST_BYTES ? null : bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

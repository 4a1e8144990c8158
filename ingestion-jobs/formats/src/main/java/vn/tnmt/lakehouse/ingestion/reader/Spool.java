package vn.tnmt.lakehouse.ingestion.reader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;

/**
 * A file's bytes in a temporary file, for formats that are not read from front to end. Gone when
 * closed.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Spool(Path path, byte[] head) implements Closeable {
  private static final int HEAD = 8192;

  /** Fails with {@link Unreadable} (REC-30) when there are more than {@code limit} bytes. */
  public static Spool of(InputStream bytes, long limit) throws IOException {
    Path path = TemporaryFiles.file("tnmt-", ".part");
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] head = bytes.readNBytes(HEAD);
      out.write(head);
      byte[] buffer = new byte[1 << 16];
      long left = limit - head.length;
      for (int n = bytes.read(buffer); n >= 0 && left >= 0; n = bytes.read(buffer)) {
        left -= n;
        if (left >= 0) {
          out.write(buffer, 0, n);
        }
      }
      if (left < 0) {
        throw Unreadable.overLimit("> %d MB".formatted(limit >> 20), "limits.fileMB");
      }
      return new Spool(path, head);
    } catch (IOException | RuntimeException e) {
      TemporaryFiles.delete(path);
      throw e;
    }
  }

  public boolean startsWith(int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    TemporaryFiles.delete(path);
  }
}

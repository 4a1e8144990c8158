package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** A temporary file being written. That it cannot be is our fault, and is not tried again. */
final class SpoolFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long most;
  private final OutputStream out;
  private long bytes;

  /**
   * @param most bytes
   */
  SpoolFile(Path file, long most) {
    this.file = file;
    this.most = most;
    try {
      this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws TnmtException {@code TNMT-1001} when the file would be longer than it may be
   */
  void write(JsonLine line) {
    bytes += line.size();
    if (bytes > most) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "tệp lớn hơn giới hạn / the file is larger than its limit of %d MB".formatted(most >> 20),
          file.getFileName().toString(),
          "divide the table with partition, or raise limits.maxFileMB");
    }
    try {
      line.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

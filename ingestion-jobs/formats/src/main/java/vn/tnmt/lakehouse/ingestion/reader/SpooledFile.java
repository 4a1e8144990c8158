package vn.tnmt.lakehouse.ingestion.reader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;

/** A stream as a temporary file, for formats that are read at random; deleted on close. */
public final class SpooledFile implements Closeable {
  /** Tells whose a file is, should a process die before it deletes it. */
  static final String PREFIX = "tnmt-" + ProcessHandle.current().pid() + "-";

  private final Path path;
  private final boolean whole;

  private SpooledFile(Path path, boolean whole) {
    this.path = path;
    this.whole = whole;
  }

  /** Copies up to {@code most} bytes. */
  public static SpooledFile of(InputStream bytes, long most) throws IOException {
    Path path = TemporaryFiles.file(PREFIX, ".spool");
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      long left = most;
      int read;
      while ((read = bytes.read(buffer)) >= 0) {
        if (read > left) {
          return new SpooledFile(path, false);
        }
        out.write(buffer, 0, read);
        left -= read;
      }
      return new SpooledFile(path, true);
    } catch (IOException | RuntimeException e) {
      TemporaryFiles.delete(path);
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /** False when the stream was longer than allowed. */
  public boolean whole() {
    return whole;
  }

  @Override
  public void close() throws IOException {
    TemporaryFiles.delete(path);
  }
}

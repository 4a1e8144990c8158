package vn.tnmt.lakehouse.ingestion.collect.directory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A publisher's file while it is read. A failing read is the end of the file: the length then is
 * not the one expected, and the file is left for the next run. So an {@code IOException} always is
 * the store's.
 */
final class SourceBytes extends FilterInputStream {
  private SourceBytes(InputStream in) {
    super(in);
  }

  static InputStream open(Path file) {
    try {
      return new SourceBytes(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return InputStream.nullInputStream();
    }
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      return -1;
    }
  }
}

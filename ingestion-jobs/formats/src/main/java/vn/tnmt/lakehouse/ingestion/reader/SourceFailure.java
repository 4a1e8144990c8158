package vn.tnmt.lakehouse.ingestion.reader;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reading itself failed, as against content that makes no sense. Libraries tell both by an {@link
 * IOException}: what comes from below is marked with this class, so that anything else is the
 * content's fault.
 */
public final class SourceFailure extends IOException {
  private static final long serialVersionUID = 1L;

  public SourceFailure(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** The same bytes, counted, with failures marked. */
  public static final class Marked extends FilterInputStream {
    private long count;

    public Marked(InputStream in) {
      super(in);
    }

    /** Bytes read so far. */
    public long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      try {
        int value = in.read();
        count += value < 0 ? 0 : 1;
        return value;
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = in.read(target, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      try {
        long skipped = in.skip(bytes);
        count += skipped;
        return skipped;
      } catch (IOException e) {
        throw new SourceFailure(e);
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}

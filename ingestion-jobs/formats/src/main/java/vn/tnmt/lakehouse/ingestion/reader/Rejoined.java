package vn.tnmt.lakehouse.ingestion.reader;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The bytes of a stream whose head was looked at. */
public final class Rejoined {
  private Rejoined() {}

  /**
   * The head, then the rest. The stream of the rest stays open, at its end too: it is the caller's.
   */
  public static InputStream of(byte[] head, int from, int to, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(head, from, to - from), new Lent(rest));
  }

  /** {@link SequenceInputStream} closes what has come to its end. */
  private static final class Lent extends FilterInputStream {
    Lent(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the caller's
    }
  }
}

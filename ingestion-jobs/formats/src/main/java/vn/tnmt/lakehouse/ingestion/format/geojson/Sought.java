package vn.tnmt.lakehouse.ingestion.format.geojson;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The same bytes, in which a text is looked for. */
final class Sought extends FilterInputStream {
  private final byte[] wanted;
  private int matched;
  private boolean found;

  /**
   * @param wanted ASCII, whose first character is in it nowhere else but at its end
   */
  Sought(InputStream in, String wanted) {
    super(in);
    this.wanted = wanted.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the text was among the bytes read so far. */
  boolean found() {
    return found;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    for (int i = offset; i < offset + read && !found; i++) {
      matched = target[i] == wanted[matched] ? matched + 1 : target[i] == wanted[0] ? 1 : 0;
      found = matched == wanted.length;
    }
    return read;
  }
}

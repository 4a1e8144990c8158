package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/**
 * Keeps from an XML parser what it would hold in memory without bound, or would look up elsewhere:
 * a tag, text, comment or CDATA of more than {@link #MAX}, a DOCTYPE, and encodings in which none
 * of these could be seen.
 */
final class TagGuard extends FilterInputStream {
  static final int MAX = 4 << 20;

  private long since;
  private long seen;
  private int first;
  private int before;
  private int beforeThat;
  private boolean special;

  TagGuard(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    for (int i = offset; i < offset + n; i++) {
      look(bytes[i]);
    }
    return n;
  }

  private void look(byte b) throws Unreadable {
    if (seen < 2) {
      begin(b);
    }
    since++;
    if (special) {
      if (b == '>'
          && ((before == '-' && beforeThat == '-') || (before == ']' && beforeThat == ']'))) {
        special = false;
        since = 0;
      }
    } else if (b == '<') {
      since = 0;
    } else if (before == '<' && b == '!') {
      special = true;
    }
    if (special && since == 2 && (b == 'D' || b == 'd')) {
      throw Unreadable.damaged("DOCTYPE", "XML without DOCTYPE");
    }
    if (since > MAX) {
      throw Unreadable.overLimit("XML", "≤ %d bytes".formatted(MAX));
    }
    beforeThat = before;
    before = b;
  }

  private void begin(byte b) throws Unreadable {
    if (seen++ == 0) {
      first = b;
    } else if (first == 0 || b == 0 || (first == -2 && b == -1) || (first == -1 && b == -2)) {
      throw Unreadable.damaged("UTF-16", "XML in UTF-8");
    }
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 1 << 13)];
    return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

package vn.tnmt.lakehouse.ingestion.reader.xml;

import java.io.IOException;
import java.io.Reader;

/**
 * Characters for an XML parser. What no XML may hold (a control character, a byte that is no UTF-8)
 * would end the document; it is marked as U+10FE00 + its value instead, so that it costs one
 * record. Between two events only so much may be read ({@link TooMuch}): a parser keeps an
 * attribute or a comment in memory whole.
 */
public final class XmlText extends Reader {
  private static final char HIGH = '\uDBFF';
  private static final char LOW = '\uDE00';

  private final Reader in;
  private final long most;
  private final char[] chars = new char[1 << 12];
  private int next;
  private int limit;
  private char waiting;
  private long left;

  XmlText(Reader in, long most) {
    this.in = in;
    this.most = most;
    this.left = most;
  }

  /** More was read than one event may take. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(long most) {
      super("> " + most);
    }
  }

  /** An event is over. */
  void renew() {
    left = most;
  }

  public static boolean marked(String text) {
    for (int i = text.indexOf(HIGH);
        i >= 0 && i + 1 < text.length();
        i = text.indexOf(HIGH, i + 1)) {
      if (text.charAt(i + 1) >= LOW && text.charAt(i + 1) <= LOW + 0xFF) {
        return true;
      }
    }
    return false;
  }

  /** The text with what was marked. */
  public static String unmark(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char after = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == HIGH && after >= LOW && after <= LOW + 0xFF) {
        plain.append((char) (after - LOW));
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (next == limit && waiting == 0 && !fill()) {
      return -1;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (waiting != 0) {
        target[at++] = waiting;
        waiting = 0;
      } else if (next == limit) {
        break;
      } else {
        at = copy(target, at);
      }
    }
    left -= at - offset;
    if (left < 0) {
      throw new TooMuch(most);
    }
    return at - offset;
  }

  private boolean fill() throws IOException {
    next = 0;
    limit = Math.max(0, in.read(chars, 0, chars.length - 1));
    if (limit > 0 && Character.isHighSurrogate(chars[limit - 1])) {
      int more = in.read(chars, limit, 1);
      limit += Math.max(0, more);
    }
    return limit > 0;
  }

  private int copy(char[] target, int at) {
    char c = chars[next++];
    if (Character.isHighSurrogate(c)) {
      if (next < limit && Character.isLowSurrogate(chars[next])) {
        target[at] = c;
        waiting = chars[next++];
      } else {
        target[at] = '\uFFFD';
      }
    } else if (Character.isLowSurrogate(c) || (c < ' ' && c != '\t' && c != '\n' && c != '\r')) {
      target[at] = HIGH;
      waiting = (char) (LOW + (c & 0xFF));
    } else {
      target[at] = c >= '\uFFFE' ? '\uFFFD' : c;
    }
    return at + 1;
  }

  @Override
  public void close() {
    // the caller owns the stream
  }
}

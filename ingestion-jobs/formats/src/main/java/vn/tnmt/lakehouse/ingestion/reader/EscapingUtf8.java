package vn.tnmt.lakehouse.ingestion.reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and marks what is not: a byte that does not belong becomes a lone low surrogate
 * U+DC00 + byte, which valid text never holds. So one bad byte costs one record and not the file.
 */
public final class EscapingUtf8 extends Reader {
  private static final char ESCAPE = '\uDC00';

  private final InputStream in;
  private final char escape;
  private final Runnable found;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 12).flip();
  private boolean exhausted;

  public EscapingUtf8(InputStream in) {
    this(in, ESCAPE, () -> {});
  }

  /**
   * @param escape what a byte that does not belong is added to
   * @param found told of each such byte
   */
  public EscapingUtf8(InputStream in, char escape, Runnable found) {
    this.in = in;
    this.escape = escape;
    this.found = found;
  }

  /** Whether a text holds bytes that were not UTF-8, or half a character that JSON escaped. */
  static boolean marked(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (lone(text, i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text with each marked byte as the character of the same number (U+0080 to U+00FF), and
   * U+FFFD for any other half of a character.
   */
  static String bytewise(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean marked = c >= ESCAPE && c <= ESCAPE + 0xFF;
      plain.append(lone(text, i) ? marked ? (char) (c - ESCAPE) : '\uFFFD' : c);
    }
    return plain.toString();
  }

  private static boolean lone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** Bytes as text, with marks where they are no UTF-8. */
  public static String decoded(byte[] bytes) {
    if (Utf8.valid(bytes, 0, bytes.length)) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    char[] some = new char[256];
    try (EscapingUtf8 in = new EscapingUtf8(new ByteArrayInputStream(bytes))) {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        text.append(some, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (exhausted && !bytes.hasRemaining()) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decode() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, exhausted);
    if (result.isMalformed() && chars.hasRemaining()) {
      chars.put((char) (escape + (bytes.get() & 0xFF)));
      found.run();
    } else if (result.isUnderflow() && !exhausted) {
      bytes.compact();
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      exhausted = read < 0;
      bytes.position(bytes.position() + Math.max(0, read)).flip();
    }
    chars.flip();
  }

  @Override
  public void close() {
    // the caller owns the stream
  }
}

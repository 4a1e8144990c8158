package vn.tnmt.lakehouse.ingestion.reader.xml;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.EscapingUtf8;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;

/**
 * The text of a document that declares an encoding of one byte a letter. Programs write the
 * declaration by habit and the text in UTF-8: the first letters that are not ASCII tell which it
 * is, since text in such an encoding is next to never valid UTF-8.
 */
final class DeclaredText extends Reader {
  /** Bytes that are looked at. */
  private static final int LOOK = 64;

  private final InputStream in;
  private final Charset declared;
  private @Nullable Reader rest;
  private boolean utf8;

  DeclaredText(InputStream in, Charset declared) {
    this.in = new BufferedInputStream(in, 1 << 14);
    this.declared = declared;
  }

  /** Whether an encoding has one byte for each letter, and those of ASCII where ASCII has them. */
  static boolean applies(Charset charset) {
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() == 1
        && !charset.equals(StandardCharsets.US_ASCII)
        && Arrays.equals("<?xml".getBytes(charset), "<?xml".getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether the text turned out to be UTF-8, which was not declared. */
  boolean isUtf8() {
    return utf8;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int given = 0;
    while (rest == null && given < length) {
      in.mark(LOOK);
      int next = in.read();
      if (next < 0) {
        return given == 0 ? -1 : given;
      }
      if (next < 0x80) {
        target[offset + given++] = (char) next;
      } else {
        in.reset();
        decide();
      }
    }
    return given > 0 || rest == null ? given : rest.read(target, offset, length);
  }

  private void decide() throws IOException {
    in.mark(LOOK);
    byte[] run = in.readNBytes(LOOK);
    in.reset();
    int end = 0;
    while (end < run.length && run[end] < 0) {
      end++;
    }
    if (end == LOOK) {
      // The last letter may go on behind.
      while (end > LOOK - 4 && (run[end - 1] & 0xC0) == 0x80) {
        end--;
      }
      end--;
    }
    utf8 = Utf8.valid(run, 0, end);
    rest = utf8 ? new EscapingUtf8(in) : new InputStreamReader(in, declared);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

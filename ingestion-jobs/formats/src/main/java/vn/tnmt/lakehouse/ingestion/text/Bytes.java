package vn.tnmt.lakehouse.ingestion.text;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of which each character stands for one byte. */
public final class Bytes {
  /** What Windows-1252 has at 0x80 to 0x9F; where it has nothing, the control character stays. */
  private static final String WINDOWS_1252_UPPER =
      "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
          + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

  private static final String MARK = "\u00EF\u00BB\u00BF";
  private static final String MARK_TWICE = "\u00C3\u00AF\u00C2\u00BB\u00C2\u00BF";

  private Bytes() {}

  /** Length of the UTF-8 byte order marks that a file begins with, those encoded twice included. */
  public static int marks(byte[] head, int length) {
    int at = 0;
    for (int more = -1; more != 0; at += more) {
      String begin = new String(head, at, Math.min(6, length - at), StandardCharsets.ISO_8859_1);
      more = begin.startsWith(MARK) ? 3 : begin.equals(MARK_TWICE) ? 6 : 0;
    }
    return at;
  }

  /** The character that Windows-1252 has for a byte, as browsers read it. */
  static char windows1252(int b) {
    return b >= 0x80 && b < 0xA0 ? WINDOWS_1252_UPPER.charAt(b - 0x80) : (char) b;
  }

  public static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Whether each character can stand for one byte. */
  static boolean bytewise(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /**
   * The bytes that a text shows when it was read as Windows-1252, bytewise; null when it holds
   * characters that Windows-1252 does not have.
   */
  static @Nullable String mojibake(String text) {
    StringBuilder bytes = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xFF) {
        int upper = WINDOWS_1252_UPPER.indexOf(c);
        if (upper < 0) {
          return null;
        }
        c = (char) (0x80 + upper);
      }
      bytes.append(c);
    }
    return bytes.toString();
  }

  /** The text of bytes in UTF-8; U+FFFD for what is none. */
  static String utf8(String bytewise) {
    return new String(bytewise.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** The text of bytes in UTF-8, or null when they are not well-formed. */
  static @Nullable String utf8OrNull(String bytewise) {
    String text = utf8(bytewise);
    // A well-formed U+FFFD is three bytes; only then does the text give the same bytes again.
    return text.indexOf('\uFFFD') >= 0
            && !new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .equals(bytewise)
        ? null
        : text;
  }
}

package vn.tnmt.lakehouse.ingestion.reader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8 over byte ranges, without exceptions. */
public final class Utf8 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The text of a range that is known to be ASCII, or else to be valid UTF-8. */
  public static String text(byte[] bytes, int from, int to, boolean ascii) {
    return new String(
        bytes, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** The text of a range in an unknown encoding: one character a byte, so that nothing is lost. */
  public static String bytewise(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Well-formed by table 3-7 of the Unicode standard: no overlong forms, no surrogates. */
  public static boolean valid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      while (i + 8 <= to && ((long) EIGHT.get(bytes, i) & HIGH_BITS) == 0) {
        i += 8;
      }
      if (i == to) {
        break;
      }
      int lead = bytes[i++];
      if (lead >= 0) {
        continue;
      }
      int more =
          lead >= -62 && lead < -32
              ? 1
              : lead >= -32 && lead < -16 ? 2 : lead >= -16 && lead <= -12 ? 3 : 0;
      if (more == 0 || i + more > to) {
        return false;
      }
      int second = bytes[i] & 0xFF;
      int low = lead == -32 ? 0xA0 : lead == -16 ? 0x90 : 0x80;
      int high = lead == -19 ? 0x9F : lead == -12 ? 0x8F : 0xBF;
      if (second < low || second > high) {
        return false;
      }
      for (int k = 1; k < more; k++) {
        if ((bytes[i + k] & 0xC0) != 0x80) {
          return false;
        }
      }
      i += more;
    }
    return true;
  }

  /** A byte that no text holds: a control character other than TAB, LF, FF and CR. */
  public static boolean control(byte b) {
    return (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') || b == 0x7F;
  }
}

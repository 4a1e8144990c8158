package vn.tnmt.lakehouse.ingestion.mapping;

import java.text.Normalizer;

/** Text as the platform keeps it. */
final class Texts {
  private Texts() {}

  /** Trimmed of every kind of space, and in Unicode's composed form (NFC). */
  static String clean(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && space(text.charAt(from))) {
      from++;
    }
    while (to > from && space(text.charAt(to - 1))) {
      to--;
    }
    String trimmed = text.substring(from, to);
    for (int i = 0; i < trimmed.length(); i++) {
      if (!composed(trimmed.charAt(i))) {
        return Normalizer.isNormalized(trimmed, Normalizer.Form.NFC)
            ? trimmed
            : Normalizer.normalize(trimmed, Normalizer.Form.NFC);
      }
    }
    return trimmed;
  }

  /** Whether text of such characters alone is in NFC: Latin and the letters of Vietnamese. */
  private static boolean composed(char c) {
    return c < 0x300 || (c >= 0x1E00 && c < 0x1F00);
  }

  private static boolean space(char c) {
    return c <= ' ' || (c >= 0x80 && (Character.isSpaceChar(c) || c == '\uFEFF'));
  }
}

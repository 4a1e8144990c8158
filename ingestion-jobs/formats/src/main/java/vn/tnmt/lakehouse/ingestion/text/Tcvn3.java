package vn.tnmt.lakehouse.ingestion.text;

import java.util.Locale;

/**
 * TCVN3 (ABC). A capital with a tone has the byte of its small letter and only looks like a capital
 * because of its font, which a data file does not tell. So letters are read as capitals where their
 * neighbours are: in a word of two or more ASCII capitals and no ASCII small letter, and in the
 * whole field when it has such a word and no small letter anywhere.
 */
final class Tcvn3 {
  private Tcvn3() {}

  static String decode(String bytewise) {
    String text = SingleBytes.TCVN3.decode(bytewise);
    if (Bytes.ascii(bytewise)) {
      return text;
    }
    StringBuilder words = new StringBuilder(text);
    boolean any = false;
    for (int from = 0; from < text.length(); ) {
      int to = from;
      while (to < text.length() && bytewise.charAt(to) > ' ') {
        to++;
      }
      if (capitals(bytewise, from, to)) {
        any = true;
        words.replace(from, to, upper(text.substring(from, to)));
      }
      from = to + 1;
    }
    return any && capitals(bytewise, 0, bytewise.length()) ? upper(text) : words.toString();
  }

  static String decodeCapitals(String bytewise) {
    return upper(SingleBytes.TCVN3.decode(bytewise));
  }

  private static boolean capitals(String text, int from, int to) {
    int capitals = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        return false;
      }
      capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
    }
    return capitals >= 2;
  }

  /** Character by character: the length stays the same. */
  private static String upper(String text) {
    StringBuilder upper = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      String one = text.substring(i, i + 1).toUpperCase(Locale.ROOT);
      // ß becomes two letters, µ a Greek one: neither is meant
      upper.append(
          one.length() == 1 && Vietnamese.letter(one.charAt(0)) ? one.charAt(0) : text.charAt(i));
    }
    return upper.toString();
  }
}

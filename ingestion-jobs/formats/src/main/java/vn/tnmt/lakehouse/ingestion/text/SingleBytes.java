package vn.tnmt.lakehouse.ingestion.text;

import java.util.Arrays;
import java.util.Map;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** An encoding of one byte a letter: 256 characters, U+FFFD where there is none. */
final class SingleBytes {
  static final char NONE = '\uFFFD';

  static final SingleBytes WINDOWS_1252 = new SingleBytes(windows1252());
  static final SingleBytes VISCII = new SingleBytes(withList(ascii(), "enc_viscii"));
  static final SingleBytes TCVN3 = new SingleBytes(withList(windowsSigns(), "enc_tcvn3"));

  private final char[] characters;

  private SingleBytes(char[] characters) {
    this.characters = characters;
  }

  String decode(String bytewise) {
    if (Bytes.ascii(bytewise) && !controls(bytewise)) {
      return bytewise;
    }
    char[] text = new char[bytewise.length()];
    for (int i = 0; i < text.length; i++) {
      char c = bytewise.charAt(i);
      text[i] = c > 0xFF ? NONE : characters[c];
    }
    return new String(text);
  }

  char character(int b) {
    return characters[b];
  }

  /** VISCII has letters among the control characters. */
  private static boolean controls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ') {
        return true;
      }
    }
    return false;
  }

  private static char[] ascii() {
    char[] table = new char[256];
    Arrays.fill(table, NONE);
    for (char c = 0; c < 0x80; c++) {
      table[c] = c;
    }
    return table;
  }

  private static char[] windows1252() {
    char[] table = new char[256];
    for (int b = 0; b < 256; b++) {
      char c = Bytes.windows1252(b);
      table[b] = c >= 0x80 && c < 0xA0 ? NONE : c;
    }
    return table;
  }

  /**
   * ASCII and the signs of Windows-1252 (quotes, dashes, degree, …): fonts with other letters keep
   * them, and cells with them come from the same keyboards.
   */
  static char[] windowsSigns() {
    char[] table = windows1252();
    for (int b = 0x80; b < 256; b++) {
      if (!Vietnamese.sign(table[b])) {
        table[b] = NONE;
      }
    }
    return table;
  }

  private static char[] withList(char[] table, String list) {
    for (Map<String, String> row : CodeLists.bundled().rows(list)) {
      table[Integer.parseInt(row.get("byte_hex"), 16)] = row.get("unicode").charAt(0);
    }
    return table;
  }
}

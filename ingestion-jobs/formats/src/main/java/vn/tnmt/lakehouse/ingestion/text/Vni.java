package vn.tnmt.lakehouse.ingestion.text;

import java.util.HashMap;
import java.util.Map;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** VNI-Windows: one or two bytes a letter, the longest match first. */
final class Vni {
  private static final Map<Integer, Character> PAIRS = new HashMap<>();
  private static final char[] SINGLES = SingleBytes.windowsSigns();

  static {
    for (Map<String, String> row : CodeLists.bundled().rows("enc_vni")) {
      String hex = row.get("bytes_hex");
      int first = Integer.parseInt(hex.substring(0, 2), 16);
      char letter = row.get("unicode").charAt(0);
      if (hex.length() > 2) {
        PAIRS.put(first << 8 | Integer.parseInt(hex.substring(3), 16), letter);
      } else {
        SINGLES[first] = letter;
      }
    }
  }

  private Vni() {}

  static String decode(String bytewise) {
    if (Bytes.ascii(bytewise)) {
      return bytewise;
    }
    StringBuilder text = new StringBuilder(bytewise.length());
    int i = 0;
    while (i < bytewise.length()) {
      char c = bytewise.charAt(i);
      char mark = i + 1 < bytewise.length() ? bytewise.charAt(i + 1) : 0;
      Character pair = mark >= 0x80 && mark <= 0xFF ? PAIRS.get(c << 8 | mark) : null;
      if (pair != null) {
        text.append(pair.charValue());
        i += 2;
      } else {
        text.append(c > 0xFF ? SingleBytes.NONE : SINGLES[c]);
        i++;
      }
    }
    return text.toString();
  }
}

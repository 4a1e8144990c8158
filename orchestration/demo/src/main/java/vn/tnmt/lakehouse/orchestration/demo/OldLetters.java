package vn.tnmt.lakehouse.orchestration.demo;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/** Vietnamese text as programs wrote it before Unicode, from code lists enc_tcvn3 and enc_vni. */
final class OldLetters {
  private static final Map<Character, String> TCVN3 = new HashMap<>();
  private static final Map<Character, byte[]> VNI = new HashMap<>();

  static {
    for (Map<String, String> row : CodeLists.bundled().rows("enc_tcvn3")) {
      TCVN3.put(row.get("unicode").charAt(0), row.get("cp1252_mojibake"));
    }
    for (Map<String, String> row : CodeLists.bundled().rows("enc_vni")) {
      VNI.put(
          row.get("unicode").charAt(0),
          HexFormat.of().parseHex(row.get("bytes_hex").replace(" ", "")));
    }
  }

  private OldLetters() {}

  /**
   * Text typed with an ABC font into a spreadsheet: each byte of TCVN3 is stored as the letter that
   * Windows-1252 has for it. TCVN3 has no capitals with tones; the small letter stands for them.
   */
  static String tcvn3(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              String letter = TCVN3.get((char) c);
              String small = letter == null ? TCVN3.get(Character.toLowerCase((char) c)) : letter;
              shown.append(small == null ? Character.toString(c) : small);
            });
    return shown.toString();
  }

  /** The bytes of VNI-Windows. */
  static byte[] vni(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.chars().forEach(c -> bytes.writeBytes(VNI.getOrDefault((char) c, new byte[] {(byte) c})));
    return bytes.toByteArray();
  }
}

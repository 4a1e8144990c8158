package vn.tnmt.lakehouse.ingestion.text;

import java.text.Normalizer;

/** Windows-1258: Windows-1252 with Vietnamese letters and combining tone marks in some places. */
final class Windows1258 {
  private static final String AT =
      "\u00C3\u00CC\u00D0\u00D2\u00D5\u00DD\u00DE\u00E3\u00EC\u00F0\u00F2\u00F5\u00FD\u00FE\u008A\u008E\u009A\u009E";
  private static final String STANDS =
      "\u0102\u0300\u0110\u0309\u01A0\u01AF\u0303\u0103\u0301\u0111\u0323\u01A1\u01B0\u20AB\uFFFD\uFFFD\uFFFD\uFFFD";

  private Windows1258() {}

  static String decode(String bytewise) {
    if (Bytes.ascii(bytewise)) {
      return bytewise;
    }
    StringBuilder text = new StringBuilder(bytewise.length());
    for (int i = 0; i < bytewise.length(); i++) {
      char c = bytewise.charAt(i);
      int other = AT.indexOf(c);
      text.append(
          other >= 0
              ? STANDS.charAt(other)
              : c > 0xFF ? SingleBytes.NONE : SingleBytes.WINDOWS_1252.character(c));
    }
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}

package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.ReaderInputStream;

/** XML as UTF-8 without byte order marks, whichever it begins with. */
final class XmlBytes {
  private static final int MARK = 3;

  private XmlBytes() {}

  static InputStream utf8(InputStream bytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, MARK);
    while (true) {
      byte[] head = in.readNBytes(MARK);
      boolean utf16 = starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE);
      if (!starts(head, 0xEF, 0xBB, 0xBF)) {
        in.unread(head);
        return utf16
            ? ReaderInputStream.builder()
                .setReader(new InputStreamReader(in, StandardCharsets.UTF_16))
                .setCharset(StandardCharsets.UTF_8)
                .get()
            : in;
      }
    }
  }

  private static boolean starts(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}

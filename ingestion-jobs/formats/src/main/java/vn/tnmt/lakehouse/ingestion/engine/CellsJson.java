package vn.tnmt.lakehouse.ingestion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;

/**
 * Cells as one JSON object, {@code {"ma_mau":"M-01","pH":"7,2"}}: the form in which raw tables keep
 * them and over which a record's hash is taken. Names and texts in the order of the file, no white
 * space; escaped are quote, backslash, what is below U+0020 (as {@code \}{@code u00xx}) and a
 * surrogate without its other half, and nothing else, so that equal cells are equal bytes. One
 * instance serves one thread.
 */
public final class CellsJson {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** 1 in each byte. */
  private static final long ONES = 0x0101010101010101L;

  /** Bytes that are escaped. */
  private static final boolean[] ESCAPED = new boolean[256];

  static {
    Arrays.fill(ESCAPED, 0, 0x20, true);
    ESCAPED['"'] = ESCAPED['\\'] = true;
  }

  private final Map<Header, Lead[]> known = new WeakHashMap<>();
  private Header header;
  private Lead[] leads;
  private byte[] out = new byte[1024];
  private int size;

  /** UTF-8, an array of its own. */
  byte[] of(Cells cells) {
    if (cells.header() != header) {
      header = cells.header();
      leads = known.computeIfAbsent(header, this::leads);
    }
    size = 0;
    byte[] bytes = cells.bytes();
    for (int i = 0; i < leads.length; i++) {
      lead(leads[i]);
      if (bytes == null) {
        text(cells.text(i));
      } else {
        bytes(bytes, cells.from(i), cells.to(i));
      }
    }
    room(2);
    if (leads.length == 0) {
      out[size++] = '{';
    } else {
      out[size++] = '"';
    }
    out[size++] = '}';
    return Arrays.copyOf(out, size);
  }

  /** What stands before a text: the end of the text before, a name, a colon. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  private record Lead(byte[] bytes, int size) {}

  private void lead(Lead lead) {
    byte[] from = lead.bytes;
    room(from.length);
    for (int i = 0; i < from.length; i += 8) {
      EIGHT.set(out, size + i, (long) EIGHT.get(from, i));
    }
    size += lead.size;
  }

  private Lead[] leads(Header of) {
    Lead[] forms = new Lead[of.size()];
    for (int i = 0; i < forms.length; i++) {
      size = 0;
      room(3);
      if (i > 0) {
        out[size++] = '"';
      }
      out[size++] = (byte) (i == 0 ? '{' : ',');
      out[size++] = '"';
      text(of.names().get(i));
      room(3);
      out[size++] = '"';
      out[size++] = ':';
      out[size++] = '"';
      forms[i] = new Lead(Arrays.copyOf(out, (size + 7) / 8 * 8), size);
    }
    return forms;
  }

  private void text(String text) {
    int length = text.length();
    room(6 * length);
    byte[] to = out;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (ESCAPED[c]) {
          at = escaped(to, at, c);
        } else {
          to[at++] = (byte) c;
        }
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | (c >> 6));
        to[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        to[at++] = (byte) (0xE0 | (c >> 12));
        to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        to[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        to[at++] = (byte) (0xF0 | (point >> 18));
        to[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        to[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        to[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        at = escaped(to, at, c);
      }
    }
    size = at;
  }

  private void bytes(byte[] bytes, int from, int end) {
    room(6 * (end - from) + 8);
    byte[] to = out;
    int at = size;
    int i = from;
    for (; i < end && i + 8 <= bytes.length; i += 8, at += 8) {
      long eight = (long) EIGHT.get(bytes, i);
      if (escapes(eight)) {
        break;
      }
      // What is behind the cell's end is written over.
      EIGHT.set(to, at, eight);
    }
    if (i > end) {
      at -= i - end;
    }
    for (; i < end; i++) {
      byte b = bytes[i];
      if (ESCAPED[b & 0xFF]) {
        at = escaped(to, at, (char) b);
      } else {
        to[at++] = b;
      }
    }
    size = at;
  }

  /** Whether one of eight bytes is below 0x20, a quote or a backslash. */
  private static boolean escapes(long eight) {
    long below = (eight - 0x20 * ONES) & ~eight;
    return ((below | zero(eight ^ '"' * ONES) | zero(eight ^ '\\' * ONES)) & HIGH_BITS) != 0;
  }

  /** Has the high bit of a byte set where the byte is 0, and perhaps of one above such a byte. */
  private static long zero(long eight) {
    return (eight - ONES) & ~eight;
  }

  private static int escaped(byte[] to, int size, char c) {
    int at = size;
    to[at++] = '\\';
    if (c == '"' || c == '\\') {
      to[at++] = (byte) c;
      return at;
    }
    to[at++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      to[at++] = HEX[c >> shift & 0xF];
    }
    return at;
  }

  private void room(int more) {
    if (more > out.length - size) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
    }
  }

  /** Name → text in the order of the file, of what this class has written. */
  public static Map<String, String> parse(String json) {
    Map<String, String> cells = new LinkedHashMap<>();
    int at = 1;
    StringBuilder text = new StringBuilder();
    while (json.charAt(at) != '}') {
      at = string(json, at + (json.charAt(at) == ',' ? 2 : 1), text);
      String name = text.toString();
      at = string(json, at + 2, text);
      cells.put(name, text.toString());
    }
    return cells;
  }

  /** From behind the opening quote to behind the closing one. */
  private static int string(String json, int from, StringBuilder text) {
    text.setLength(0);
    int at = from;
    while (true) {
      char c = json.charAt(at++);
      if (c == '"') {
        return at;
      }
      if (c == '\\') {
        c = json.charAt(at++);
        if (c == 'u') {
          c = (char) Integer.parseInt(json, at, at + 4, 16);
          at += 4;
        }
      }
      text.append(c);
    }
  }
}

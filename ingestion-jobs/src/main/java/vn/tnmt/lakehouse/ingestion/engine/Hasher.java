package vn.tnmt.lakehouse.ingestion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/**
 * SHA-256 over records and rows in a form that never changes: each value is a tag and its bytes,
 * texts and bytes with their length before them, numbers big-endian. One instance serves one
 * thread.
 */
final class Hasher {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;
  private Header header;
  private byte[][] names;
  private final Map<Header, byte[][]> known = new WeakHashMap<>();
  private byte[] buffer = new byte[512];
  private int size;

  Hasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** First 16 bytes, of names, cells and text. */
  byte[] ofRecord(RawRecord record) {
    size = 0;
    Cells cells = Cells.copyOf(record.cells());
    if (cells.header() != header) {
      header = cells.header();
      names = known.computeIfAbsent(header, this::names);
    }
    byte[] bytes = cells.bytes();
    for (int i = 0; i < names.length; i++) {
      bytes(names[i], 0, names[i].length);
      if (bytes == null) {
        text(cells.text(i));
      } else {
        cell(cells, bytes, i);
      }
    }
    text(record.text());
    return Arrays.copyOf(digest(), 16);
  }

  /** First 8 bytes, of typed values. */
  long ofRow(Object[] row) {
    size = 0;
    for (Object value : row) {
      value(value);
    }
    byte[] hash = digest();
    long first = 0;
    for (int i = 0; i < 8; i++) {
      first = first << 8 | hash[i] & 0xFF;
    }
    return first;
  }

  /** The names of a header in the form in which they are hashed. */
  private byte[][] names(Header of) {
    byte[][] forms = new byte[of.size()][];
    for (int i = 0; i < forms.length; i++) {
      int before = size;
      text(of.names().get(i));
      forms[i] = Arrays.copyOfRange(buffer, before, size);
      size = before;
    }
    return forms;
  }

  /** As {@link #text}, without making the text where UTF-8 and CESU-8 are the same. */
  private void cell(Cells cells, byte[] bytes, int position) {
    int from = cells.from(position);
    int length = cells.to(position) - from;
    int units = length;
    if (!cells.ascii()) {
      for (int i = from; i < from + length; i++) {
        if ((bytes[i] & 0xF8) == 0xF0) {
          text(cells.text(position));
          return;
        }
        units -= (bytes[i] & 0xC0) == 0x80 ? 1 : 0;
      }
    }
    eight(units);
    bytes(bytes, from, length);
  }

  private void bytes(byte[] bytes, int from, int length) {
    room(length);
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
  }

  private byte[] digest() {
    digest.update(buffer, 0, size);
    return digest.digest();
  }

  private void value(Object value) {
    if (value == null) {
      one('0');
    } else if (value instanceof String text) {
      one('S');
      text(text);
    } else if (value instanceof Double number) {
      one('D');
      // Adding zero makes -0.0 and 0.0 the same.
      eight(Double.doubleToLongBits(number + 0.0));
    } else if (value instanceof Long number) {
      one('L');
      eight(number);
    } else if (value instanceof Instant instant) {
      one('T');
      eight(instant.getEpochSecond());
      eight(instant.getNano());
    } else if (value instanceof LocalDate date) {
      one('A');
      eight(date.toEpochDay());
    } else if (value instanceof Boolean flag) {
      one(flag ? 'Y' : 'N');
    } else if (value instanceof byte[] bytes) {
      one('B');
      eight(bytes.length);
      room(bytes.length);
      System.arraycopy(bytes, 0, buffer, size, bytes.length);
      size += bytes.length;
    } else {
      throw new IllegalArgumentException("a row holds no " + value.getClass().getName());
    }
  }

  /** Length in UTF-16 units, then each unit as UTF-8 writes it (CESU-8). */
  private void text(String text) {
    int length = text.length();
    eight(length);
    room(length * 3);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        buffer[size++] = (byte) c;
      } else if (c < 0x800) {
        buffer[size++] = (byte) (0xC0 | c >> 6);
        buffer[size++] = (byte) (0x80 | c & 0x3F);
      } else {
        buffer[size++] = (byte) (0xE0 | c >> 12);
        buffer[size++] = (byte) (0x80 | c >> 6 & 0x3F);
        buffer[size++] = (byte) (0x80 | c & 0x3F);
      }
    }
  }

  private void one(char tag) {
    room(1);
    buffer[size++] = (byte) tag;
  }

  private void eight(long number) {
    room(8);
    LONG.set(buffer, size, number);
    size += 8;
  }

  private void room(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}

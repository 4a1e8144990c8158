package vn.tnmt.lakehouse.ingestion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Hashes of records and rows in forms that never change. One instance serves one thread.
 *
 * <p>A record's tells it from every other one, whoever wrote them: SHA-256 over its cells as {@link
 * CellsJson} writes them and its text, {@code sha2(concat(cells, text), 256)} in SQL. A row's tells
 * whether two of one key say the same: MurmurHash3 (x64, 128 bits, seed 0) over its values, each a
 * tag and its bytes, texts and bytes with their length before them, numbers big-endian.
 */
final class Hasher {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;
  private byte[] buffer = new byte[512];
  private int size;

  Hasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** First 16 bytes: of the cells' JSON form and, behind it, the UTF-8 of the text. */
  byte[] ofRecord(byte[] cells, String text) {
    digest.update(cells);
    if (!text.isEmpty()) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
    }
    return Arrays.copyOf(digest.digest(), 16);
  }

  /** First 8 bytes as a little-endian number, of typed values. */
  long ofRow(Object[] row) {
    size = 0;
    for (Object value : row) {
      value(value);
    }
    return MurmurHash3.hash128x64(buffer, 0, size, 0)[0];
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

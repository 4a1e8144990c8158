package vn.tnmt.lakehouse.ingestion.engine;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Tells without Spark whether two versions of one key say the same: a hash of a row in a form that
 * never changes. The pipeline compares by Spark's own hash, which SQL can compute again.
 *
 * <p>The values are words of 64 bits, a tag before each value and a length before texts and bytes;
 * each word is taken in by {@code h = m xor (m >>> 32)} where {@code m = (h xor word) *
 * 0x9E3779B97F4A7C15} modulo 2^64, from {@code h = 0} on. Every step can be undone, so rows of one
 * shape that differ in one word (a number, a date, letters of one group of four) never have the
 * same hash; others have it by chance once in 2^64, and who wants to can make such rows.
 */
public final class ContentHash {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private ContentHash() {}

  /** Of typed values. */
  public static long of(Object[] row) {
    long hash = 0;
    for (Object value : row) {
      hash = value(hash, value);
    }
    return hash;
  }

  private static long value(long hash, @Nullable Object value) {
    if (value == null) {
      return word(hash, '0');
    }
    if (value instanceof Double number) {
      // Adding zero makes -0.0 and 0.0 the same.
      return word(word(hash, 'D'), Double.doubleToLongBits(number + 0.0));
    }
    if (value instanceof String text) {
      return text(word(hash, 'S'), text);
    }
    if (value instanceof Long number) {
      return word(word(hash, 'L'), number);
    }
    if (value instanceof Instant instant) {
      // Tables keep microseconds.
      return word(
          word(word(hash, 'T'), instant.getEpochSecond()), instant.getNano() / 1000 * 1000L);
    }
    if (value instanceof LocalDate date) {
      return word(word(hash, 'A'), date.toEpochDay());
    }
    if (value instanceof Boolean flag) {
      return word(hash, flag ? 'Y' : 'N');
    }
    if (value instanceof byte[] bytes) {
      return bytes(word(hash, 'B'), bytes);
    }
    throw new IllegalArgumentException("a row holds no " + value.getClass().getName());
  }

  /** The number of UTF-16 units, then four of them in a word, the first one the highest. */
  private static long text(long before, String text) {
    int length = text.length();
    long hash = word(before, length);
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      hash =
          word(
              hash,
              (long) text.charAt(i) << 48
                  | (long) text.charAt(i + 1) << 32
                  | (long) text.charAt(i + 2) << 16
                  | text.charAt(i + 3));
    }
    if (i == length) {
      return hash;
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << 16 | text.charAt(i);
    }
    return word(hash, rest);
  }

  /** Their number, then eight of them in a word, the first one the highest. */
  private static long bytes(long before, byte[] bytes) {
    long hash = word(before, bytes.length);
    for (int i = 0; i < bytes.length; ) {
      long eight = 0;
      for (int end = Math.min(i + 8, bytes.length); i < end; i++) {
        eight = (eight << 8) | (bytes[i] & 0xFF);
      }
      hash = word(hash, eight);
    }
    return hash;
  }

  private static long word(long hash, long word) {
    long product = (hash ^ word) * FACTOR;
    return product ^ product >>> 32;
  }
}

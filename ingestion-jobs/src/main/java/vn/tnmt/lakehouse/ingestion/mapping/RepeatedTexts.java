package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.Arrays;

/**
 * The values of short texts that a column had lately, by their bytes: codes, dates and names of
 * stations come again and again, and need not be decoded, cleaned and parsed each time. A text
 * takes the place of another one with the same hash.
 */
final class RepeatedTexts {
  private static final int SIZE = 256;
  private static final int LONGEST = 24;

  private final byte[][] texts = new byte[SIZE][];
  private final Object[] values = new Object[SIZE];

  /** Null when the text was not seen lately. */
  Object get(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      return null;
    }
    int place = place(bytes, from, to);
    byte[] text = texts[place];
    return text != null && Arrays.equals(text, 0, text.length, bytes, from, to)
        ? values[place]
        : null;
  }

  void put(byte[] bytes, int from, int to, Object value) {
    if (to - from <= LONGEST) {
      int place = place(bytes, from, to);
      texts[place] = Arrays.copyOfRange(bytes, from, to);
      values[place] = value;
    }
  }

  private static int place(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (SIZE - 1);
  }
}

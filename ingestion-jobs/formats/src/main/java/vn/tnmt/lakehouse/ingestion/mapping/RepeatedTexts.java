package vn.tnmt.lakehouse.ingestion.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of texts that a column had lately, by their bytes: codes, dates and names of stations
 * come again and again, and need not be decoded, cleaned and parsed each time. A text takes the
 * place of another one with the same hash.
 */
final class RepeatedTexts {
  /** Stands for a text that has no value, as a marker for a missing one has none. */
  static final Object NOTHING = new Object();

  private static final int LONGEST = 96;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Recency recency;
  private byte[][] texts;
  private Object[] values;

  RepeatedTexts(Recency.Allowance allowance) {
    recency = new Recency(allowance);
    forget();
  }

  private void forget() {
    texts = new byte[recency.slots()][];
    values = new Object[recency.slots()];
  }

  /** Null when the text was not seen lately, {@link #NOTHING} when it has no value. */
  @Nullable Object get(byte[] bytes, int from, int to) {
    if (to - from > LONGEST || !recency.awake()) {
      return null;
    }
    int place = place(bytes, from, to);
    byte[] text = texts[place];
    boolean hit = text != null && Arrays.equals(text, 0, text.length, bytes, from, to);
    Object value = hit ? values[place] : null;
    if (recency.looked(hit)) {
      forget();
    }
    return value;
  }

  void put(byte[] bytes, int from, int to, @Nullable Object value) {
    if (to - from <= LONGEST && !recency.resting()) {
      int place = place(bytes, from, to);
      texts[place] = Arrays.copyOfRange(bytes, from, to);
      values[place] = value == null ? NOTHING : value;
    }
  }

  private int place(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    if (to - from >= 8) {
      for (int i = from; i < to - 8; i += 8) {
        hash = mixed(hash, (long) EIGHT.get(bytes, i));
      }
      hash = mixed(hash, (long) EIGHT.get(bytes, to - 8));
    } else {
      for (int i = from; i < to; i++) {
        hash = hash << 8 ^ bytes[i];
      }
      hash = mixed(hash, 0);
    }
    return (int) (hash >>> 32) & (texts.length - 1);
  }

  private static long mixed(long hash, long eight) {
    long mixed = (hash ^ eight) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }
}

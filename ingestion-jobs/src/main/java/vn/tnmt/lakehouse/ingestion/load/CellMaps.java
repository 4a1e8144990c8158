package vn.tnmt.lakehouse.ingestion.load;

import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeMapData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;

/**
 * Cells as Spark's maps. Where cells are bytes they are copied into the binary form that Spark's
 * own rows have ({@link UnsafeMapData}: size of the keys, keys, values; an array is its length,
 * null bits, a word of offset and size for each element, then the elements at multiples of 8),
 * without a text in between. Such a map is good until the next one is made.
 */
final class CellMaps {
  private static final long BASE = Platform.BYTE_ARRAY_OFFSET;

  private final UnsafeMapData map = new UnsafeMapData();
  private byte[] buffer = new byte[4096];
  private Header header;
  private Keys keys;
  private final Map<Header, Keys> known = new WeakHashMap<>();

  /**
   * The names of a header.
   *
   * @param bytes the size of the keys and the keys
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Keys(GenericArrayData names, byte[] bytes) {
    static Keys of(Header header) {
      UTF8String[] texts =
          header.names().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
      return new Keys(new GenericArrayData(texts), CellMaps.keys(texts));
    }
  }

  MapData of(Cells cells) {
    if (cells.header() != header) {
      header = cells.header();
      keys = known.computeIfAbsent(header, Keys::of);
    }
    return cells.bytes() == null ? ofTexts(cells) : ofBytes(cells);
  }

  private MapData ofTexts(Cells cells) {
    Object[] texts = new Object[cells.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = UTF8String.fromString(cells.text(i));
    }
    return new ArrayBasedMapData(keys.names, new GenericArrayData(texts));
  }

  private MapData ofBytes(Cells cells) {
    byte[] bytes = cells.bytes();
    int count = cells.size();
    int fixed = UnsafeArrayData.calculateHeaderPortionInBytes(count) + 8 * count;
    int begin = keys.bytes.length;
    int size = begin + fixed;
    for (int i = 0; i < count; i++) {
      size += cells.to(i) - cells.from(i) + 7 & ~7;
    }
    if (buffer.length < size) {
      buffer = new byte[Math.max(size, 2 * buffer.length)];
    }
    byte[] out = buffer;
    System.arraycopy(keys.bytes, 0, out, 0, begin);
    Arrays.fill(out, begin, begin + fixed - 8 * count, (byte) 0);
    Platform.putLong(out, BASE + begin, count);
    int words = begin + fixed - 8 * count;
    int at = begin + fixed;
    for (int i = 0; i < count; i++) {
      int from = cells.from(i);
      int length = cells.to(i) - from;
      Platform.putLong(out, BASE + words + 8L * i, (long) (at - begin) << 32 | length);
      System.arraycopy(bytes, from, out, at, length);
      int padded = length + 7 & ~7;
      for (int k = length; k < padded; k++) {
        out[at + k] = 0;
      }
      at += padded;
    }
    map.pointTo(out, BASE, at);
    return map;
  }

  private static byte[] keys(UTF8String[] texts) {
    int fixed = UnsafeArrayData.calculateHeaderPortionInBytes(texts.length) + 8 * texts.length;
    int size = 8 + fixed;
    for (UTF8String text : texts) {
      size += text.numBytes() + 7 & ~7;
    }
    byte[] out = new byte[size];
    Platform.putLong(out, BASE, size - 8L);
    Platform.putLong(out, BASE + 8, texts.length);
    int at = fixed;
    for (int i = 0; i < texts.length; i++) {
      int length = texts[i].numBytes();
      long word = (long) at << 32 | length;
      Platform.putLong(out, BASE + 8 + fixed - 8L * (texts.length - i), word);
      System.arraycopy(texts[i].getBytes(), 0, out, 8 + at, length);
      at += length + 7 & ~7;
    }
    return out;
  }
}

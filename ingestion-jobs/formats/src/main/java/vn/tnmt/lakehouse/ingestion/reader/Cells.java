package vn.tnmt.lakehouse.ingestion.reader;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one record: an immutable map in file order over a shared {@link Header}.
 *
 * <p>Cells that were cut from a line of text keep its bytes: a text is made when it is asked for,
 * and what only carries cells on ({@link #bytes}) needs none.
 */
public final class Cells extends AbstractMap<String, String> {
  /** Name of the cell with a record's geometry, where the format gives one. */
  public static final String GEOMETRY = "$geometry";

  /** Name of the cell with a feature's id. */
  public static final String ID = "$id";

  /** Name of the cell with the sheet of a workbook that a record is from. */
  public static final String SHEET = "$sheet";

  /** Name of the cell with the layer of a file that a record is from. */
  public static final String LAYER = "$layer";

  private static final Cells NONE = new Cells(Header.of());

  /** How the bytes of cells are to be understood. */
  public enum Kind {
    ASCII,
    UTF8,
    /** One character a byte. */
    BYTEWISE
  }

  private final Header header;
  private final String @Nullable [] values;
  private final byte @Nullable [] bytes;
  private final int @Nullable [] bounds;
  private final Kind kind;

  /** Takes ownership of {@code values}, which has one text for each name of the header. */
  public Cells(Header header, String... values) {
    if (values.length != header.size()) {
      throw new IllegalArgumentException(
          "%d values for %d names".formatted(values.length, header.size()));
    }
    this.header = header;
    this.values = values;
    this.bytes = null;
    this.bounds = null;
    this.kind = Kind.UTF8;
  }

  /**
   * Takes ownership of the arrays.
   *
   * @param bounds first byte and the byte after the last of each cell
   */
  public Cells(Header header, byte[] bytes, int[] bounds, Kind kind) {
    this.header = header;
    this.values = null;
    this.bytes = bytes;
    this.bounds = bounds;
    this.kind = kind;
  }

  public static Cells none() {
    return NONE;
  }

  public static Cells copyOf(Map<String, String> map) {
    return map instanceof Cells cells
        ? cells
        : new Cells(
            Header.of(map.keySet().toArray(String[]::new)), map.values().toArray(String[]::new));
  }

  public Header header() {
    return header;
  }

  /** The text at a position of the header. */
  public String text(int position) {
    if (values != null) {
      return values[position];
    }
    int from = bounds[2 * position];
    int length = bounds[2 * position + 1] - from;
    return length == 0
        ? ""
        : new String(
            bytes,
            from,
            length,
            kind == Kind.UTF8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  /**
   * The bytes that the cells were cut from, not to be changed; null when the cells are texts only
   * or their bytes are not UTF-8. Cell {@code i} is {@code [from(i), to(i))}.
   */
  public byte @Nullable [] bytes() {
    return kind == Kind.BYTEWISE ? null : bytes;
  }

  public int from(int position) {
    return bounds[2 * position];
  }

  public int to(int position) {
    return bounds[2 * position + 1];
  }

  @Override
  public int size() {
    return header.size();
  }

  @Override
  public @Nullable String get(Object name) {
    int position = name instanceof String text ? header.position(text) : -1;
    return position < 0 ? null : text(position);
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && header.position(text) >= 0;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return header.size();
      }

      @Override
      public Iterator<Entry<String, String>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < header.size();
          }

          @Override
          public Entry<String, String> next() {
            int position = next++;
            return Map.entry(header.names().get(position), text(position));
          }
        };
      }
    };
  }
}

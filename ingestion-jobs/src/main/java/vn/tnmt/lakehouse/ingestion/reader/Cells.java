package vn.tnmt.lakehouse.ingestion.reader;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The cells of one record: an immutable map in file order over a shared {@link Header}. */
public final class Cells extends AbstractMap<String, String> {
  private static final Cells NONE = new Cells(Header.of());

  private final Header header;
  private final String[] values;

  /** Takes ownership of {@code values}, which has one text for each name of the header. */
  public Cells(Header header, String... values) {
    if (values.length != header.size()) {
      throw new IllegalArgumentException(
          "%d values for %d names".formatted(values.length, header.size()));
    }
    this.header = header;
    this.values = values;
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
    return values[position];
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public String get(Object name) {
    int position = name instanceof String text ? header.position(text) : -1;
    return position < 0 ? null : values[position];
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
        return values.length;
      }

      @Override
      public Iterator<Entry<String, String>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < values.length;
          }

          @Override
          public Entry<String, String> next() {
            int position = next++;
            return Map.entry(header.names().get(position), values[position]);
          }
        };
      }
    };
  }
}

package vn.tnmt.lakehouse.ingestion.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.ingestion.text.Notation;

/**
 * The names of a record's cells, shared by all records of one shape. Compared by identity, so that
 * a mapping resolves names to positions once per shape and not once per record.
 */
public final class Header {
  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Notation[] notations;

  private Header(List<String> names, Notation... notations) {
    this.names = names;
    this.notations = notations;
    for (int i = 0; i < names.size(); i++) {
      positions.putIfAbsent(names.get(i), i);
    }
  }

  public static Header of(List<String> names) {
    return new Header(List.copyOf(names));
  }

  public static Header of(String... names) {
    return new Header(List.of(names));
  }

  /** The same names, with what the file tells about how each column is written. */
  public Header with(Notation... columns) {
    return new Header(names, columns);
  }

  /** How a column is written, where that had to be found in the file; never null. */
  public Notation notation(int position) {
    return position < 0 || position >= notations.length ? Notation.UNKNOWN : notations[position];
  }

  public List<String> names() {
    return names;
  }

  public int size() {
    return names.size();
  }

  /** Position of a name, or -1. */
  public int position(String name) {
    return positions.getOrDefault(name, -1);
  }
}

package vn.tnmt.lakehouse.ingestion.format;

import java.util.List;

/**
 * The cells that every file of a format has.
 *
 * @param names in the format's order
 * @param otherwise what to tell about a name that is none of them, in Vietnamese and English
 */
public record FixedCells(List<String> names, String otherwise) {
  public FixedCells {
    names = List.copyOf(names);
  }
}

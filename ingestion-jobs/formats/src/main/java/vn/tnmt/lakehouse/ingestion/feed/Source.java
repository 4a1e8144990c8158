package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;

/**
 * Where a value comes from, as written behind {@code from:}.
 *
 * <table>
 * <caption>Syntax</caption>
 * <tr><td>{@code name}</td><td>cell of that name (CSV column, GeoJSON property, station field)</td></tr>
 * <tr><td>{@code $path.group}</td><td>group of the file pattern</td></tr>
 * <tr><td>{@code $melt.parameter|unit|value|column}</td><td>the melted cell</td></tr>
 * <tr><td>{@code $geometry}</td><td>the geometry as WKB</td></tr>
 * <tr><td>{@code $geometry.xmin|ymin|xmax|ymax|geohash}</td><td>its bounds and geohash; of the row's
 * {@code lon}, {@code lat} when the contract has no geometry</td></tr>
 * <tr><td>{@code $sheet}</td><td>name of the workbook's sheet</td></tr>
 * <tr><td>{@code $layer}</td><td>name of the Shapefile's or GeoPackage's layer</td></tr>
 * <tr><td>{@code $row.column}</td><td>another contract column of the same row, after mapping; a time
 * becomes a date in the feed's time zone</td></tr>
 * </table>
 *
 * @param name what follows the kind; empty for the geometry itself
 */
public record Source(Kind kind, String name) implements Serializable {
  /** Kinds of sources. */
  public enum Kind {
    NONE,
    CELL,
    PATH,
    MELT,
    GEOMETRY,
    SHEET,
    LAYER,
    ROW
  }

  public static final Source NONE = new Source(Kind.NONE, "");
  public static final Set<String> MELT_NAMES = Set.of("parameter", "unit", "value", "column");
  public static final Set<String> GEOMETRY_NAMES =
      Set.of("", "xmin", "ymin", "xmax", "ymax", "geohash");

  /**
   * A source as the feed file writes it.
   *
   * @throws IllegalArgumentException when the text begins with {@code $} and is none of the above
   */
  public static Source parse(String text) {
    if (!text.startsWith("$")) {
      return new Source(Kind.CELL, HeaderNames.clean(text));
    }
    int dot = text.indexOf('.');
    String head = dot < 0 ? text : text.substring(0, dot);
    String name = dot < 0 ? "" : text.substring(dot + 1);
    return switch (head) {
      case "$path" -> named(Kind.PATH, name, text);
      case "$row" -> named(Kind.ROW, name, text);
      case "$melt" -> oneOf(Kind.MELT, name, MELT_NAMES, text);
      case "$sheet" -> oneOf(Kind.SHEET, name, Set.of(""), text);
      case "$layer" -> oneOf(Kind.LAYER, name, Set.of(""), text);
      case "$geometry" -> oneOf(Kind.GEOMETRY, name, GEOMETRY_NAMES, text);
      default -> throw unknown(text);
    };
  }

  private static Source named(Kind kind, String name, String text) {
    if (name.isEmpty()) {
      throw unknown(text);
    }
    return new Source(kind, name);
  }

  private static Source oneOf(Kind kind, String name, Set<String> known, String text) {
    if (!known.contains(name)) {
      throw unknown(text);
    }
    return new Source(kind, name);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "nguồn lạ / unknown source '"
            + text
            + "'; known: a column name, $path.<group>, $row.<column>,"
            + " $melt.parameter|unit|value|column, $sheet, $layer, $geometry[.xmin|ymin|xmax|ymax|geohash]");
  }

  /** As written in the feed. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "";
      case CELL -> name;
      case GEOMETRY -> name.isEmpty() ? "$geometry" : "$geometry." + name;
      case SHEET -> "$sheet";
      case LAYER -> "$layer";
      case PATH -> "$path." + name;
      case MELT -> "$melt." + name;
      case ROW -> "$row." + name;
    };
  }
}

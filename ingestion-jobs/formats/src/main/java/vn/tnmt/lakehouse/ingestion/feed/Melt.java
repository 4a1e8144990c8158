package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Map;

/**
 * Wide columns that become one row each. A melted record's cells are the other cells of its row,
 * followed by the one melted cell under its delivered name.
 *
 * @param columns delivered column name → what it measures, in the order of the feed
 */
public record Melt(Map<String, Melted> columns) implements Serializable {
  public static final Melt NONE = new Melt(Map.of());

  /**
   * What the values of a column measure.
   *
   * @param parameter canonical parameter, as the code list has it
   * @param unit unit of the delivered values; empty when it is the parameter's canonical unit
   */
  public record Melted(String parameter, String unit, Place place) implements Serializable {}

  public boolean isNone() {
    return columns.isEmpty();
  }
}

package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.List;

/**
 * Symbols that only this publisher's stations use ({@code Flow_IN}, {@code N_NH4}, …).
 *
 * @param entries in the order written; an entry of the station itself wins over one for any station
 * @param problems what is wrong with the table, for {@link FeedCheck}
 */
public record Symbols(List<Symbol> entries, List<Problem> problems) implements Serializable {
  public static final Symbols NONE = new Symbols(List.of(), List.of());

  /** Stands for every station. */
  public static final String ANY_STATION = "*";

  /**
   * What a symbol of a station means.
   *
   * @param stationCode a station, or {@link #ANY_STATION}
   * @param symbol as delivered
   * @param parameter canonical parameter
   * @param unit unit of the values whatever the file says; empty to believe the file
   * @param factor the delivered value is multiplied by it before units are converted; 1 when none
   */
  public record Symbol(
      String stationCode, String symbol, String parameter, String unit, double factor, Place place)
      implements Serializable {}
}

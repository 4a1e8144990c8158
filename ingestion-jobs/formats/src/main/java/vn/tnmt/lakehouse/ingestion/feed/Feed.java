package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.format.Format;

/**
 * One publisher's duty to deliver one dataset, and how its files are to be read.
 *
 * @param id unique
 * @param dataset the contract's name, for example {@code water.sample}
 * @param melt wide columns that become rows; {@link Melt#NONE} when the file is long already
 * @param measure where parameter, value and unit of a measurement stand; {@link Measure#NONE} when
 *     the dataset is not one of measurements. Set for every feed that melts
 * @param mapping contract column → where its value comes from, in the order of the file. The
 *     columns that {@code measure} fills are not in it
 * @param symbols the publisher's own parameter symbols
 * @param gate what follows when a delivery does not look like those before it
 * @param keepsAll whether raw keeps every cell that was delivered, or only those that the feed uses
 * @param place where the feed is written
 */
public record Feed(
    FeedId id,
    Publisher publisher,
    String dataset,
    Transport transport,
    Format format,
    Conventions conventions,
    Melt melt,
    Measure measure,
    Map<String, ColumnMapping> mapping,
    Symbols symbols,
    Schedule schedule,
    GatePolicy gate,
    boolean keepsAll,
    Place place)
    implements Serializable {

  /** A feed of which every cell is kept. */
  public Feed(
      FeedId id,
      Publisher publisher,
      String dataset,
      Transport transport,
      Format format,
      Conventions conventions,
      Melt melt,
      Measure measure,
      Map<String, ColumnMapping> mapping,
      Symbols symbols,
      Schedule schedule,
      GatePolicy gate,
      Place place) {
    this(
        id,
        publisher,
        dataset,
        transport,
        format,
        conventions,
        melt,
        measure,
        mapping,
        symbols,
        schedule,
        gate,
        true,
        place);
  }

  /** A feed whose gate tells and lets in. */
  public Feed(
      FeedId id,
      Publisher publisher,
      String dataset,
      Transport transport,
      Format format,
      Conventions conventions,
      Melt melt,
      Measure measure,
      Map<String, ColumnMapping> mapping,
      Symbols symbols,
      Schedule schedule,
      Place place) {
    this(
        id,
        publisher,
        dataset,
        transport,
        format,
        conventions,
        melt,
        measure,
        mapping,
        symbols,
        schedule,
        GatePolicy.USUAL,
        place);
  }

  /** Contract columns that {@link #measure} fills, where the contract has them. */
  public static final Set<String> MEASURED =
      Set.of("parameter", "value", "unit", "qualifier", "symbol");

  /** The part of the id behind the publisher, for example {@code observation}. */
  public String name() {
    return id.name();
  }
}

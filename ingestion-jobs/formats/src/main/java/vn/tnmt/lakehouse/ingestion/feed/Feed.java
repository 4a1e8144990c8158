package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Map;
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
 * @param landingDays how many days after its release a delivery's bytes stay in landing; 0: as the
 *     setting says
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
    int landingDays,
    Place place)
    implements Serializable {

  /** Fewer days would end what a release of these days, taken back, would have to take again. */
  public static final int LEAST_LANDING_DAYS = 8;

  /** A feed of which every cell is kept, and the bytes as long as those of most. */
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
        0,
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

  /** The part of the id behind the publisher, for example {@code observation}. */
  public String name() {
    return id.name();
  }
}

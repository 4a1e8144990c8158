package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Format;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** The readers of the formats that feeds may name. One instance serves one thread, file by file. */
public final class Readers {
  private Readers() {}

  /**
   * The reader of a feed's files.
   *
   * @param contract of the feed's dataset: a column that fills a required one must be in the header
   */
  public static RecordReader of(Feed feed, Contract contract) {
    return new CorrectedReader(asDelivered(feed, contract));
  }

  private static RecordReader asDelivered(Feed feed, Contract contract) {
    Format format = feed.format();
    if (format instanceof Format.Csv csv) {
      return csv(csv, columns(feed, contract));
    }
    return format instanceof Format.GeoJson ? geoJson() : stationText();
  }

  private static CsvColumns columns(Feed feed, Contract contract) {
    Set<String> required = new TreeSet<>();
    Set<String> known = new TreeSet<>(feed.melt().columns().keySet());
    known.addAll(Corrections.COLUMNS);
    feed.mapping()
        .forEach(
            (column, mapping) -> {
              if (mapping.source().kind() == Source.Kind.CELL) {
                known.add(mapping.source().name());
                if (mapping.otherwise().isEmpty() && contract.column(column).required()) {
                  required.add(mapping.source().name());
                }
              }
            });
    Measure measure = feed.measure();
    for (Source source : List.of(measure.symbol(), measure.value(), measure.unit())) {
      if (source.kind() == Source.Kind.CELL) {
        known.add(source.name());
        required.add(source.name());
      }
    }
    return new CsvColumns(required, known, feed.melt().columns().keySet());
  }

  /** Text files of automatic stations, Thông tư 10/2021/TT-BTNMT. */
  public static RecordReader stationText() {
    return new GuardedReader(new StationTextReader());
  }

  public static RecordReader csv(Format.Csv format, CsvColumns columns) {
    return new GuardedReader(new CsvReader(format, columns));
  }

  public static RecordReader geoJson() {
    return new GuardedReader(new GeoJsonReader());
  }
}

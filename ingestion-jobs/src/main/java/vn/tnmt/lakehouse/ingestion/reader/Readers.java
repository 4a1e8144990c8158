package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
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
    Format format = feed.format();
    if (format instanceof Format.Csv csv) {
      return csv(csv, columns(feed, contract));
    }
    if (format instanceof Format.Workbook workbook) {
      return workbook(workbook, columns(feed, contract), feed.conventions());
    }
    if (format instanceof Format.Dbf dbf) {
      return dbf(dbf, columns(feed, contract), feed.conventions());
    }
    if (format instanceof Format.Shapefile shapefile) {
      return shapefile(shapefile, columns(feed, contract), feed.conventions());
    }
    return format instanceof Format.GeoJson ? geoJson() : stationText();
  }

  private static CsvColumns columns(Feed feed, Contract contract) {
    Set<String> required = new TreeSet<>();
    Set<String> known = new TreeSet<>(feed.melt().columns().keySet());
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

  /** XLSX and XLS; numbers are written with the decimal separator of the feed's texts. */
  public static RecordReader workbook(
      Format.Workbook format, CsvColumns columns, Conventions conventions) {
    return new BinaryGuard(new WorkbookReader(format, columns, decimal(conventions)));
  }

  /** dBase and FoxPro tables. */
  public static RecordReader dbf(Format.Dbf format, CsvColumns columns, Conventions conventions) {
    return new BinaryGuard(
        new DbfReader(format, columns, decimal(conventions), bytewise(conventions)));
  }

  /** ESRI Shapefiles. */
  public static RecordReader shapefile(
      Format.Shapefile format, CsvColumns columns, Conventions conventions) {
    return new BinaryGuard(
        new ShapefileReader(format, columns, decimal(conventions), bytewise(conventions)));
  }

  private static char decimal(Conventions conventions) {
    return conventions.decimal() == ',' ? ',' : '.';
  }

  /** Whether the texts of the feed's files are in another encoding, decoded after reading. */
  private static boolean bytewise(Conventions conventions) {
    return !conventions.encoding().equalsIgnoreCase("UTF-8");
  }
}

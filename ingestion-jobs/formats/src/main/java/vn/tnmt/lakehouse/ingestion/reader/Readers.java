package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FileLimits;
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
    EvidencePlan plan = EvidencePlan.of(feed, contract);
    RecordReader content = evident(feed, plan, content(feed, contract, plan));
    if (feed.format() instanceof Format.Csv || feed.format() instanceof Format.FixedWidth) {
      content = returned(feed, contract, plan, content);
    }
    return new CorrectedReader(
        feed.format() instanceof Format.Archived archived
            ? new ArchiveReader(content, archived.archive())
            : content);
  }

  private static RecordReader returned(
      Feed feed, Contract contract, EvidencePlan plan, RecordReader own) {
    Format.Workbook sheet = new Format.Workbook("", 1, 1, List.of(), List.of(), FileLimits.USUAL);
    EvidencePlan unicode = plan.ofUnicode();
    WorkbookReader workbook =
        new WorkbookReader(sheet, columns(feed, contract), decimal(feed.conventions()), false);
    return new ReturnedFiles(
        own,
        evident(feed, unicode, new BinaryGuard(workbook.returnedOnly())),
        plan.named() ? evident(feed, unicode, content(feed, contract, unicode)) : own);
  }

  /** Cells that the feed does not keep are gone before anything else looks at them. */
  private static RecordReader evident(Feed feed, EvidencePlan plan, RecordReader reader) {
    return EvidenceReader.around(
        feed.keepsAll() ? reader : new UsedCellsReader(reader, used(feed, plan)), plan);
  }

  /** Of the names that readers give ({@code $geometry}) those, too, that the feed asks for. */
  private static Set<String> used(Feed feed, EvidencePlan plan) {
    Set<String> used = new TreeSet<>(plan.used());
    sources(feed)
        .forEach(
            source -> {
              switch (source.kind()) {
                case GEOMETRY -> used.add(GeoJsonReader.GEOMETRY);
                case SHEET, LAYER -> used.add(source.toString());
                default -> {
                  // a cell, which is there, or none
                }
              }
            });
    return used;
  }

  private static RecordReader content(Feed feed, Contract contract, EvidencePlan plan) {
    Format format = feed.format().content();
    if (format instanceof Format.Csv csv) {
      CsvColumns columns = columns(feed, contract);
      return plan.bytewise()
          ? new GuardedReader(new CsvReader(csv, columns, plan.encoding()))
          : csv(csv, columns);
    }
    if (format instanceof Format.NdJson ndJson) {
      return ndJson(ndJson);
    }
    if (format instanceof Format.Json json) {
      return json(json);
    }
    if (format instanceof Format.Xml xml) {
      return xml(xml);
    }
    if (format instanceof Format.GeoPackage geoPackage) {
      boolean told = sources(feed).anyMatch(source -> source.kind() == Source.Kind.LAYER);
      return GuardedReader.ofAnyBytes(new GeoPackageReader(geoPackage, told));
    }
    if (format instanceof Format.Parquet) {
      return parquet();
    }
    if (format instanceof Format.Kml) {
      return kml();
    }
    if (format instanceof Format.FixedWidth fixed) {
      CsvColumns columns = columns(feed, contract);
      return plan.bytewise()
          ? new GuardedReader(new FixedWidthReader(fixed, columns, true))
          : fixedWidth(fixed, columns);
    }
    if (format instanceof Format.Workbook workbook) {
      return workbook(workbook, columns(feed, contract), feed.conventions());
    }
    if (format instanceof Format.Dbf dbf) {
      return dbf(dbf, columns(feed, contract), feed.conventions(), plan.bytewise());
    }
    if (format instanceof Format.Shapefile shapefile) {
      return shapefile(shapefile, columns(feed, contract), feed.conventions(), plan.bytewise());
    }
    return format instanceof Format.GeoJson ? geoJson() : stationText();
  }

  /**
   * A reader that only says where the feed's files can be cut: no contract is needed for that.
   *
   * @return empty when files of the feed's format are read as a whole
   */
  public static Optional<RecordReader> cutter(Feed feed) {
    if (EvidencePlan.needed(feed)) {
      return Optional.empty(); // a later stretch does not see the head, which decides
    }
    CsvColumns columns = columns(feed, column -> false);
    if (feed.format() instanceof Format.Csv csv) {
      return Optional.of(csv(csv, columns));
    }
    return feed.format() instanceof Format.FixedWidth fixed
        ? Optional.of(fixedWidth(fixed, columns))
        : Optional.empty();
  }

  /**
   * What the cuts of a feed's files depend on: cuts made by another one are not to be used.
   *
   * @return empty when files of the feed's format are read as a whole
   */
  public static String cutBy(Feed feed) {
    if (EvidencePlan.needed(feed)) {
      return "";
    }
    if (feed.format() instanceof Format.Csv csv) {
      return csv + (csv.detected() ? " " + columns(feed, column -> false).known() : "");
    }
    return feed.format() instanceof Format.FixedWidth fixed ? fixed.toString() : "";
  }

  private static CsvColumns columns(Feed feed, Contract contract) {
    return columns(feed, column -> contract.column(column).required());
  }

  private static CsvColumns columns(Feed feed, Predicate<String> isRequired) {
    Set<String> required = new TreeSet<>();
    Set<String> known = new TreeSet<>(feed.melt().columns().keySet());
    known.addAll(Corrections.COLUMNS);
    sources(feed)
        .filter(source -> source.kind() == Source.Kind.SHEET || source.kind() == Source.Kind.LAYER)
        .forEach(source -> known.add(source.toString()));
    feed.mapping()
        .forEach(
            (column, mapping) -> {
              if (mapping.source().kind() == Source.Kind.CELL) {
                known.add(mapping.source().name());
                if (mapping.otherwise().isEmpty() && isRequired.test(column)) {
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

  private static Stream<Source> sources(Feed feed) {
    Measure measure = feed.measure();
    return Stream.concat(
        feed.mapping().values().stream().map(ColumnMapping::source),
        Stream.of(measure.symbol(), measure.value(), measure.unit()));
  }

  /** Text files of automatic stations, Thông tư 10/2021/TT-BTNMT. */
  public static RecordReader stationText() {
    return new GuardedReader(new StationTextReader());
  }

  public static RecordReader csv(Format.Csv format, CsvColumns columns) {
    return new GuardedReader(new CsvReader(format, columns));
  }

  public static RecordReader fixedWidth(Format.FixedWidth format, CsvColumns columns) {
    return new GuardedReader(new FixedWidthReader(format, columns, false));
  }

  public static RecordReader geoJson() {
    return new GuardedReader(new GeoJsonReader());
  }

  public static RecordReader ndJson(Format.NdJson format) {
    return new GuardedReader(new NdJsonReader(format));
  }

  public static RecordReader json(Format.Json format) {
    return new GuardedReader(new JsonReader(format));
  }

  public static RecordReader xml(Format.Xml format) {
    return GuardedReader.ofAnyBytes(new XmlReader(format));
  }

  public static RecordReader kml() {
    return GuardedReader.ofAnyBytes(new KmlReader());
  }

  public static RecordReader geoPackage(Format.GeoPackage format) {
    return GuardedReader.ofAnyBytes(new GeoPackageReader(format, false));
  }

  public static RecordReader parquet() {
    return GuardedReader.ofAnyBytes(new ParquetReader());
  }

  /** XLSX and XLS; numbers are written with the decimal separator of the feed's texts. */
  public static RecordReader workbook(
      Format.Workbook format, CsvColumns columns, Conventions conventions) {
    boolean oldFonts = !conventions.encoding().equals(EvidencePlan.UTF_8);
    return new BinaryGuard(new WorkbookReader(format, columns, decimal(conventions), oldFonts));
  }

  /** dBase and FoxPro tables. */
  public static RecordReader dbf(
      Format.Dbf format, CsvColumns columns, Conventions conventions, boolean bytewise) {
    return new BinaryGuard(new DbfReader(format, columns, decimal(conventions), bytewise));
  }

  /** ESRI Shapefiles. */
  public static RecordReader shapefile(
      Format.Shapefile format, CsvColumns columns, Conventions conventions, boolean bytewise) {
    return new BinaryGuard(new ShapefileReader(format, columns, decimal(conventions), bytewise));
  }

  private static char decimal(Conventions conventions) {
    return conventions.decimal() == ',' ? ',' : '.';
  }
}

package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.format.workbook.Workbook;
import vn.tnmt.lakehouse.ingestion.mapping.RowMapping;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.tables.contract.Contract;

/** The readers of feeds: that of the format, and around it what a feed leaves to each file. */
public final class Readers {
  private Readers() {}

  /**
   * The reader of a feed's files. One instance serves one thread, file by file.
   *
   * @param contract of the feed's dataset: a column that fills a required one must be in the header
   */
  public static RecordReader of(Feed feed, Contract contract) {
    Format format = feed.format();
    KnownColumns columns = columns(feed, column -> contract.column(column).required());
    EvidencePlan plan = EvidencePlan.of(feed, contract);
    UnaryOperator<RecordReader> whole =
        reader ->
            new WholeFileReader(
                reader, !feed.melt().isNone(), RowMapping.takesGeometry(feed, contract));
    RecordReader content =
        evident(feed, plan, whole.apply(format.reader(reading(feed, columns, plan))));
    if (format.rejects().isPresent() && format.has(Trait.BYTES)) {
      content = returned(feed, columns, plan, whole, content);
    }
    return new CorrectedReader(format.unpacking(content));
  }

  private static RecordReader returned(
      Feed feed,
      KnownColumns columns,
      EvidencePlan plan,
      UnaryOperator<RecordReader> whole,
      RecordReader own) {
    EvidencePlan unicode = plan.ofUnicode();
    Reading reading = reading(feed, columns, unicode);
    return new ReturnedFiles(
        own,
        evident(feed, unicode, Workbook.returnedRejects(reading)),
        plan.named() ? evident(feed, unicode, whole.apply(feed.format().reader(reading))) : own);
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
                case GEOMETRY -> used.add(Cells.GEOMETRY);
                case SHEET, LAYER -> used.add(source.toString());
                default -> {
                  // a cell, which is there, or none
                }
              }
            });
    return used;
  }

  /**
   * A reader that only says where the feed's files can be cut: no contract is needed for that.
   *
   * @return empty when files of the feed are read as a whole
   */
  public static Optional<RecordReader> cutter(Feed feed) {
    return isCut(feed)
        ? Optional.of(feed.format().reader(Reading.of(columns(feed, column -> false))))
        : Optional.empty();
  }

  /**
   * What the cuts of a feed's files depend on: cuts made by another one are not to be used.
   *
   * @return empty when files of the feed are read as a whole
   */
  public static String cutBy(Feed feed) {
    return isCut(feed) ? feed.format().cutBy(columns(feed, column -> false)) : "";
  }

  /** Where the head of a file decides how it is read, a later stretch does not see it. */
  private static boolean isCut(Feed feed) {
    return feed.format().has(Trait.CUT) && !EvidencePlan.needed(feed);
  }

  private static Reading reading(Feed feed, KnownColumns columns, EvidencePlan plan) {
    char decimal = feed.conventions().decimal() == ',' ? ',' : '.';
    return new Reading(columns, decimal, plan.encoding(), plan.bytewise());
  }

  private static KnownColumns columns(Feed feed, Predicate<String> isRequired) {
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
    return new KnownColumns(required, known, feed.melt().columns().keySet());
  }

  private static Stream<Source> sources(Feed feed) {
    Measure measure = feed.measure();
    return Stream.concat(
        feed.mapping().values().stream().map(ColumnMapping::source),
        Stream.of(measure.symbol(), measure.value(), measure.unit()));
  }
}

package vn.tnmt.lakehouse.ingestion.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * Learns a fingerprint from a few thousand records of a delivery, taken from its beginning, middle
 * and end: the cost does not grow with the delivery. The same bytes give the same fingerprint.
 */
public final class DeliverySample {
  private static final int RECORDS = 3_000;
  private static final int PLACES = 4;
  private static final int FILES_OF_A_PLACE = 200;

  /** A hostile file has millions of columns, or a cell of a gigabyte. */
  private static final int MOST_COLUMNS = 2_000;

  private static final int LONGEST_TEXT = 1_000;

  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private final Measure measure;
  private final FeedColumns known;
  private final KnownSymbols symbols;
  private int limit;
  private int read;
  private int files;

  /**
   * A sample without records.
   *
   * @param lists tell, beside the feed, which texts are symbols
   */
  public DeliverySample(Feed feed, Contract contract, CodeLists lists) {
    this.measure = feed.measure();
    this.known = new FeedColumns(feed, contract);
    this.symbols = KnownSymbols.of(feed, lists);
  }

  /** Of the pieces of a delivery in their order, those that are looked into. */
  public static <T> List<T> places(List<T> pieces) {
    if (pieces.size() <= PLACES) {
      return List.copyOf(pieces);
    }
    List<T> places = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      places.add(pieces.get(i * (pieces.size() - 1) / (PLACES - 1)));
    }
    return places;
  }

  /**
   * Begins a place.
   *
   * @param places how many there are
   */
  public void beginPlace(int places) {
    limit = RECORDS / places;
    read = 0;
    files = 0;
  }

  /** Begins a file of the place; false when no more of them is wanted. */
  public boolean beginFile() {
    return wantsMore() && files++ < FILES_OF_A_PLACE;
  }

  /** Whether more records of the place are wanted. */
  public boolean wantsMore() {
    return read < limit;
  }

  /** Takes the next record of the place. */
  public void add(RawRecord record) {
    read++;
    String symbol = symbol(record);
    record
        .cells()
        .forEach(
            (name, text) -> {
              String column = cut(isValue(name) ? FeedColumns.ofSymbol(name, symbol) : name);
              if (columns.size() < MOST_COLUMNS || columns.containsKey(column)) {
                columns.computeIfAbsent(column, any -> new ArrayList<>()).add(cut(text));
              }
            });
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  /** A long file holds the values of many parameters in one column: they are told apart. */
  private String symbol(RawRecord record) {
    return measure.symbol().kind() == Source.Kind.CELL
        ? symbols.nameable(record.cells().getOrDefault(measure.symbol().name(), ""))
        : "";
  }

  private boolean isValue(String name) {
    return measure.symbol().kind() == Source.Kind.CELL
        && measure.value().kind() == Source.Kind.CELL
        && measure.value().name().equals(name);
  }

  /**
   * What was learnt.
   *
   * @param bytes of all files of the delivery
   */
  public Fingerprint fingerprint(long bytes) {
    return new Fingerprint(
        columns.entrySet().stream()
            .map(
                column ->
                    ColumnProfile.of(
                        column.getKey(), column.getValue(), known.holdsCodes(column.getKey())))
            .toList(),
        bytes);
  }
}

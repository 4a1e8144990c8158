package vn.tnmt.lakehouse.ingestion.gate;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * The symbols of parameters that the feed or the code lists have. Only these may become part of a
 * remembered name: in a file whose columns are shifted, anything stands where symbols are expected,
 * names of people too.
 */
final class KnownSymbols {
  /** Stands for whatever nobody knows. */
  static final String OTHER = "?";

  private final Set<String> known;

  private KnownSymbols(Set<String> known) {
    this.known = known;
  }

  /** Of a feed whose symbols stand in no column: none, and the lists are not asked. */
  static KnownSymbols of(Feed feed, CodeLists lists) {
    Set<String> known = new HashSet<>();
    if (feed.measure().symbol().kind() == Source.Kind.CELL) {
      lists.rows("parameters").forEach(row -> known.add(row.get("parameter")));
      lists.rows("parameter_symbols").forEach(row -> known.add(row.get("symbol")));
      feed.symbols().entries().forEach(entry -> known.add(entry.symbol()));
    }
    return new KnownSymbols(known);
  }

  /** The symbol without blanks around it and in NFC, or {@link #OTHER}. */
  String nameable(String delivered) {
    String symbol = delivered.strip();
    if (known.contains(symbol)) {
      return symbol;
    }
    String composed = Normalizer.normalize(symbol, Normalizer.Form.NFC);
    return known.contains(composed) ? composed : OTHER;
  }
}

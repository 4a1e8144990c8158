package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;

/**
 * What the evidence in a feed's files has to decide.
 *
 * @param bytewise whether the reader hands out every text that is not ASCII bytewise, one character
 *     a byte, valid UTF-8 as well; otherwise it hands out Unicode
 * @param encoding of the feed, {@link Conventions#AUTO} or a label
 * @param encodings of single columns, by delivered name
 * @param used delivered names that the feed uses; what is wrong with others is nobody's fault
 * @param numbers delivered names of columns whose decimal separator must be found
 * @param dates delivered names of columns whose order of day and month must be found
 */
record EvidencePlan(
    boolean bytewise,
    String encoding,
    Map<String, String> encodings,
    Set<String> used,
    Set<String> numbers,
    Set<String> dates) {
  static EvidencePlan of(Feed feed, Contract contract) {
    Conventions conventions = feed.conventions();
    Map<String, String> encodings = new HashMap<>();
    Set<String> used = new HashSet<>(feed.melt().columns().keySet());
    Set<String> numbers = new HashSet<>();
    Set<String> dates = new HashSet<>();
    boolean autoDecimal = conventions.decimal() == Conventions.AUTO_DECIMAL;
    if (autoDecimal) {
      numbers.addAll(used);
    }
    for (Source source :
        List.of(feed.measure().symbol(), feed.measure().value(), feed.measure().unit())) {
      if (source.kind() == Source.Kind.CELL) {
        used.add(source.name());
      }
    }
    if (autoDecimal && feed.measure().value().kind() == Source.Kind.CELL) {
      numbers.add(feed.measure().value().name());
    }
    feed.mapping()
        .forEach(
            (column, mapping) -> {
              if (mapping.source().kind() != Source.Kind.CELL) {
                return;
              }
              String name = mapping.source().name();
              used.add(name);
              if (!mapping.encoding().isEmpty()) {
                encodings.put(name, mapping.encoding());
              }
              LogicalType type =
                  contract.find(column).map(found -> found.type()).orElse(LogicalType.STRING);
              if (autoDecimal && (type == LogicalType.NUMBER || type == LogicalType.INTEGER)) {
                numbers.add(name);
              }
              if ((type == LogicalType.DATE || type == LogicalType.TIMESTAMP)
                  && dates(mapping, conventions).contains(DatePatterns.AUTO)) {
                dates.add(name);
              }
            });
    boolean legacy = !conventions.encoding().equals(Reading.UTF_8) || !encodings.isEmpty();
    return new EvidencePlan(
        legacy && feed.format().has(Trait.BYTES),
        conventions.encoding(),
        Map.copyOf(encodings),
        Set.copyOf(used),
        Set.copyOf(numbers),
        Set.copyOf(dates));
  }

  private static Collection<String> dates(ColumnMapping mapping, Conventions conventions) {
    return mapping.dates().isEmpty() ? conventions.dates() : mapping.dates();
  }

  /**
   * Whether a feed leaves anything to the evidence in its files: then the head of a file decides,
   * and a file must be read from its beginning.
   */
  static boolean needed(Feed feed) {
    Conventions conventions = feed.conventions();
    return !conventions.encoding().equals(Reading.UTF_8)
        || conventions.decimal() == Conventions.AUTO_DECIMAL
        || conventions.dates().contains(DatePatterns.AUTO)
        || feed.mapping().values().stream()
            .anyMatch(
                mapping ->
                    !mapping.encoding().isEmpty() || mapping.dates().contains(DatePatterns.AUTO));
  }

  /** Whether the feed names another encoding than UTF-8 and leaves none to the data. */
  boolean named() {
    return bytewise
        && !encoding.equals(Conventions.AUTO)
        && !encodings.containsValue(Conventions.AUTO);
  }

  /** The same where texts are Unicode by definition, or by the file's byte order mark. */
  EvidencePlan ofUnicode() {
    return new EvidencePlan(false, Reading.UTF_8, Map.of(), used, numbers, dates);
  }

  /** Whether there is nothing to decide: the feed says it all. */
  boolean nothing() {
    return encoding.equals(Reading.UTF_8)
        && encodings.isEmpty()
        && numbers.isEmpty()
        && dates.isEmpty();
  }

  /** Whether texts may have to be decoded. */
  boolean decodes() {
    return !encoding.equals(Reading.UTF_8) || !encodings.isEmpty();
  }

  String encoding(String column) {
    return encodings.getOrDefault(column, encoding);
  }
}

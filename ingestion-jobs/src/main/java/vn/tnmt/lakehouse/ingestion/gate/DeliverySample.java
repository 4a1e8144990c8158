package vn.tnmt.lakehouse.ingestion.gate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.ingestion.collect.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.SplitReader;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.Readers;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/**
 * Learns a fingerprint from a few thousand records of a delivery, taken from its beginning, middle
 * and end: the cost does not grow with the delivery. The same bytes give the same fingerprint.
 */
public final class DeliverySample {
  private static final int RECORDS = 3_000;
  private static final int PLACES = 4;
  private static final int FILES_OF_A_PLACE = 200;

  private static final Set<RuleKind> CODES = Set.of(RuleKind.CODE_LIST, RuleKind.ONE_OF);

  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private final Feed feed;

  private DeliverySample(Feed feed) {
    this.feed = feed;
  }

  /** {@code TNMT-3002} or {@code TNMT-3003} when landing cannot be read. */
  public static Fingerprint fingerprint(
      Deliveries landing, Feed feed, Contract contract, Manifest delivery) throws IOException {
    DeliverySample sample = new DeliverySample(feed);
    RecordReader reader = Readers.of(feed, contract);
    List<Manifest.Split> places = places(delivery.splits());
    for (Manifest.Split place : places) {
      try (SplitReader split = landing.open(delivery, place)) {
        sample.read(reader, split, RECORDS / places.size());
      }
    }
    Set<String> coded = coded(feed, contract);
    return new Fingerprint(
        sample.columns.entrySet().stream()
            .map(
                column ->
                    ColumnProfile.of(
                        column.getKey(), column.getValue(), coded.contains(column.getKey())))
            .toList(),
        delivery.bytes());
  }

  /** Columns whose texts are codes by declaration: only theirs are remembered word by word. */
  private static Set<String> coded(Feed feed, Contract contract) {
    Set<String> listed =
        contract.rules().stream()
            .filter(rule -> CODES.contains(rule.kind()))
            .map(RuleSpec::column)
            .collect(Collectors.toSet());
    Set<String> names = new HashSet<>();
    feed.mapping()
        .forEach(
            (column, mapping) -> {
              if (mapping.source().kind() == Source.Kind.CELL
                  && (listed.contains(column) || !mapping.codes().isEmpty())) {
                names.add(mapping.source().name());
              }
            });
    return names;
  }

  private static List<Manifest.Split> places(List<Manifest.Split> splits) {
    if (splits.size() <= PLACES) {
      return splits;
    }
    List<Manifest.Split> places = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      places.add(splits.get(i * (splits.size() - 1) / (PLACES - 1)));
    }
    return places;
  }

  private void read(RecordReader reader, SplitReader split, int limit) throws IOException {
    int read = 0;
    int files = 0;
    for (IndexEntry entry = split.next();
        entry != null && read < limit && files < FILES_OF_A_PLACE;
        entry = split.next(), files++) {
      boolean recognised = feed.transport().pattern().match(entry.path()).isPresent();
      SourceFile file = new SourceFile(entry.path(), entry.size(), recognised);
      try (RecordReader.Records records = reader.open(file, split.content())) {
        while (read < limit && records.hasNext()) {
          add(records.next());
          read++;
        }
      }
    }
  }

  private void add(RawRecord record) {
    String symbol = symbol(record);
    record
        .cells()
        .forEach(
            (name, text) ->
                columns
                    .computeIfAbsent(
                        isValue(name) ? name + "[" + symbol + "]" : name, any -> new ArrayList<>())
                    .add(text));
  }

  /** A long file holds the values of many parameters in one column: they are told apart. */
  private String symbol(RawRecord record) {
    Measure measure = feed.measure();
    return measure.symbol().kind() == Source.Kind.CELL
        ? record.cells().getOrDefault(measure.symbol().name(), "")
        : "";
  }

  private boolean isValue(String name) {
    Measure measure = feed.measure();
    return measure.symbol().kind() == Source.Kind.CELL
        && measure.value().kind() == Source.Kind.CELL
        && measure.value().name().equals(name);
  }
}

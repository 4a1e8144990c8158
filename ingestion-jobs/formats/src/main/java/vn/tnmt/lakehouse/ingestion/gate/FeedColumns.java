package vn.tnmt.lakehouse.ingestion.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Role;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/** What may be remembered of a feed's columns, by what the contract says of their content. */
final class FeedColumns {
  private static final Set<RuleKind> CODES = Set.of(RuleKind.CODE_LIST, RuleKind.ONE_OF);
  private static final String PUBLIC = "P0";
  private static final String SENSITIVE = "P2";

  /** Delivered column → the privacy classes of all contract columns that it fills. */
  private final Map<String, List<String>> classes = new HashMap<>();

  private final Set<String> coded = new HashSet<>();

  FeedColumns(Feed feed, Contract contract) {
    Set<String> listed =
        contract.rules().stream()
            .filter(rule -> CODES.contains(rule.kind()))
            .map(RuleSpec::column)
            .collect(Collectors.toSet());
    feed.mapping()
        .forEach(
            (column, mapping) -> {
              fills(mapping.source(), column, contract);
              if (mapping.source().kind() == Source.Kind.CELL
                  && (listed.contains(column) || !mapping.codes().isEmpty())) {
                coded.add(mapping.source().name());
              }
            });
    Measure measure = feed.measure();
    fills(measure.symbol(), name(contract, Role.PARAMETER), contract);
    fills(measure.value(), name(contract, Role.VALUE), contract);
    fills(measure.unit(), name(contract, Role.UNIT), contract);
    feed.melt()
        .columns()
        .keySet()
        .forEach(name -> fills(name, name(contract, Role.VALUE), contract));
  }

  private static String name(Contract contract, Role role) {
    return contract.find(role).map(Column::name).orElse("");
  }

  private void fills(Source source, String column, Contract contract) {
    if (source.kind() == Source.Kind.CELL) {
      fills(source.name(), column, contract);
    }
  }

  private void fills(String name, String column, Contract contract) {
    contract
        .find(column)
        .ifPresent(
            found -> classes.computeIfAbsent(name, any -> new ArrayList<>()).add(found.privacy()));
  }

  /**
   * Name of the part of a column of values that one symbol has.
   *
   * @param symbol of {@link KnownSymbols}: the name is remembered and told
   */
  static String ofSymbol(String name, String symbol) {
    return name + "[" + symbol + "]";
  }

  /** Whether its texts are codes by declaration: only such are remembered word by word. */
  boolean holdsCodes(String name) {
    return coded.contains(name) && !classes.getOrDefault(name, List.of()).contains(SENSITIVE);
  }

  /** Whether single values of it may be told: it fills public columns of the contract only. */
  boolean isPublic(String name) {
    int symbol = name.indexOf('[');
    List<String> found =
        classes.getOrDefault(
            name,
            symbol < 0 ? List.of() : classes.getOrDefault(name.substring(0, symbol), List.of()));
    return !found.isEmpty() && found.stream().allMatch(PUBLIC::equals);
  }
}

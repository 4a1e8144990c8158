package vn.tnmt.lakehouse.ingestion.mapping;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.feed.Symbols;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * A symbol, a value and a unit → {@code parameter}, {@code value} in the canonical {@code unit},
 * {@code qualifier} and {@code symbol} as delivered.
 *
 * <p>The symbol is looked up among those of the station, then of any station of the feed, then in
 * code list {@code parameter_symbols} (else REC-14). An unknown unit is REC-15; an empty one means
 * the canonical unit (REC-18, a warning, unless the parameter has no unit or the feed declares that
 * its values are canonical). {@code <0.01} is the value 0.01 with qualifier {@code <}, where the
 * contract has a qualifier; elsewhere it is not a number.
 */
final class MeasureStep implements RowMapping.Step {
  private final Delivered.Getter symbol;
  private final Delivered.Getter value;
  private final Delivered.Getter unit;
  private final boolean unitExpected;
  private final Set<String> missing;
  private final Map<String, Map<String, Meaning>> local;
  private final Parameters parameters;
  private final char decimal;
  private final int station;
  private final int toParameter;
  private final int toValue;
  private final int toUnit;
  private final int toQualifier;
  private final int toSymbol;

  /**
   * What a symbol stands for.
   *
   * @param unit unit of the values whatever the file says; empty to believe the file
   */
  private record Meaning(Parameters.Parameter parameter, String unit, BigDecimal factor) {}

  private MeasureStep(Feed feed, Contract contract, Parameters parameters, Delivered delivered) {
    Measure measure = feed.measure();
    this.symbol = delivered.getter(measure.symbol());
    this.value = delivered.getter(measure.value());
    this.unit = delivered.getter(measure.unit());
    this.unitExpected = measure.unit().kind() == Source.Kind.CELL;
    this.missing = feed.conventions().missing();
    this.local = local(feed.symbols(), parameters);
    this.parameters = parameters;
    this.decimal = RowMapping.decimal(feed);
    this.station = index(contract, "station_code");
    this.toParameter = index(contract, "parameter");
    this.toValue = index(contract, "value");
    this.toUnit = index(contract, "unit");
    this.toQualifier = index(contract, "qualifier");
    this.toSymbol = index(contract, "symbol");
  }

  static MeasureStep compile(Feed feed, Contract contract, CodeLists lists, Delivered delivered) {
    return new MeasureStep(feed, contract, Parameters.of(lists), delivered);
  }

  private static int index(Contract contract, String column) {
    return contract.columnNames().indexOf(column);
  }

  private static Map<String, Map<String, Meaning>> local(Symbols symbols, Parameters parameters) {
    Map<String, Map<String, Meaning>> byStation = new HashMap<>();
    for (Symbols.Symbol entry : symbols.entries()) {
      Parameters.Parameter parameter = parameters.named(entry.parameter());
      if (parameter != null) {
        byStation
            .computeIfAbsent(entry.stationCode(), any -> new HashMap<>())
            .putIfAbsent(
                entry.symbol(),
                new Meaning(parameter, entry.unit(), BigDecimal.valueOf(entry.factor())));
      }
    }
    return byStation;
  }

  @Override
  public void run(Object[] row, Outcome outcome) {
    String name = clean(symbol.text());
    String number = clean(value.text());
    String delivered = clean(unit.text());
    set(row, toSymbol, name.isEmpty() ? null : name);
    Meaning meaning = meaning(row, name);
    BigDecimal factor = null;
    if (name.isEmpty()) {
      outcome.undecide("symbol");
    } else if (meaning == null) {
      outcome.add(BuiltInRules.UNKNOWN_SYMBOL, "parameter", name, "");
    } else {
      set(row, toParameter, meaning.parameter.name());
      set(row, toUnit, meaning.parameter.unit());
      factor = factor(meaning, delivered, outcome);
    }
    if (factor == null) {
      outcome.undecide("unit");
      outcome.undecide("value");
    }
    value(row, number, factor, outcome);
  }

  private Meaning meaning(Object[] row, String name) {
    Meaning meaning = null;
    if (!local.isEmpty()) {
      Object code = station < 0 ? null : row[station];
      meaning = local.getOrDefault(code, Map.of()).get(name);
      if (meaning == null) {
        meaning = local.getOrDefault(Symbols.ANY_STATION, Map.of()).get(name);
      }
    }
    if (meaning != null) {
      return meaning;
    }
    Parameters.Parameter parameter = parameters.symbol(name);
    return parameter == null ? null : new Meaning(parameter, "", BigDecimal.ONE);
  }

  /** What the delivered value is multiplied by; null, with a breach, when the unit is unknown. */
  private BigDecimal factor(Meaning meaning, String delivered, Outcome outcome) {
    String from = meaning.unit.isEmpty() ? delivered : meaning.unit;
    BigDecimal factor = meaning.parameter.factor(from);
    if (factor == null && (from.isEmpty() || from.equals("-"))) {
      if (unitExpected) {
        outcome.add(BuiltInRules.DEFAULT_UNIT_USED, "unit", from, meaning.parameter.unit());
      }
      factor = BigDecimal.ONE;
    }
    if (factor == null) {
      outcome.add(BuiltInRules.UNKNOWN_UNIT, "unit", from, meaning.parameter.unit());
      return null;
    }
    return meaning.factor.compareTo(BigDecimal.ONE) == 0 ? factor : factor.multiply(meaning.factor);
  }

  private void value(Object[] row, String number, BigDecimal factor, Outcome outcome) {
    if (number.isEmpty() || missing.contains(number)) {
      outcome.undecide("qualifier");
      return;
    }
    char first = number.charAt(0);
    boolean limit = toQualifier >= 0 && (first == '<' || first == '>');
    double parsed = Numbers.parse(limit ? Texts.clean(number.substring(1)) : number, decimal);
    if (Double.isNaN(parsed)) {
      outcome.add(BuiltInRules.NOT_A_NUMBER, "value", number, "");
      outcome.undecide("qualifier");
      return;
    }
    set(row, toQualifier, limit ? String.valueOf(first) : "=");
    if (factor != null) {
      set(row, toValue, scaled(parsed, factor));
    }
  }

  /** Decimal arithmetic: 0.07 mg is 70 µg and not 70.00000000000001. */
  private static Double scaled(double value, BigDecimal factor) {
    return factor.compareTo(BigDecimal.ONE) == 0
        ? value
        : BigDecimal.valueOf(value).multiply(factor).doubleValue();
  }

  private static String clean(String text) {
    return text == null ? "" : Texts.clean(text);
  }

  private static void set(Object[] row, int index, Object value) {
    if (index >= 0) {
      row[index] = value;
    }
  }
}

package vn.tnmt.lakehouse.ingestion.mapping;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.feed.Symbols;
import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Role;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;
import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * A symbol, a value and a unit → parameter, value in the canonical unit, qualifier, and the symbol
 * as delivered. Which columns these are, their {@link Role} in the contract says.
 *
 * <p>The symbol is looked up among those of the station, then of any station of the feed, then in
 * code list {@code parameter_symbols} (else REC-14). An unknown unit is REC-15; an empty one means
 * the canonical unit (REC-18, a warning, unless the parameter has no unit or the feed declares that
 * its values are canonical). {@code <0.01} is the value 0.01 with qualifier {@code <}, where the
 * contract has a qualifier; elsewhere it is not a number. Where the contract has a missing reason,
 * a text that stands for a missing value gives its reason by code list {@code missing_markers};
 * “not detected” (KPH) also gives qualifier {@code KPH}. A number that stands for none (−9999) is
 * never a value; without a column for the reason it is told (REC-60).
 */
final class MeasureStep implements RowMapping.Step {
  private final Delivered.Getter symbol;
  private final Delivered.Getter value;
  private final Delivered.Getter unit;
  private final boolean unitExpected;
  private final Set<String> missing;
  private final Map<String, Map<String, Meaning>> local;
  private final Conversions conversions;
  private final char decimal;
  private final String parameterColumn;
  private final String valueColumn;
  private final String unitColumn;
  private final String qualifierColumn;
  private final String symbolColumn;
  private final int station;
  private final int toParameter;
  private final int toValue;
  private final int toUnit;
  private final int toQualifier;
  private final int toSymbol;
  private final int toReason;
  private final Supplier<Notation> notation;
  private final boolean auto;
  private final Map<String, AutoNumbers.Range> possible;
  private final @Nullable MissingReasons reasons;
  private final Sentinels sentinels;

  /**
   * What a symbol stands for.
   *
   * @param unit unit of the values whatever the file says; empty to believe the file
   */
  private record Meaning(Conversions.Parameter parameter, String unit, BigDecimal factor) {}

  private MeasureStep(
      Feed feed, Contract contract, CodeLists lists, Conversions conversions, Delivered delivered) {
    Measure measure = feed.measure();
    this.symbol = delivered.getter(measure.symbol());
    this.value = delivered.getter(measure.value());
    this.unit = delivered.getter(measure.unit());
    this.unitExpected = measure.unit().kind() == Source.Kind.CELL;
    this.missing = feed.conventions().missing();
    this.local = local(feed.symbols(), conversions);
    this.conversions = conversions;
    this.decimal = RowMapping.decimal(feed);
    this.parameterColumn = name(contract, Role.PARAMETER);
    this.valueColumn = name(contract, Role.VALUE);
    this.unitColumn = name(contract, Role.UNIT);
    this.qualifierColumn = name(contract, Role.QUALIFIER);
    this.symbolColumn = name(contract, Role.SYMBOL);
    this.station = index(contract, Role.STATION);
    this.toParameter = index(contract, Role.PARAMETER);
    this.toValue = index(contract, Role.VALUE);
    this.toUnit = index(contract, Role.UNIT);
    this.toQualifier = index(contract, Role.QUALIFIER);
    this.toSymbol = index(contract, Role.SYMBOL);
    this.toReason = index(contract, Role.MISSING_REASON);
    this.notation = delivered.notation(measure.value());
    this.auto = decimal == Conventions.AUTO_DECIMAL;
    this.possible = auto ? possible(contract, lists) : Map.of();
    this.reasons = toReason < 0 ? null : MissingReasons.of(lists);
    this.sentinels = Sentinels.of(lists);
  }

  static MeasureStep compile(Feed feed, Contract contract, CodeLists lists, Delivered delivered) {
    if (!contract.isOfMeasurements()) {
      throw TnmtException.of(
          ErrorCode.FEED_CONTRADICTS_CONTRACT,
          "no column of dataset " + contract.dataset() + " has role " + Role.VALUE.text(),
          feed.measure().place().toString(),
          "");
    }
    return new MeasureStep(feed, contract, lists, Conversions.of(lists), delivered);
  }

  /** Limits of the value by parameter, in canonical units, as a blocking rule has them. */
  private static Map<String, AutoNumbers.Range> possible(Contract contract, CodeLists lists) {
    Map<String, AutoNumbers.Range> ranges = new HashMap<>();
    for (RuleSpec rule : contract.rules()) {
      if (rule.kind() == RuleKind.RANGE_BY_CODE
          && rule.severity() == Severity.BLOCK
          && rule.column().equals(name(contract, Role.VALUE))
          && rule.text("key").equals(name(contract, Role.PARAMETER))) {
        lists
            .by(rule.text("list"), rule.text("listKey"))
            .forEach(
                (parameter, row) ->
                    ranges.put(
                        parameter,
                        new AutoNumbers.Range(
                            limit(row, rule.text("min", ""), Double.NEGATIVE_INFINITY),
                            limit(row, rule.text("max", ""), Double.POSITIVE_INFINITY))));
      }
    }
    return ranges;
  }

  private static double limit(Map<String, String> row, String column, double otherwise) {
    String cell = row.getOrDefault(column, "");
    return cell.isEmpty() ? otherwise : Double.parseDouble(cell);
  }

  /** Of a column in the row; -1 where no column has the role. */
  private static int index(Contract contract, Role role) {
    return contract.find(role).map(contract.columns()::indexOf).orElse(-1);
  }

  private static String name(Contract contract, Role role) {
    return contract.find(role).map(Column::name).orElse("");
  }

  private static Map<String, Map<String, Meaning>> local(Symbols symbols, Conversions conversions) {
    Map<String, Map<String, Meaning>> byStation = new HashMap<>();
    for (Symbols.Symbol entry : symbols.entries()) {
      Conversions.Parameter parameter = conversions.named(entry.parameter());
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
      outcome.undecide(symbolColumn);
    } else if (meaning == null) {
      outcome.add(BuiltInRules.UNKNOWN_SYMBOL, parameterColumn, name, "");
    } else {
      set(row, toParameter, meaning.parameter.name());
      set(row, toUnit, meaning.parameter.unit());
      factor = factor(meaning, delivered, outcome);
    }
    if (factor == null) {
      outcome.undecide(unitColumn);
      outcome.undecide(valueColumn);
    }
    value(row, number, factor, meaning == null ? "" : meaning.parameter.name(), outcome);
  }

  private @Nullable Meaning meaning(Object[] row, String name) {
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
    Conversions.Parameter parameter = conversions.symbol(name);
    return parameter == null ? null : new Meaning(parameter, "", BigDecimal.ONE);
  }

  /** What the delivered value is multiplied by; null, with a breach, when the unit is unknown. */
  private @Nullable BigDecimal factor(Meaning meaning, String delivered, Outcome outcome) {
    String from = meaning.unit.isEmpty() ? delivered : meaning.unit;
    BigDecimal factor = meaning.parameter.factor(from);
    if (factor == null && (from.isEmpty() || from.equals("-"))) {
      if (unitExpected) {
        outcome.add(BuiltInRules.DEFAULT_UNIT_USED, unitColumn, from, meaning.parameter.unit());
      }
      factor = BigDecimal.ONE;
    }
    if (factor == null) {
      outcome.add(BuiltInRules.UNKNOWN_UNIT, unitColumn, from, meaning.parameter.unit());
      return null;
    }
    return meaning.factor.compareTo(BigDecimal.ONE) == 0 ? factor : factor.multiply(meaning.factor);
  }

  private void value(
      Object[] row,
      String delivered,
      @Nullable BigDecimal factor,
      String parameter,
      Outcome outcome) {
    String number = delivered;
    if (reasons != null) {
      String limitBehind = reasons.limit(number);
      if (limitBehind.isEmpty() && missing(row, number)) {
        return;
      }
      number = limitBehind.isEmpty() ? number : limitBehind;
    }
    if (number.isEmpty() || missing.contains(number)) {
      outcome.undecide(qualifierColumn);
      return;
    }
    char first = number.charAt(0);
    boolean limit = toQualifier >= 0 && (first == '<' || first == '>');
    String digits = limit ? Texts.clean(number.substring(1)) : number;
    double parsed;
    if (auto) {
      AutoNumbers.Reading reading =
          AutoNumbers.read(digits, notation.get(), delivered(parameter, factor));
      if (!sentinels.measured(reading.value())) {
        EvidentStep.told(reading, valueColumn, number, outcome);
      }
      parsed = reading.value();
    } else {
      parsed = Numbers.parse(digits, decimal);
      if (Double.isNaN(parsed)) {
        outcome.add(BuiltInRules.NOT_A_NUMBER, valueColumn, number, "");
      }
    }
    if (Double.isNaN(parsed)) {
      outcome.undecide(qualifierColumn);
      return;
    }
    if (sentinels.measured(parsed)) {
      noData(row, number, outcome);
    } else if (factor == null) {
      outcome.undecide(qualifierColumn);
    } else {
      double scaled = scaled(parsed, factor);
      if (Double.isInfinite(scaled) || (scaled == 0 && parsed != 0)) {
        outcome.add(BuiltInRules.NOT_A_NUMBER, valueColumn, number, "× " + factor.toPlainString());
        outcome.undecide(qualifierColumn);
        return;
      }
      set(row, toQualifier, limit ? String.valueOf(first) : "=");
      set(row, toValue, scaled);
    }
  }

  /** Whether a text stands for a missing value; its reason is then in the row. */
  private boolean missing(Object[] row, String number) {
    String reason = reasons.reason(number, missing);
    if (reason.isEmpty()) {
      return false;
    }
    without(row, reason);
    return true;
  }

  private void without(Object[] row, String reason) {
    row[toReason] = reason;
    set(row, toQualifier, reason.equals(MissingReasons.BELOW_DETECTION) ? "KPH" : "-");
  }

  private void noData(Object[] row, String number, Outcome outcome) {
    if (reasons == null) {
      outcome.undecide(qualifierColumn);
      outcome.add(BuiltInRules.NO_DATA_MARK, valueColumn, number, "");
    } else {
      without(row, MissingReasons.NO_DATA);
    }
  }

  /** What is possible for a parameter, in the unit that the file has. */
  private AutoNumbers.Range delivered(String parameter, @Nullable BigDecimal factor) {
    AutoNumbers.Range range = possible.getOrDefault(parameter, AutoNumbers.Range.ANY);
    if (factor == null || factor.signum() <= 0) {
      return AutoNumbers.Range.ANY;
    }
    double scale = factor.doubleValue();
    return new AutoNumbers.Range(range.min() / scale, range.max() / scale);
  }

  /** Decimal arithmetic: 0.07 mg is 70 µg and not 70.00000000000001. */
  private static double scaled(double value, BigDecimal factor) {
    return factor.compareTo(BigDecimal.ONE) == 0
        ? value
        : BigDecimal.valueOf(value).multiply(factor).doubleValue();
  }

  private static String clean(@Nullable String text) {
    return text == null ? "" : Texts.clean(text);
  }

  private static void set(Object[] row, int index, @Nullable Object value) {
    if (index >= 0) {
      row[index] = value;
    }
  }
}

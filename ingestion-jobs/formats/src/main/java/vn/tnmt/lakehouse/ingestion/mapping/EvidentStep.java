package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.mapping.AutoNumbers.Range;
import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RuleKind;
import vn.tnmt.lakehouse.tables.rule.RuleSpec;

/**
 * A number or date whose notation the feed leaves to the data ({@code decimal: auto}, {@code dates:
 * [auto]}). What can be read in two ways is told (REC-42, REC-43) and not guessed; a number that a
 * range of the contract decides carries a note.
 */
final class EvidentStep implements RowMapping.Step {
  private final int index;
  private final Delivered.Getter source;
  private final Supplier<Notation> notation;
  private final Set<String> missing;
  private final Map<String, String> codes;
  private final Object otherwise;
  private final Reader reader;

  /** Text, notation → value or null; tells what is wrong. */
  @FunctionalInterface
  private interface Reader {
    Object read(String text, Notation notation, Outcome outcome);
  }

  private EvidentStep(
      int index,
      Delivered.Getter source,
      Supplier<Notation> notation,
      Set<String> missing,
      ColumnMapping mapping,
      Object otherwise,
      Reader reader) {
    this.index = index;
    this.source = source;
    this.notation = notation;
    this.missing = missing;
    this.codes = mapping.codes();
    this.otherwise = otherwise;
    this.reader = reader;
  }

  /** The step of a column, or null when the feed says how it is written. */
  static RowMapping.@Nullable Step of(
      Feed feed,
      Contract contract,
      ColumnMapping mapping,
      Column column,
      Delivered delivered,
      Object otherwise,
      Sentinels sentinels) {
    Reader reader = reader(feed, contract, mapping, column, otherwise, sentinels);
    return reader == null
        ? null
        : new EvidentStep(
            contract.index(column.name()),
            delivered.getter(mapping.source()),
            delivered.notation(mapping.source()),
            feed.conventions().missing(),
            mapping,
            otherwise,
            reader);
  }

  private static @Nullable Reader reader(
      Feed feed,
      Contract contract,
      ColumnMapping mapping,
      Column column,
      Object otherwise,
      Sentinels sentinels) {
    Conventions conventions = feed.conventions();
    String name = column.name();
    List<String> dates = mapping.dates().isEmpty() ? conventions.dates() : mapping.dates();
    boolean auto =
        conventions.decimal() == Conventions.AUTO_DECIMAL
            && !feed.format().has(Trait.EITHER_DECIMAL);
    return switch (column.type()) {
      case NUMBER, INTEGER ->
          auto ? numbers(column, range(contract, name), otherwise, sentinels) : null;
      case DATE ->
          dates.contains(DatePatterns.AUTO)
              ? dates(name, dates, conventions, TimePattern::day)
              : null;
      case TIMESTAMP ->
          dates.contains(DatePatterns.AUTO)
              ? dates(
                  name,
                  dates,
                  conventions,
                  seconds -> TimePattern.local(seconds).atZone(conventions.timeZone()).toInstant())
              : null;
      default -> null;
    };
  }

  private static Reader numbers(Column target, Range range, Object otherwise, Sentinels sentinels) {
    String column = target.name();
    String physical = target.physicalType();
    return (text, notation, outcome) -> {
      AutoNumbers.Reading reading = AutoNumbers.read(text, notation, range);
      if (sentinels.anywhere(reading.value())) {
        outcome.add(BuiltInRules.NO_DATA_MARK, column, text, "");
        return otherwise;
      }
      if (!told(reading, column, text, outcome)) {
        return null;
      }
      boolean number = target.type() == LogicalType.NUMBER;
      Object value =
          number
              ? Typer.number(reading.value(), physical)
              : AutoNumbers.whole(text) ? Typer.integer(reading.value(), physical) : null;
      if (value == null) {
        outcome.add(BuiltInRules.NOT_A_NUMBER, column, text, number ? "0-9 . ," : "0-9");
      }
      return value;
    };
  }

  /** Tells what there is to tell of a number; false when it has no value. */
  static boolean told(AutoNumbers.Reading reading, String column, String text, Outcome outcome) {
    switch (reading.how()) {
      case NOT_A_NUMBER -> outcome.add(BuiltInRules.NOT_A_NUMBER, column, text, "0-9 . ,");
      case AMBIGUOUS ->
          outcome.add(BuiltInRules.NUMBER_AMBIGUOUS, column, text, bothReadings(text));
      case BY_RANGE ->
          outcome.add(BuiltInRules.READ_AS, column, text, Double.toString(reading.value()));
      case TOLD -> {}
    }
    return !Double.isNaN(reading.value());
  }

  private static String bothReadings(String text) {
    return text.replace(',', '.') + " | " + text.replace(".", "").replace(",", "");
  }

  private static Reader dates(
      String column, List<String> patterns, Conventions conventions, LongFunction<Object> value) {
    AutoDates auto = new AutoDates(conventions.timeZone());
    List<TimePattern> others =
        patterns.stream()
            .filter(pattern -> !pattern.equals(DatePatterns.AUTO))
            .map(pattern -> TimePattern.compile(pattern, conventions.timeZone()))
            .toList();
    return (text, notation, outcome) -> {
      long seconds = auto.parse(text, notation.days());
      for (int i = 0; i < others.size() && seconds == TimePattern.NONE; i++) {
        seconds = others.get(i).parse(text);
      }
      if (seconds == TimePattern.NONE) {
        seconds = auto.serial(text);
        if (seconds != TimePattern.NONE) {
          outcome.add(BuiltInRules.READ_AS, column, text, TimePattern.local(seconds).toString());
        }
      }
      if (seconds == AutoDates.AMBIGUOUS) {
        outcome.add(
            BuiltInRules.DATE_AMBIGUOUS,
            column,
            text,
            day(auto, text, Notation.DayOrder.DAY_FIRST)
                + " | "
                + day(auto, text, Notation.DayOrder.MONTH_FIRST));
        return null;
      }
      if (seconds == TimePattern.NONE) {
        outcome.add(BuiltInRules.NOT_A_DATE, column, text, String.join(" | ", patterns));
        return null;
      }
      return value.apply(seconds);
    };
  }

  private static LocalDate day(AutoDates dates, String text, Notation.DayOrder order) {
    return TimePattern.day(dates.parse(text, order));
  }

  /** What the contract's rules hold possible for a column. */
  private static Range range(Contract contract, String column) {
    double min = Double.NEGATIVE_INFINITY;
    double max = Double.POSITIVE_INFINITY;
    for (RuleSpec rule : contract.rules()) {
      if (rule.kind() == RuleKind.RANGE && rule.column().equals(column) && !rule.has("when")) {
        min = Math.max(min, rule.number("min", min));
        max = Math.min(max, rule.number("max", max));
      } else if (rule.kind() == RuleKind.WITHIN_BOX) {
        boolean lon = column.equals(rule.text("lon"));
        if (lon || column.equals(rule.text("lat"))) {
          min = Math.max(min, rule.number(lon ? "west" : "south", min));
          max = Math.min(max, rule.number(lon ? "east" : "north", max));
        }
      }
    }
    return new Range(min, max);
  }

  @Override
  public void run(Object[] row, Outcome outcome) {
    String text = source.text();
    String clean = text == null ? "" : Texts.clean(text);
    row[index] =
        clean.isEmpty() || missing.contains(clean)
            ? otherwise
            : reader.read(codes.getOrDefault(clean, clean), notation.get(), outcome);
  }
}

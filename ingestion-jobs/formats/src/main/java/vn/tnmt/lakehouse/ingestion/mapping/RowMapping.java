package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.feed.ColumnMapping;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.DatePatterns;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Lookup;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.format.Trait;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * A feed's mapping onto its contract, compiled: text cleaning, missing markers, codes, numbers and
 * dates by the feed's conventions, measurements, geometry. One instance serves one thread.
 *
 * <p>Order of work for a record: columns from cells and the file name; the measurement (which needs
 * the station); geometry (which may need lon and lat); columns from other columns.
 */
public final class RowMapping {
  /** Texts that the columns of one mapping may remember together. */
  private static final int MEMORY = 1 << 15;

  private final int columns;
  private final Delivered delivered;
  private final Step[] steps;

  private RowMapping(int columns, Delivered delivered, Step[] steps) {
    this.columns = columns;
    this.delivered = delivered;
    this.steps = steps;
  }

  /** One thing to do for each record. */
  @FunctionalInterface
  interface Step {
    void run(Object[] row, Outcome outcome);
  }

  /** {@code TNMT-2006} when the feed's mapping does not fit the contract. */
  public static RowMapping compile(Feed feed, Contract contract, CodeLists lists) {
    Delivered delivered = new Delivered(feed);
    Recency.Allowance memory = new Recency.Allowance(MEMORY);
    List<Step> steps = new ArrayList<>();
    List<Step> last = new ArrayList<>();
    List<Step> lookups = new ArrayList<>();
    List<Step> afterLookups = new ArrayList<>();
    GeometryStep.Builder geometry = new GeometryStep.Builder(contract);
    feed.mapping()
        .forEach(
            (name, mapping) -> {
              int index =
                  contract
                      .find(name)
                      .map(column -> contract.columns().indexOf(column))
                      .orElseThrow(() -> contradiction(mapping, "no column '" + name + "'", null));
              Column column = contract.columns().get(index);
              switch (mapping.source().kind()) {
                case GEOMETRY -> geometry.fill(mapping.source().name(), index);
                case ROW -> {
                  ColumnMapping other = feed.mapping().get(mapping.source().name());
                  boolean looked = other != null && !other.lookup().isNone();
                  (looked ? afterLookups : last)
                      .add(fromRow(feed, contract, mapping, column, index));
                }
                default -> {
                  if (mapping.lookup().isNone()) {
                    steps.add(
                        fromText(feed, contract, mapping, column, index, delivered, lists, memory));
                  } else {
                    // provinces first: communes lie within them
                    lookups.add(
                        mapping.lookup().list().equals(Lookup.PROVINCES) ? 0 : lookups.size(),
                        LookupStep.compile(feed, contract, mapping, index, delivered, lists));
                  }
                }
              }
            });
    if (!feed.measure().isNone()) {
      steps.add(MeasureStep.compile(feed, contract, lists, delivered));
    }
    if (geometry.any()) {
      steps.add(geometry.build(delivered));
    }
    steps.addAll(last);
    steps.addAll(lookups);
    steps.addAll(afterLookups);
    return new RowMapping(contract.columns().size(), delivered, steps.toArray(Step[]::new));
  }

  /** Whether the feed takes a geometry from its records. */
  public static boolean takesGeometry(Feed feed, Contract contract) {
    return !GeometryStep.ofPoint(contract)
        && feed.mapping().values().stream()
            .anyMatch(mapping -> mapping.source().kind() == Source.Kind.GEOMETRY);
  }

  /** Maps one record; starts from what its reader found wrong. */
  public Outcome apply(RawRecord record, SourceFile file) {
    Outcome outcome = new Outcome(columns, record.breaches());
    delivered.move(record, file);
    delivered.tell(outcome);
    for (Step step : steps) {
      step.run(outcome.row(), outcome);
    }
    return outcome;
  }

  /** The decimal separator of a feed's numbers; station files write both (Bảng 34: a point). */
  static char decimal(Feed feed) {
    return feed.format().has(Trait.EITHER_DECIMAL) ? Numbers.EITHER : feed.conventions().decimal();
  }

  /**
   * No pattern means ISO; and typed cells give dates as ISO texts, whatever the feed's patterns for
   * texts are.
   */
  private static List<String> dates(Feed feed, List<String> patterns) {
    if (!feed.format().has(Trait.TYPED) && !patterns.isEmpty()) {
      return patterns;
    }
    List<String> all = new ArrayList<>(patterns);
    all.add(DatePatterns.ISO);
    return all;
  }

  private static Step fromText(
      Feed feed,
      Contract contract,
      ColumnMapping mapping,
      Column column,
      int index,
      Delivered delivered,
      CodeLists lists,
      Recency.Allowance memory) {
    Conventions conventions = feed.conventions();
    Object otherwise;
    Typer typer;
    try {
      otherwise =
          mapping.otherwise().isEmpty() ? null : Typer.constant(column, mapping.otherwise());
      typer =
          Typer.of(
              column,
              decimal(feed),
              dates(feed, mapping.dates().isEmpty() ? conventions.dates() : mapping.dates()),
              conventions.timeZone());
    } catch (IllegalArgumentException e) {
      throw contradiction(mapping, "column '" + column.name() + "': " + e.getMessage(), e);
    }
    if (mapping.source().kind() == Source.Kind.NONE) {
      return (row, outcome) -> row[index] = otherwise;
    }
    Sentinels sentinels = Sentinels.of(lists);
    Step evident = EvidentStep.of(feed, contract, mapping, column, delivered, otherwise, sentinels);
    if (evident != null) {
      return evident;
    }
    return new TextStep(
        column.name(),
        index,
        delivered.getter(mapping.source()),
        delivered.bytes(mapping.source()),
        column.type() == LogicalType.NUMBER && mapping.codes().isEmpty()
            ? decimal(feed)
            : Numbers.EITHER,
        conventions.missing(),
        mapping.codes(),
        typer,
        otherwise,
        sentinels,
        memory);
  }

  /** A column of text in the record. The same text as in the record before gives the same value. */
  private static final class TextStep implements Step {
    private final String column;
    private final int index;
    private final Delivered.Getter source;
    private final Delivered.@Nullable CellBytes cell;

    /** Separator of numbers that are read from bytes where they are plain; EITHER for none. */
    private final char plainDecimal;

    private final Set<String> missing;
    private final Map<String, String> codes;
    private final Typer typer;
    private final Object otherwise;

    /** Length of the longest marker; most texts are measured values, and longer. */
    private final int longest;

    private final Sentinels sentinels;
    private final RepeatedTexts repeated;
    private String lastText;
    private Object lastValue;

    TextStep(
        String column,
        int index,
        Delivered.Getter source,
        Delivered.CellBytes cell,
        char plainDecimal,
        Set<String> missing,
        Map<String, String> codes,
        Typer typer,
        Object otherwise,
        Sentinels sentinels,
        Recency.Allowance memory) {
      this.column = column;
      this.index = index;
      this.source = source;
      this.cell = cell;
      this.plainDecimal = plainDecimal;
      this.missing = missing;
      this.codes = codes;
      this.typer = typer;
      this.otherwise = otherwise;
      this.longest = missing.stream().mapToInt(String::length).max().orElse(0);
      this.sentinels = sentinels;
      this.repeated = new RepeatedTexts(memory);
    }

    @Override
    public void run(Object[] row, Outcome outcome) {
      boolean asBytes = cell != null && cell.find();
      Object known = asBytes ? known() : null;
      if (known != null) {
        row[index] = known == RepeatedTexts.NOTHING ? null : known;
        return;
      }
      String text = source.text();
      if (text == null) {
        row[index] = otherwise;
      } else if (text.equals(lastText)) {
        row[index] = lastValue;
      } else {
        String clean = Texts.clean(text);
        boolean absent = clean.isEmpty() || (clean.length() <= longest && missing.contains(clean));
        Object value = absent ? otherwise : typer.parser().parse(code(clean));
        row[index] = value;
        if (value == null && !absent) {
          outcome.add(typer.rule(), column, clean, typer.expected());
        } else if (!absent
            && value instanceof Number number
            && sentinels.anywhere(number.doubleValue())) {
          row[index] = otherwise;
          outcome.add(BuiltInRules.NO_DATA_MARK, column, clean, "");
        } else {
          lastText = text;
          lastValue = value;
          if (asBytes && plainDecimal == Numbers.EITHER) {
            repeated.put(cell.bytes, cell.from, cell.to, value);
          }
        }
      }
    }

    /** The value of a cell that can be told from its bytes; null otherwise. */
    private @Nullable Object known() {
      if (plainDecimal == Numbers.EITHER) {
        return repeated.get(cell.bytes, cell.from, cell.to);
      }
      // What is not longer than a marker for a missing value may be one.
      double number =
          cell.to - cell.from > longest
              ? Numbers.plain(cell.bytes, cell.from, cell.to, plainDecimal)
              : Double.NaN;
      return Double.isNaN(number) || sentinels.anywhere(number) ? null : (Object) number;
    }

    private String code(String clean) {
      return codes.isEmpty() ? clean : codes.getOrDefault(clean, clean);
    }
  }

  private static Step fromRow(
      Feed feed, Contract contract, ColumnMapping mapping, Column column, int index) {
    String name = mapping.source().name();
    Column source =
        contract
            .find(name)
            .orElseThrow(() -> contradiction(mapping, "no column '" + name + "'", null));
    int from = contract.index(name);
    ZoneId zone = feed.conventions().timeZone();
    boolean day = source.type() == LogicalType.TIMESTAMP && column.type() == LogicalType.DATE;
    if (!day && source.type() != column.type()) {
      throw contradiction(
          mapping,
          "column '%s' is %s, '%s' is %s"
              .formatted(column.name(), column.type(), name, source.type()),
          null);
    }
    return (row, outcome) -> {
      Object value = row[from];
      if (value == null) {
        outcome.undecide(column.name());
      } else {
        row[index] = day ? LocalDate.ofInstant((Instant) value, zone) : value;
      }
    };
  }

  static TnmtException contradiction(
      ColumnMapping mapping, String what, @Nullable Throwable cause) {
    return TnmtException.of(
        ErrorCode.FEED_CONTRADICTS_CONTRACT, what, mapping.place().toString(), "", cause);
  }
}

package vn.tnmt.lakehouse.tables.rule;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.BoundedText;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.LogicalType;

/** Turns declared rules into lambdas over a row of one contract. */
final class RuleCompiler {
  private static final List<String> OPERATORS = List.of("<", "<=", "=", "!=", ">=", ">");
  private static final double[] UNLIMITED = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

  private final Contract contract;
  private final CodeLists lists;

  RuleCompiler(Contract contract, CodeLists lists) {
    this.contract = contract;
    this.lists = lists;
  }

  RowRule compile(RuleSpec spec) {
    return switch (spec.kind()) {
      case REQUIRED -> {
        int i = column(spec);
        yield rule(spec, (row, context) -> row[i] != null, "", i);
      }
      case RANGE -> range(spec);
      case RANGE_BY_CODE -> rangeByCode(spec);
      case PATTERN -> pattern(spec);
      case ONE_OF -> oneOf(spec);
      case CODE_LIST -> codeList(spec);
      case NOT_AFTER_AS_OF -> notAfterAsOf(spec);
      case NOT_BEFORE -> notBefore(spec);
      case WITHIN_BOX -> withinBox(spec);
      case SWAPPED_COORDINATES -> swappedCoordinates(spec);
      case COMPARE -> compare(spec);
      case REFERENCE, COUNT ->
          throw new IllegalArgumentException(spec.kind().yamlName() + " is not a row rule");
    };
  }

  private RowRule range(RuleSpec spec) {
    int i = column(spec, LogicalType.NUMBER, LogicalType.INTEGER);
    double min = spec.number("min", Double.NEGATIVE_INFINITY);
    double max = spec.number("max", Double.POSITIVE_INFINITY);
    if (min > max || (!spec.has("min") && !spec.has("max"))) {
      throw wrong(
          spec,
          "khoảng rỗng / the range is empty or has no limit",
          "give min, max or both, min <= max");
    }
    return rule(spec, (row, context) -> within(row[i], min, max), Values.range(min, max), i);
  }

  private RowRule rangeByCode(RuleSpec spec) {
    int i = column(spec, LogicalType.NUMBER, LogicalType.INTEGER);
    int key = index(spec, spec.text("key"), LogicalType.STRING);
    Map<String, double[]> limits = new HashMap<>();
    lists
        .by(spec.text("list"), spec.text("listKey"))
        .forEach(
            (code, cells) ->
                limits.put(
                    code,
                    new double[] {
                      limit(spec, cells, "min", UNLIMITED[0]),
                      limit(spec, cells, "max", UNLIMITED[1])
                    }));
    return rule(
        spec,
        (row, context) -> {
          double[] limit = limits.get(row[key]);
          return limit == null || within(row[i], limit[0], limit[1]);
        },
        (row, context) -> {
          double[] limit = limits.getOrDefault(row[key], UNLIMITED);
          return row[key] + " " + Values.range(limit[0], limit[1]);
        },
        i);
  }

  private double limit(
      RuleSpec spec, Map<String, String> cells, String argument, double otherwise) {
    if (!spec.has(argument)) {
      return otherwise;
    }
    String column = spec.text(argument);
    String cell = cells.get(column);
    if (cell == null) {
      throw wrong(
          spec,
          "danh mục không có cột / code list "
              + spec.text("list")
              + " has no column '"
              + column
              + "'",
          Nearest.hint(column, cells.keySet()));
    }
    try {
      return cell.isBlank() ? otherwise : Double.parseDouble(cell.trim());
    } catch (NumberFormatException e) {
      throw wrong(
          spec,
          "'"
              + cell
              + "' in column "
              + column
              + " of code list "
              + spec.text("list")
              + " is not a number",
          "correct the list");
    }
  }

  private RowRule pattern(RuleSpec spec) {
    int i = column(spec, LogicalType.STRING);
    Pattern pattern;
    try {
      pattern = Pattern.compile(spec.text("pattern"));
    } catch (PatternSyntaxException e) {
      throw wrong(spec, "mẫu sai / the pattern is not a regular expression", e.getDescription());
    }
    // One matcher for all rows: matching then allocates nothing.
    Matcher matcher = pattern.matcher("");
    Predicate<String> matches =
        CodePattern.of(pattern)
            .<Predicate<String>>map(code -> code::matches)
            .orElse(text -> BoundedText.matches(matcher, text));
    return rule(
        spec,
        (row, context) -> row[i] == null || matches.test((String) row[i]),
        pattern.pattern(),
        i);
  }

  private RowRule oneOf(RuleSpec spec) {
    int i = column(spec, LogicalType.STRING);
    List<String> values = texts(spec.arguments().get("values"));
    Set<String> allowed = Set.copyOf(values);
    return rule(
        spec,
        (row, context) -> row[i] == null || allowed.contains(row[i]),
        String.join(" | ", values),
        i);
  }

  private RowRule codeList(RuleSpec spec) {
    int i = column(spec, LogicalType.STRING);
    String list = spec.text("list");
    if (!spec.has("validAt")) {
      Set<String> codes = new HashSet<>(lists.by(list, spec.text("listColumn")).keySet());
      return rule(spec, (row, context) -> row[i] == null || codes.contains(row[i]), list, i);
    }
    int date = index(spec, spec.text("validAt"), LogicalType.DATE, LogicalType.TIMESTAMP);
    Map<String, long[]> validity = validity(spec, list);
    return rule(
        spec,
        (row, context) ->
            row[i] == null || row[date] == null || holds(validity.get(row[i]), epochDay(row[date])),
        (row, context) -> list + " @ " + Values.text(row[date]),
        i,
        date);
  }

  /** Code → pairs of first and last day. */
  private Map<String, long[]> validity(RuleSpec spec, String list) {
    Map<String, long[]> validity = new HashMap<>();
    for (Map<String, String> cells : lists.rows(list)) {
      String code = cells.get(spec.text("listColumn"));
      if (code == null || !(cells.containsKey("valid_from") || cells.containsKey("valid_to"))) {
        throw wrong(
            spec,
            "code list "
                + list
                + " lacks column "
                + spec.text("listColumn")
                + " or validity dates (valid_from, valid_to)",
            "leave out validAt, or complete the list");
      }
      long from = day(spec, cells.getOrDefault("valid_from", ""), Long.MIN_VALUE);
      long to = day(spec, cells.getOrDefault("valid_to", ""), Long.MAX_VALUE);
      validity.merge(code, new long[] {from, to}, RuleCompiler::concat);
    }
    return validity;
  }

  private static long[] concat(long[] first, long[] second) {
    long[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static boolean holds(long @Nullable [] periods, long day) {
    for (int i = 0; periods != null && i < periods.length; i += 2) {
      if (periods[i] <= day && day <= periods[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The night's as-of instant is the midnight at which its day ends, so that a measurement of 24:00
   * is of the night; the day of that instant is already the next one.
   */
  private RowRule notAfterAsOf(RuleSpec spec) {
    int i = column(spec, LogicalType.DATE, LogicalType.TIMESTAMP);
    return rule(
        spec,
        (row, context) ->
            row[i] == null
                || (row[i] instanceof Instant instant
                    ? !instant.isAfter(context.asOf())
                    : epochDay(row[i]) <= context.businessDate().toEpochDay()),
        (row, context) ->
            "≤ "
                + (row[i] instanceof Instant
                    ? Values.text(context.asOf())
                    : context.businessDate()),
        i);
  }

  private RowRule notBefore(RuleSpec spec) {
    int i = column(spec, LogicalType.DATE, LogicalType.TIMESTAMP);
    long first = day(spec, spec.text("date"), Long.MIN_VALUE);
    return rule(
        spec,
        (row, context) -> row[i] == null || epochDay(row[i]) >= first,
        "≥ " + spec.text("date"),
        i);
  }

  private RowRule withinBox(RuleSpec spec) {
    Box box = box(spec);
    boolean unlessSwapped = Boolean.TRUE.equals(spec.arguments().get("unlessSwapped"));
    return rule(
        spec,
        (row, context) ->
            row[box.lon] == null
                || row[box.lat] == null
                || box.holds((Double) row[box.lon], (Double) row[box.lat])
                || (unlessSwapped && box.holds((Double) row[box.lat], (Double) row[box.lon])),
        box.text(),
        box.lon,
        box.lat);
  }

  private RowRule swappedCoordinates(RuleSpec spec) {
    Box box = box(spec);
    return rule(
        spec,
        (row, context) ->
            row[box.lon] == null
                || row[box.lat] == null
                || box.holds((Double) row[box.lon], (Double) row[box.lat])
                || !box.holds((Double) row[box.lat], (Double) row[box.lon]),
        box.text(),
        box.lon,
        box.lat);
  }

  private Box box(RuleSpec spec) {
    Box box =
        new Box(
            index(spec, spec.text("lon"), LogicalType.NUMBER),
            index(spec, spec.text("lat"), LogicalType.NUMBER),
            spec.number("west", 0),
            spec.number("east", 0),
            spec.number("south", 0),
            spec.number("north", 0));
    if (box.west >= box.east || box.south >= box.north) {
      throw wrong(spec, "khung rỗng / the box is empty", "west < east and south < north");
    }
    return box;
  }

  private record Box(int lon, int lat, double west, double east, double south, double north) {
    boolean holds(double x, double y) {
      return x >= west && x <= east && y >= south && y <= north;
    }

    String text() {
      return "lon " + Values.range(west, east) + ", lat " + Values.range(south, north);
    }
  }

  private RowRule compare(RuleSpec spec) {
    String op = spec.text("op");
    if (!OPERATORS.contains(op)) {
      throw wrong(
          spec, "phép so sánh lạ / unknown operator '" + op + "'", "use one of " + OPERATORS);
    }
    String leftName = spec.text("left");
    String rightName = spec.text("right");
    int left = index(spec, leftName, contract.column(leftName).type());
    int right = index(spec, rightName, contract.column(leftName).type());
    if (contract.column(leftName).type().valueClass() == Object.class
        || contract.column(leftName).type() == LogicalType.BINARY) {
      throw wrong(
          spec,
          "không so sánh được / " + leftName + " cannot be compared",
          "compare numbers, texts or dates");
    }
    double tolerance = spec.number("tolerance", 0);
    if (tolerance < 0 || (tolerance > 0 && !isNumber(leftName))) {
      throw wrong(spec, "dung sai sai / a tolerance is a number from 0, for numbers only", "");
    }
    Expectation expected =
        (row, context) ->
            op
                + " "
                + rightName
                + " ("
                + Values.text(row[right])
                + ")"
                + (tolerance == 0 ? "" : " ± " + Values.number(tolerance * 100) + " %");
    return rule(
        spec,
        (row, context) ->
            row[left] == null
                || row[right] == null
                || holds(op, order(row[left], row[right], tolerance)),
        expected,
        left);
  }

  /** Sign of left − right; 0 when they differ by no more than the tolerance. */
  private static int order(Object left, Object right, double tolerance) {
    if (left instanceof Number a && right instanceof Number b) {
      double difference = a.doubleValue() - b.doubleValue();
      double allowed = tolerance * Math.abs(b.doubleValue());
      return Math.abs(difference) <= allowed ? 0 : Double.compare(difference, 0);
    }
    @SuppressWarnings("unchecked")
    Comparable<Object> comparable = (Comparable<Object>) left;
    return comparable.compareTo(right);
  }

  private static boolean holds(String op, int order) {
    return switch (op) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case ">=" -> order >= 0;
      default -> order > 0;
    };
  }

  private static boolean within(@Nullable Object value, double min, double max) {
    if (value == null) {
      return true;
    }
    double number = ((Number) value).doubleValue();
    return number >= min && number <= max;
  }

  private static long epochDay(Object value) {
    return value instanceof Instant instant
        ? RuleContext.localEpochDay(instant)
        : ((LocalDate) value).toEpochDay();
  }

  private long day(RuleSpec spec, String cell, long otherwise) {
    try {
      return cell.isBlank() ? otherwise : LocalDate.parse(cell.trim()).toEpochDay();
    } catch (DateTimeParseException e) {
      throw wrong(spec, "không phải ngày / '" + cell + "' is not a date", "write it as yyyy-MM-dd");
    }
  }

  private boolean isNumber(String column) {
    LogicalType type = contract.column(column).type();
    return type == LogicalType.NUMBER || type == LogicalType.INTEGER;
  }

  private int column(RuleSpec spec, LogicalType... types) {
    if (spec.column().isEmpty()) {
      throw wrong(
          spec,
          "cần đặt ở một cột / this kind of rule belongs to a column",
          "move it under a property");
    }
    return index(spec, spec.column(), types);
  }

  private int index(RuleSpec spec, String column, LogicalType... types) {
    LogicalType type = contract.column(column).type();
    if (types.length > 0 && !List.of(types).contains(type)) {
      throw wrong(
          spec,
          "sai kiểu / column " + column + " is a " + type.name().toLowerCase(Locale.ROOT),
          "this rule needs " + List.of(types).toString().toLowerCase(Locale.ROOT));
    }
    return contract.index(column);
  }

  private RowRule rule(RuleSpec spec, Check check, String expected, int... shown) {
    return rule(spec, check, (row, context) -> expected, shown);
  }

  private RowRule rule(RuleSpec spec, Check check, Expectation expectation, int... shown) {
    Check applied = check;
    List<Condition> conditions = conditions(spec);
    if (!conditions.isEmpty()) {
      Condition[] all = conditions.toArray(new Condition[0]);
      applied = (row, context) -> !hold(all, row) || check.passes(row, context);
    }
    return new RowRule(spec.code(), spec.severity(), spec.column(), shown, applied, expectation);
  }

  private record Condition(int column, Set<String> values) {}

  private static boolean hold(Condition[] conditions, Object[] row) {
    for (Condition condition : conditions) {
      Object value = row[condition.column];
      if (value == null || !condition.values.contains(value)) {
        return false;
      }
    }
    return true;
  }

  private List<Condition> conditions(RuleSpec spec) {
    List<Condition> conditions = new ArrayList<>();
    if (spec.arguments().get("when") instanceof Map<?, ?> when) {
      when.forEach(
          (column, values) ->
              conditions.add(
                  new Condition(
                      index(spec, (String) column, LogicalType.STRING),
                      Set.copyOf(texts((Serializable) values)))));
    }
    return conditions;
  }

  private static List<String> texts(Serializable values) {
    return ((List<?>) values).stream().map(String.class::cast).toList();
  }

  private TnmtException wrong(RuleSpec spec, String what, String remedy) {
    return TnmtException.of(
        ErrorCode.CONTRACT_INVALID, "rule " + spec.code() + ": " + what, spec.where(), remedy);
  }
}

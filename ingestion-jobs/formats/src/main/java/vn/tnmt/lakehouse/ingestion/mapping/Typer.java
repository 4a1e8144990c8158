package vn.tnmt.lakehouse.ingestion.mapping;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.LogicalType;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Turns a cleaned text into a value of a logical type.
 *
 * @param rule what a text breaks that is no such value
 * @param expected what was expected, for the breach
 */
record Typer(Parser parser, BuiltInRules rule, String expected) {
  /** Null when the text is no such value. */
  @FunctionalInterface
  interface Parser {
    Object parse(String text);
  }

  private static final double LONG_LIMIT = 1L << 53;

  /** For texts in a publisher's notation. */
  static Typer of(Column column, char decimal, List<String> dates, ZoneId zone) {
    String physical = column.physicalType();
    return switch (column.type()) {
      case STRING -> new Typer(text -> text, BuiltInRules.INTERNAL_FAULT, "");
      case NUMBER ->
          new Typer(
              text -> number(Numbers.parse(text, decimal), physical),
              BuiltInRules.NOT_A_NUMBER,
              notation(decimal));
      case INTEGER ->
          new Typer(
              text -> integer(text, decimal, physical),
              BuiltInRules.NOT_A_NUMBER,
              "0-9, ±" + (long) limit(physical));
      case BOOLEAN -> new Typer(Typer::flag, BuiltInRules.CODE_NOT_IN_LIST, "true | false");
      case DATE ->
          time(
              dates,
              zone,
              seconds -> seconds == TimePattern.NONE ? null : TimePattern.day(seconds));
      case TIMESTAMP ->
          time(
              dates,
              zone,
              seconds ->
                  seconds == TimePattern.NONE
                      ? null
                      : TimePattern.local(seconds).atZone(zone).toInstant());
      case BINARY, OBJECT ->
          throw new IllegalArgumentException(
              "a column of type " + column.type() + " is not read from text");
    };
  }

  /** A constant or default in the contract's notation: ISO dates and instants, decimal point. */
  static Object constant(Column column, String text) {
    if (column.type() == LogicalType.TIMESTAMP) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("not an ISO instant: " + text, e);
      }
    }
    Object value = of(column, '.', List.of("yyyy-MM-dd"), ZoneId.of("UTC")).parser.parse(text);
    if (value == null) {
      throw new IllegalArgumentException("not a value of type " + column.type() + ": " + text);
    }
    return value;
  }

  /** The number, or null when it is none or the column's type cannot hold it. */
  static @Nullable Object number(double value, String physical) {
    float single = (float) value;
    boolean held =
        !Double.isNaN(value)
            && (!physical.equals("float")
                || (!Float.isInfinite(single) && (single == 0) == (value == 0)));
    return held ? (Object) value : null;
  }

  private static @Nullable Object integer(String text, char decimal, String physical) {
    Object value = integer(Numbers.parse(text, decimal), physical);
    return value == null || Numbers.whole(text, decimal) ? value : null;
  }

  /** The whole number, or null when it is none or the column's type cannot hold it exactly. */
  static @Nullable Object integer(double value, String physical) {
    return value == Math.rint(value) && Math.abs(value) <= limit(physical)
        ? (Object) (long) value
        : null;
  }

  private static double limit(String physical) {
    return physical.equals("int") ? Integer.MAX_VALUE : LONG_LIMIT - 1;
  }

  private static @Nullable Object flag(String text) {
    return switch (text) {
      case "true", "TRUE", "True", "1" -> true;
      case "false", "FALSE", "False", "0" -> false;
      default -> null;
    };
  }

  private static String notation(char decimal) {
    return decimal == ',' ? "0-9 ," : decimal == '.' ? "0-9 ." : "0-9 . ,";
  }

  @FunctionalInterface
  private interface FromSeconds {
    Object value(long seconds);
  }

  private static Typer time(List<String> dates, ZoneId zone, FromSeconds fromSeconds) {
    TimePattern[] patterns =
        dates.stream().map(date -> TimePattern.compile(date, zone)).toArray(TimePattern[]::new);
    Parser parser =
        text -> {
          for (TimePattern pattern : patterns) {
            long seconds = pattern.parse(text);
            if (seconds != TimePattern.NONE) {
              return fromSeconds.value(seconds);
            }
          }
          return null;
        };
    return new Typer(parser, BuiltInRules.NOT_A_DATE, String.join(" | ", dates));
  }
}

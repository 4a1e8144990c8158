package vn.tnmt.lakehouse.transform.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * The partitions of a table that a night's records can meet, so that the work follows the night and
 * not the history.
 */
public record TouchedPartitions(List<Range> ranges) {
  /** Above this many values a range costs less than a list. */
  private static final int MAX_VALUES = 64;

  private static final Pattern TRANSFORM = Pattern.compile("\\w+\\((?:\\d+, *)?(\\w+)\\)");

  /**
   * One column and what holds for it.
   *
   * @param predicate for example {@code IN (DATE '2026-03-14')}; empty when there is no value
   * @param orNull rows without a value may be touched, too
   */
  public record Range(String column, String predicate, boolean orNull) {
    private String sql(String name) {
      if (predicate.isEmpty()) {
        return orNull ? name + " IS NULL" : "false";
      }
      String has = name + " " + predicate;
      return orNull ? "(%s OR %s IS NULL)".formatted(has, name) : has;
    }
  }

  /**
   * The partitions that rows lie in.
   *
   * @param rows whatever holds the values of partition columns
   * @param value column of the contract → where its value is in {@code rows}
   * @param known columns of which {@code rows} has values; partitions by others are not bounded
   */
  public static TouchedPartitions of(
      Contract contract,
      Dataset<Row> rows,
      Function<String, Column> value,
      Collection<String> known) {
    List<Range> ranges = new ArrayList<>();
    for (String field : contract.partitioning()) {
      String column = source(field);
      if (!known.contains(column)) {
        continue;
      }
      Dataset<Row> values = rows.select(value.apply(column).as("v"));
      List<Row> distinct = values.distinct().limit(MAX_VALUES + 1).collectAsList();
      ranges.add(
          distinct.size() <= MAX_VALUES ? listed(column, distinct) : between(column, values));
    }
    return new TouchedPartitions(ranges);
  }

  private static Range listed(String column, List<Row> distinct) {
    boolean hasNull = distinct.stream().anyMatch(row -> row.isNullAt(0));
    String literals =
        distinct.stream()
            .filter(row -> !row.isNullAt(0))
            .map(row -> literal(row.get(0)))
            .sorted()
            .collect(Collectors.joining(", "));
    return new Range(column, literals.isEmpty() ? "" : "IN (" + literals + ")", hasNull);
  }

  private static Range between(String column, Dataset<Row> values) {
    Row range = values.selectExpr("min(v)", "max(v)", "bool_or(v IS NULL)").first();
    return new Range(
        column,
        "BETWEEN " + literal(range.get(0)) + " AND " + literal(range.get(1)),
        range.getBoolean(2));
  }

  /**
   * The partitions as a condition in SQL.
   *
   * @param prefix put before each column, for example {@code t.}
   * @return a condition; {@code true} for an unpartitioned table
   */
  public String sql(String prefix) {
    return ranges.isEmpty()
        ? "true"
        : ranges.stream()
            .map(range -> range.sql(prefix + range.column()))
            .collect(Collectors.joining(" AND "));
  }

  private static String source(String partitionField) {
    Matcher transform = TRANSFORM.matcher(partitionField);
    return transform.matches() ? transform.group(1) : partitionField;
  }

  private static String literal(Object value) {
    if (value instanceof java.time.LocalDate || value instanceof java.sql.Date) {
      return "DATE '" + value + "'";
    }
    if (value instanceof Number) {
      return value.toString();
    }
    return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

package vn.tnmt.lakehouse.transform.run;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
    Question question = Question.of(contract, value, known);
    return question.ask(rows, List.of()).touched();
  }

  /** What is asked of rows in one pass, beside what else the caller wants to know of them. */
  public static final class Question {
    private final List<String> columns;
    private final List<Column> aggregates;

    private Question(List<String> columns, List<Column> aggregates) {
      this.columns = columns;
      this.aggregates = aggregates;
    }

    /**
     * Asks for the partitions that a contract's rows lie in.
     *
     * @param value column of the contract → where its value is in the rows
     * @param known columns of which the rows have values; partitions by others are not bounded
     */
    public static Question of(
        Contract contract, Function<String, Column> value, Collection<String> known) {
      List<String> columns =
          contract.partitioning().stream()
              .map(TouchedPartitions::source)
              .filter(known::contains)
              .toList();
      List<Column> aggregates = new ArrayList<>();
      for (String column : columns) {
        Column of = value.apply(column);
        // The values of a partition column are few in a night: days, provinces, communes.
        aggregates.add(collect_set(of));
        aggregates.add(coalesce(bool_or(of.isNull()), lit(false)));
      }
      return new Question(columns, aggregates);
    }

    /**
     * Asks the rows, in one pass.
     *
     * @param more further aggregates
     */
    public Answer ask(Dataset<Row> rows, List<Column> more) {
      List<Column> all = new ArrayList<>(more);
      all.addAll(aggregates);
      if (all.isEmpty()) {
        return new Answer(RowFactory.create(), new TouchedPartitions(List.of()));
      }
      Row row = rows.agg(all.get(0), all.subList(1, all.size()).toArray(Column[]::new)).first();
      List<Range> ranges = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        int at = more.size() + 2 * i;
        ranges.add(range(columns.get(i), row.getList(at), row.getBoolean(at + 1)));
      }
      return new Answer(row, new TouchedPartitions(ranges));
    }
  }

  /**
   * What the rows said.
   *
   * @param row the further aggregates in their order; what follows them is ours
   */
  public record Answer(Row row, TouchedPartitions touched) {}

  private static Range range(String column, List<Object> values, boolean orNull) {
    if (values.isEmpty()) {
      return new Range(column, "", orNull);
    }
    List<Object> sorted = new ArrayList<>(new TreeSet<>(values));
    String predicate =
        sorted.size() <= MAX_VALUES
            ? sorted.stream()
                .map(TouchedPartitions::literal)
                .collect(Collectors.joining(", ", "IN (", ")"))
            : "BETWEEN %s AND %s"
                .formatted(literal(sorted.get(0)), literal(sorted.get(sorted.size() - 1)));
    return new Range(column, predicate, orNull);
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

package vn.tnmt.lakehouse.transform.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.contract.Column;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;
import vn.tnmt.lakehouse.tables.rule.RowRules;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * The rules of a contract on rows that the platform itself computed, by the same engine that judges
 * publishers' rows. A rule of ours that fails with an exception is REC-99, which blocks.
 */
final class ContractRules {
  private static final StructType BREACH =
      new StructType()
          .add("rule", DataTypes.StringType, false)
          .add("severity", DataTypes.StringType, false)
          .add("example", DataTypes.StringType, false);

  private ContractRules() {}

  /**
   * A rule that rows break.
   *
   * @param example key, column and value of one of the rows
   */
  record Broken(String rule, Severity severity, long rows, String example) {}

  /**
   * The rules of a contract that rows break.
   *
   * @param rows the contract's columns
   * @return the rules that are broken, by code; empty when all rows keep them all
   */
  static List<Broken> broken(
      Contract contract, Dataset<Row> rows, RuleContext context, RunTables tables) {
    List<Dataset<Row>> breaches = new ArrayList<>();
    breaches.add(ofRows(contract, rows, context));
    for (Reference reference : contract.references()) {
      breaches.add(ofReference(reference, rows, tables));
    }
    return breaches.stream()
        .reduce(Dataset::union)
        .orElseThrow()
        .groupBy("rule", "severity")
        .agg(count(lit(1)), min("example"))
        .orderBy("rule")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Broken(
                    row.getString(0),
                    Severity.valueOf(row.getString(1)),
                    row.getLong(2),
                    row.getString(3)))
        .toList();
  }

  private static Dataset<Row> ofRows(Contract contract, Dataset<Row> rows, RuleContext context) {
    MapPartitionsFunction<Row, Row> check =
        partition -> {
          Judge judge = new Judge(contract, context);
          return StreamSupport.stream(Spliterators.spliteratorUnknownSize(partition, 0), false)
              .flatMap(judge::breaches)
              .iterator();
        };
    return rows.select(
            contract.columnNames().stream()
                .map(c -> col(c))
                .toArray(org.apache.spark.sql.Column[]::new))
        .mapPartitions(check, Encoders.row(BREACH));
  }

  private static Dataset<Row> ofReference(
      Reference reference, Dataset<Row> rows, RunTables tables) {
    Dataset<Row> known =
        tables
            .read(reference.dataset())
            .select(col(reference.targetColumn()).as("_known"))
            .distinct();
    return rows.where(col(reference.column()).isNotNull())
        .join(known, col(reference.column()).equalTo(col("_known")), "left_anti")
        .select(
            lit(reference.rule()).as("rule"),
            lit(reference.severity().name()).as("severity"),
            org.apache
                .spark
                .sql
                .functions
                .concat(lit(reference.column() + " = "), col(reference.column()).cast("string"))
                .as("example"));
  }

  /** The rules, compiled for one task. */
  private static final class Judge {
    private final Contract contract;
    private final RuleContext context;
    private final RowRules rules;

    Judge(Contract contract, RuleContext context) {
      this.contract = contract;
      this.context = context;
      this.rules = RowRules.compile(contract, CodeLists.bundled());
    }

    Stream<Row> breaches(Row row) {
      List<Breach> broken = new ArrayList<>();
      try {
        rules.check(values(row), context, broken);
      } catch (RuntimeException e) {
        broken.add(BuiltInRules.INTERNAL_FAULT.breach("", e.getClass().getName(), ""));
      }
      return broken.stream()
          .map(b -> RowFactory.create(b.rule(), b.severity().name(), example(row, b)));
    }

    private String example(Row row, Breach breach) {
      String key =
          contract.key().stream()
              .map(k -> shown(k, row.get(contract.index(k))))
              .collect(Collectors.joining(", "));
      return key
          + ": "
          + (breach.column().isEmpty() ? breach.value() : shown(breach.column(), breach.value()));
    }

    /**
     * What is told of a value: people read it, so that of columns that are not public nothing is.
     */
    private String shown(String column, Object value) {
      return contract.column(column).privacy().equals("P0") ? column + " " + value : column;
    }

    /** As the row engine has them, of the classes of {@code LogicalType}. */
    private Object[] values(Row row) {
      Object[] values = new Object[contract.columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.isNullAt(i) ? null : value(contract.columns().get(i), row.get(i));
      }
      return values;
    }

    private static Object value(Column column, Object value) {
      return switch (column.type()) {
        case INTEGER -> ((Number) value).longValue();
        case NUMBER -> ((Number) value).doubleValue();
        case DATE -> value instanceof java.sql.Date date ? date.toLocalDate() : value;
        case TIMESTAMP ->
            value instanceof java.sql.Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
        default -> value;
      };
    }
  }
}

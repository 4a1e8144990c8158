package vn.tnmt.lakehouse.transform.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.engine.CellsJson;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.Settled;

/**
 * Writes what became of a night's records ({@code ops.*}) and proves that none is missing.
 *
 * <p>Every table is written once for the whole night, on the run's branch.
 */
public final class Ledger {
  /** Raw tables keep cells as JSON; here they are few, and people look at them. */
  private static final UserDefinedFunction CELLS =
      udf(
          (UDF1<String, Map<String, String>>) CellsJson::parse,
          DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  /** How deliveries stand in the table. */
  public static final ContractRows DELIVERIES =
      ContractRows.of("ops.delivery", OfRun.class, DeliveryFacts.class, Counts.class);

  /** The run that took a delivery. */
  record OfRun(String runId) {}

  private final RunTables tables;

  public Ledger(RunTables tables) {
    this.tables = tables;
  }

  /**
   * Writes what became of each delivery.
   *
   * @param settled the night's records by dataset
   * @return what became of each delivery, counted from the tables as written
   * @throws TnmtException TNMT-6001 when a record of any delivery is unaccounted for
   */
  public Map<String, Counts> record(
      Collection<Settled> settled, Collection<DeliveryFacts> deliveries) {
    try (Parallel steps = new Parallel(tables.spark())) {
      Parallel.join(
          List.of(
              steps.start(() -> write("ops.quarantine", settled, Ledger::quarantined)),
              steps.start(() -> writeOutcomes(settled)),
              steps.start(() -> write("ops.rule_result", settled, Ledger::ruleResults))));
    }
    Map<String, Counts> counts = countWritten(settled);
    requireConserved(deliveries, counts);
    tables.append("ops.delivery", deliveryRows(deliveries, counts));
    return counts;
  }

  private String write(
      String table, Collection<Settled> settled, UnaryOperator<Dataset<Row>> view) {
    tables.append(table, union(settled, view));
    return table;
  }

  /** Those of this night that are not current, with the standing rows that snapshots lack. */
  private String writeOutcomes(Collection<Settled> settled) {
    Dataset<Row> rows =
        settled.stream().map(this::notCurrent).reduce(Dataset::unionByName).orElseThrow();
    for (Settled s : settled) {
      rows = s.removed(tables.run()).map(rows::unionByName).orElse(rows);
    }
    tables.append("ops.row_outcome", rows);
    return "ops.row_outcome";
  }

  private static Dataset<Row> union(Collection<Settled> settled, UnaryOperator<Dataset<Row>> view) {
    return settled.stream()
        .map(
            s ->
                view.apply(
                    s.outcomes()
                        .withColumn("dataset", lit(s.contract().dataset()))
                        .withColumn("record_key", recordKey(s.contract()))))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  /** Of a record whose key is there and to be believed. */
  private static Column recordKey(Contract contract) {
    List<String> key = contract.key();
    Column[] parts = key.stream().map(k -> col("row." + k)).toArray(Column[]::new);
    Column believed =
        not(
            exists(
                col("breaches"),
                breach ->
                    breach
                        .getField("severity")
                        .equalTo("BLOCK")
                        .and(breach.getField("column").isin(key.toArray()))));
    Column whole = Arrays.stream(parts).map(Column::isNotNull).reduce(believed, Column::and);
    return when(whole, to_json(struct(parts)));
  }

  private static Dataset<Row> quarantined(Dataset<Row> outcomes) {
    return outcomes
        .where(col("outcome").equalTo("quarantined"))
        .select(
            "run_id",
            "business_date",
            "publisher",
            "feed",
            "dataset",
            "delivery_id",
            "source_file",
            "source_line",
            "record_part",
            "cells",
            "text",
            "breaches",
            "record_key")
        .withColumn("cells", CELLS.apply(col("cells")));
  }

  /**
   * Records that passed and are not current: this night's, and those of earlier nights replaced.
   */
  private Dataset<Row> notCurrent(Settled settled) {
    Dataset<Row> outcomes =
        settled
            .notCurrent()
            .withColumn("run_id", lit(tables.run().toString()))
            .withColumn("business_date", lit(tables.run().businessDate()))
            .withColumn("dataset", lit(settled.contract().dataset()));
    Dataset<Row> ofThisNight =
        outcomes
            .where(col("outcome").isin("duplicate", "superseded"))
            .select(
                outcome(
                    col("delivery_id"),
                    col("source_file"),
                    col("source_line"),
                    col("record_part"),
                    col("outcome"),
                    "by"));
    Dataset<Row> ofEarlierNights =
        outcomes
            .where(col("replaces").isNotNull())
            .select(
                outcome(
                    col("replaces.delivery_id"),
                    col("replaces.source_file"),
                    col("replaces.source_line"),
                    col("replaces.record_part"),
                    lit("replaced"),
                    ""));
    return ofThisNight.unionByName(ofEarlierNights);
  }

  private static Column[] outcome(
      Column delivery, Column file, Column line, Column part, Column outcome, String by) {
    String prefix = by.isEmpty() ? "" : by + ".";
    return new Column[] {
      col("run_id"),
      col("business_date"),
      col("dataset"),
      delivery.as("delivery_id"),
      file.as("source_file"),
      line.as("source_line"),
      part.as("record_part"),
      outcome.as("outcome"),
      col(prefix + "delivery_id").as("by_delivery_id"),
      col(prefix + "source_file").as("by_source_file"),
      col(prefix + "source_line").as("by_source_line"),
      col(prefix + "record_part").as("by_record_part")
    };
  }

  private static Dataset<Row> ruleResults(Dataset<Row> outcomes) {
    return outcomes
        .withColumn("breach", explode(col("breaches")))
        .groupBy(
            col("run_id"),
            col("business_date"),
            col("publisher"),
            col("feed"),
            col("dataset"),
            col("delivery_id"),
            col("breach.rule").as("rule"),
            col("breach.severity").as("severity"))
        .agg(rows().as("broken"));
  }

  /**
   * Counts from the tables as they now stand, not from the labels that the rows were written by:
   * raw for what was received, the standard table for what was accepted, the ledger for the rest.
   */
  private Map<String, Counts> countWritten(Collection<Settled> settled) {
    String run = tables.run().toString();
    List<Dataset<Row>> parts = new ArrayList<>();
    for (Settled s : settled) {
      String dataset = s.contract().dataset();
      parts.add(
          ofRun(tables.read(TableDefinition.rawName(dataset)))
              .groupBy("delivery_id")
              .agg(rows().as("n"))
              .withColumn("what", lit("received")));
      parts.add(
          tables
              .read(dataset)
              .where(expr(s.touched()).and(col("_run_id").equalTo(run)))
              .groupBy(col("_delivery_id").as("delivery_id"))
              .agg(rows().as("n"))
              .withColumn("what", lit("accepted")));
    }
    parts.add(
        ofRun(tables.read("ops.quarantine"))
            .groupBy("delivery_id")
            .agg(rows().as("n"))
            .withColumn("what", lit("quarantined")));
    Dataset<Row> notCurrent = ofRun(tables.read("ops.row_outcome"));
    parts.add(
        notCurrent
            .where(col("outcome").isin("duplicate", "superseded"))
            .groupBy(col("delivery_id"), col("outcome").as("what"))
            .agg(rows().as("n")));
    parts.add(
        notCurrent
            .where(col("outcome").isin("replaced", "removed"))
            .groupBy(col("by_delivery_id").as("delivery_id"))
            .agg(rows().as("n"))
            .withColumn("what", lit("replaced")));
    Map<String, Counts> counts = new TreeMap<>();
    for (Row row :
        parts.stream()
            .map(part -> part.select("delivery_id", "what", "n"))
            .reduce(Dataset::union)
            .orElseThrow()
            .collectAsList()) {
      counts.merge(row.getString(0), one(row.getString(1), row.getLong(2)), Counts::plus);
    }
    if (counts.isEmpty()) {
      throw TnmtException.of(ErrorCode.ROWS_NOT_CONSERVED, "no record of run " + run + " found");
    }
    return counts;
  }

  private static Column rows() {
    return org.apache.spark.sql.functions.count(lit(1));
  }

  private Dataset<Row> ofRun(Dataset<Row> table) {
    return table.where(
        col("business_date")
            .equalTo(lit(tables.run().businessDate()))
            .and(col("run_id").equalTo(tables.run().toString())));
  }

  private static Counts one(String what, long n) {
    return switch (what) {
      case "received" -> new Counts(n, 0, 0, 0, 0, 0);
      case "accepted" -> new Counts(0, n, 0, 0, 0, 0);
      case "quarantined" -> new Counts(0, 0, n, 0, 0, 0);
      case "duplicate" -> new Counts(0, 0, 0, n, 0, 0);
      case "superseded" -> new Counts(0, 0, 0, 0, n, 0);
      case "replaced" -> new Counts(0, 0, 0, 0, 0, n);
      default -> throw TnmtException.of(ErrorCode.INTERNAL, "unknown outcome " + what);
    };
  }

  private static void requireConserved(
      Collection<DeliveryFacts> deliveries, Map<String, Counts> counts) {
    String broken =
        deliveries.stream()
            .filter(
                delivery -> {
                  Counts of = counts.getOrDefault(delivery.deliveryId(), Counts.NONE);
                  return !of.conserved() || of.received() == 0;
                })
            .map(
                delivery ->
                    delivery.feed()
                        + " "
                        + delivery.deliveryId()
                        + ": "
                        + counts.getOrDefault(delivery.deliveryId(), Counts.NONE).equation())
            .collect(Collectors.joining("; "));
    if (!broken.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.ROWS_NOT_CONSERVED,
          "rows are unaccounted for: " + broken,
          "",
          "nothing was released; this is a fault of the platform, please report it with the log");
    }
  }

  private Dataset<Row> deliveryRows(
      Collection<DeliveryFacts> deliveries, Map<String, Counts> counts) {
    OfRun run = new OfRun(tables.run().toString());
    return DELIVERIES.dataset(
        tables.spark(),
        deliveries.stream()
            .map(d -> DELIVERIES.row(run, d, counts.getOrDefault(d.deliveryId(), Counts.NONE)))
            .toList());
  }
}

package vn.tnmt.lakehouse.transform.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.engine.CellsJson;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Kind;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.Severity;

/** Follows records to where they ended, and says why. Reads what was released. */
public final class Explain {
  /** Records that one question shows at most. */
  public static final int LIMIT = 100;

  private final SparkSession spark;
  private final Contracts contracts;

  public Explain(SparkSession spark, Contracts contracts) {
    this.spark = spark;
    this.contracts = contracts;
  }

  /**
   * A whole path is looked for first: the bounds of file names that Iceberg keeps spare most data
   * files. A last part may be anywhere.
   *
   * @param file path as the ledger has it, or its last part
   * @param line source line; negative for every line of the file
   */
  public List<RecordStory> file(String file, long line) {
    Column lines = line < 0 ? lit(true) : col("source_line").equalTo(line);
    List<RecordStory> stories = ofAll(col("source_file").equalTo(file).and(lines));
    if (stories.isEmpty()) {
      stories = ofAll(col("source_file").endsWith("/" + file).and(lines));
    }
    return found(stories, file + (line < 0 ? "" : ":" + line));
  }

  private List<RecordStory> ofAll(Column which) {
    return contracts.all().stream()
        .filter(contract -> contract.kind() == Kind.STANDARD)
        .flatMap(contract -> stories(contract, which).stream())
        .toList();
  }

  /**
   * Every arrival of one business key, oldest first.
   *
   * @param values the key's values in the contract's order, as text that Spark can cast to the type
   *     of each column
   */
  public List<RecordStory> key(String dataset, List<String> values) {
    Contract contract = contracts.contract(dataset);
    if (values.size() != contract.key().size()) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID,
          dataset
              + " has the key "
              + contract.key()
              + ", and "
              + values.size()
              + " values were given",
          "",
          "give one value for each, separated by commas");
    }
    Column which = lit(true);
    for (int i = 0; i < values.size(); i++) {
      String column = contract.key().get(i);
      String type = contract.column(column).physicalType();
      which = which.and(col("row." + column).equalTo(lit(values.get(i)).cast(type)));
    }
    return found(stories(contract, which), dataset + " " + values);
  }

  private List<RecordStory> stories(Contract contract, Column which) {
    Dataset<Row> raw =
        spark.table(TableDefinition.rawName(contract.dataset())).where(which).alias("r");
    Dataset<Row> deliveries = spark.table("ops.delivery").alias("d");
    Dataset<Row> quarantine = spark.table("ops.quarantine").alias("q");
    Dataset<Row> outcome = spark.table("ops.row_outcome");
    Dataset<Row> settled = outcome.where("outcome NOT IN ('replaced', 'removed')").alias("o");
    Dataset<Row> replaced = outcome.where("outcome IN ('replaced', 'removed')").alias("p");
    return raw
        .join(deliveries, col("r.delivery_id").equalTo(col("d.delivery_id")), "left_outer")
        .join(quarantine, same("r", "q"), "left_outer")
        .join(settled, same("r", "o"), "left_outer")
        .join(replaced, same("r", "p"), "left_outer")
        .orderBy(col("r.run_id"), col("r.source_file"), col("r.source_line"), col("r.record_part"))
        .select(
            col("r.run_id"),
            col("r.publisher"),
            col("r.feed"),
            col("r.delivery_id"),
            col("d.landing"),
            col("d.received_at").cast("string").as("received_at"),
            col("r.source_file"),
            col("r.source_line"),
            col("r.record_part"),
            col("r.cells"),
            col("r.text"),
            to_json(col("r.row")).as("row"),
            coalesce(col("q.breaches"), col("r.breaches")).as("breaches"),
            col("q.delivery_id").isNotNull().as("quarantined"),
            col("o.outcome").as("outcome"),
            placeOf("o"),
            col("p.run_id").as("replaced_in"),
            col("p.outcome").equalTo("removed").as("removed"),
            placeOf("p"))
        .limit(LIMIT)
        .collectAsList()
        .stream()
        .map(row -> story(contract.dataset(), row))
        .toList();
  }

  private static Column same(String a, String b) {
    Column all = lit(true);
    for (String part : List.of("delivery_id", "source_file", "source_line", "record_part")) {
      all = all.and(col(a + "." + part).equalTo(col(b + "." + part)));
    }
    return all;
  }

  private static Column placeOf(String alias) {
    return org.apache
        .spark
        .sql
        .functions
        .struct(
            col(alias + ".by_delivery_id"),
            col(alias + ".by_source_file"),
            col(alias + ".by_source_line"),
            col(alias + ".by_record_part"))
        .as("by_" + alias);
  }

  private static RecordStory story(String dataset, Row row) {
    String outcome =
        row.<Boolean>getAs("quarantined")
            ? "quarantined"
            : Optional.ofNullable(row.<String>getAs("outcome")).orElse("accepted");
    Optional<RecordStory.Replacement> replaced =
        Optional.ofNullable(row.<String>getAs("replaced_in"))
            .map(
                run ->
                    new RecordStory.Replacement(
                        run, row.getAs("removed"), place(row.getAs("by_p")).orElseThrow()));
    return new RecordStory(
        dataset,
        row.getAs("run_id"),
        row.getAs("publisher"),
        row.getAs("feed"),
        row.getAs("delivery_id"),
        Optional.ofNullable(row.<String>getAs("landing")).orElse(""),
        Optional.ofNullable(row.<String>getAs("received_at")).orElse(""),
        row.getAs("source_file"),
        row.<Long>getAs("source_line"),
        row.<Integer>getAs("record_part"),
        CellsJson.parse(row.getAs("cells")),
        Optional.ofNullable(row.<String>getAs("text")).orElse(""),
        understood(row.getAs("row")),
        breaches(row.getList(row.fieldIndex("breaches"))),
        outcome,
        place(row.getAs("by_o")),
        replaced);
  }

  private static Optional<RecordStory.Place> place(@Nullable Row by) {
    return by == null || by.isNullAt(0)
        ? Optional.empty()
        : Optional.of(
            by.isNullAt(1) // a snapshot removes by what it lacks
                ? new RecordStory.Place(by.getString(0), "", 0, 0)
                : new RecordStory.Place(
                    by.getString(0), by.getString(1), by.getLong(2), by.getInt(3)));
  }

  private static List<Breach> breaches(List<Row> rows) {
    return rows.stream()
        .map(
            b ->
                new Breach(
                    b.getString(0),
                    Severity.valueOf(b.getString(1)),
                    b.getString(2),
                    b.getString(3),
                    b.getString(4)))
        .toList();
  }

  /** The typed row; a geometry is shown by its size only. */
  private static Map<String, String> understood(@Nullable String json) {
    Map<String, String> row = new LinkedHashMap<>();
    if (json == null) {
      return row;
    }
    try {
      new com.fasterxml.jackson.databind.ObjectMapper()
          .readTree(json)
          .fields()
          .forEachRemaining(
              field -> {
                String text = field.getValue().asText();
                row.put(field.getKey(), text.length() > 100 ? text.length() + " characters" : text);
              });
    } catch (java.io.IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "a raw row cannot be read back", "", "", e);
    }
    return row;
  }

  private static List<RecordStory> found(List<RecordStory> stories, String question) {
    if (stories.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.NOT_FOUND_IN_LEDGER,
          "nothing is known of " + question,
          "",
          "give the path as the receipt shows it; what was not yet released is not shown");
    }
    return stories;
  }
}

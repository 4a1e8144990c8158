package vn.tnmt.lakehouse.transform.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.report.ResultRow;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunId;

/** Follows records to where they ended, and says why. Reads what was released. */
public final class Explain {
  /** Records that one question shows at most. */
  public static final int LIMIT = 100;

  private static final Column[] ARRIVED =
      Stream.of(
              "dataset",
              "run_id",
              "business_date",
              "publisher",
              "feed",
              "delivery_id",
              "source_file",
              "source_line",
              "record_part",
              "cells",
              "text",
              "understood",
              "breaches")
          .map(functions::col)
          .toArray(Column[]::new);

  private static final String ERASURES = "ops.erasure";

  /** Outcomes that a later night gives to a row that had been accepted. */
  private static final Set<String> ENDED = Set.of("replaced", "removed");

  private final SparkSession spark;
  private final Contracts contracts;

  public Explain(SparkSession spark, Contracts contracts) {
    this.spark = spark;
    this.contracts = contracts;
  }

  /**
   * A whole path is preferred. In all of history it is looked for first: the bounds of file names
   * that Iceberg keeps spare most data files, while a last part may be anywhere. Within a delivery
   * or a day one look is enough for both.
   *
   * @param file path as the ledger has it, or its last part
   * @param line source line; negative for every line of the file
   */
  public List<RecordStory> file(String file, long line, Within within) {
    Column lines = line < 0 ? lit(true) : col("source_line").equalTo(line);
    List<Contract> standard =
        contracts.all().stream().filter(contract -> contract.kind() == Kind.STANDARD).toList();
    Searched searched = searched(within, standard);
    Column of = searched.records().and(lines);
    Column whole = col("source_file").equalTo(file);
    Column end = col("source_file").endsWith("/" + file);
    List<RecordStory> stories =
        stories(searched, of.and(within.anywhere() ? whole : whole.or(end)));
    if (stories.isEmpty() && within.anywhere()) {
      stories = stories(searched, of.and(end));
    }
    List<RecordStory> exact = stories.stream().filter(story -> story.file().equals(file)).toList();
    return found(
        exact.isEmpty() ? stories : exact,
        searched.deliveries(),
        file + (line < 0 ? "" : ":" + line));
  }

  /** Datasets whose raw records are read, which of them, and their deliveries if already known. */
  private record Searched(
      List<Contract> contracts, Column records, @Nullable Map<String, Row> deliveries) {}

  /**
   * What the ledger knows of the deliveries spares most of the reading: a delivery has one dataset,
   * and its raw records lie under the day of the run that took it in. Deliveries are few; Spark
   * need not sort out equal ones.
   */
  private Searched searched(Within within, List<Contract> contracts) {
    if (within.anywhere()) {
      return new Searched(contracts, lit(true), null);
    }
    Map<String, Row> deliveries = deliveries(within.deliveries());
    List<Row> rows = List.copyOf(deliveries.values());
    Set<Object> datasets = Set.of(values(rows, "dataset"));
    Object[] days =
        rows.stream()
            .map(row -> RunId.parse(row.getAs("run_id")).businessDate())
            .distinct()
            .toArray();
    Column records = col("business_date").isin(days);
    boolean wholeDay = within.deliveryId() == null && List.of(days).equals(dayOf(within));
    return new Searched(
        contracts.stream().filter(one -> datasets.contains(one.dataset())).toList(),
        wholeDay ? records : records.and(col("delivery_id").isin(values(rows, "delivery_id"))),
        deliveries);
  }

  private static List<Object> dayOf(Within within) {
    return within.date() == null ? List.of() : List.of(within.date());
  }

  /**
   * Every arrival of one business key, oldest first.
   *
   * @param values the key's values in the contract's order; a time without an offset is Vietnam's
   */
  public List<RecordStory> key(String dataset, List<String> values, Within within) {
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
    Searched searched = searched(within, List.of(contract));
    Column which = searched.records().and(KeyValues.equalTo(contract, "row.", values));
    return found(stories(searched, which), searched.deliveries(), dataset + " " + values);
  }

  /**
   * The records first; then, by where they came from, what the ledger says of them: few rows of few
   * days, which no join over everything would find as fast.
   */
  private List<RecordStory> stories(Searched searched, Column which) {
    List<Row> records =
        searched.contracts().stream()
            .map(contract -> arrived(contract).where(which).select(ARRIVED))
            .reduce(Dataset::unionAll)
            .map(rows -> rows.orderBy("run_id", "source_file", "source_line", "record_part"))
            .map(rows -> rows.limit(LIMIT).collectAsList())
            .orElse(List.of());
    if (records.isEmpty()) {
      return List.of();
    }
    Column days = col("business_date").isin(values(records, "business_date"));
    Column ids = col("delivery_id").isin(values(records, "delivery_id"));
    Column places =
        ids.and(col("source_file").isin(values(records, "source_file")))
            .and(col("source_line").isin(values(records, "source_line")));
    try (Parallel questions = new Parallel(spark)) {
      var deliveries =
          questions.start(
              () -> searched.deliveries() == null ? deliveries(ids) : searched.deliveries());
      var quarantined = questions.start(() -> byPlace("ops.quarantine", days.and(places)));
      var outcomes =
          questions.start(() -> spark.table("ops.row_outcome").where(places).collectAsList());
      Parallel.join(List.of(deliveries, quarantined, outcomes));
      Map<RecordStory.Place, Row> settled = new HashMap<>();
      Map<RecordStory.Place, Row> replaced = new HashMap<>();
      for (Row outcome : outcomes.join()) {
        boolean ended = ENDED.contains(outcome.<String>getAs("outcome"));
        (ended ? replaced : settled).putIfAbsent(placeOf(outcome), outcome);
      }
      return records.stream()
          .map(
              record -> {
                RecordStory.Place place = placeOf(record);
                return story(
                    record,
                    deliveries.join().get(place.deliveryId()),
                    quarantined.join().get(place),
                    settled.get(place),
                    replaced.get(place));
              })
          .toList();
    }
  }

  /** Raw records of a dataset in the columns that all datasets have, its own as JSON. */
  private Dataset<Row> arrived(Contract contract) {
    return spark
        .table(TableDefinition.rawName(contract.dataset()))
        .withColumn("dataset", lit(contract.dataset()))
        .withColumn("understood", to_json(col("row"), Map.of("timeZone", Figures.VIETNAM.getId())));
  }

  private Map<String, Row> deliveries(Column which) {
    return spark.table("ops.delivery").where(which).collectAsList().stream()
        .collect(
            Collectors.toMap(row -> row.getAs("delivery_id"), row -> row, (one, other) -> one));
  }

  private static Object[] values(List<Row> rows, String column) {
    return rows.stream().map(row -> row.<Object>getAs(column)).distinct().toArray();
  }

  private Map<RecordStory.Place, Row> byPlace(String table, Column which) {
    return spark.table(table).where(which).collectAsList().stream()
        .collect(Collectors.toMap(Explain::placeOf, row -> row, (one, other) -> one));
  }

  private static RecordStory.Place placeOf(Row row) {
    return new RecordStory.Place(
        row.getAs("delivery_id"),
        row.getAs("source_file"),
        row.<Long>getAs("source_line"),
        row.<Integer>getAs("record_part"));
  }

  private static RecordStory story(
      Row record,
      @Nullable Row delivery,
      @Nullable Row quarantined,
      @Nullable Row settled,
      @Nullable Row replaced) {
    Row judged = quarantined == null ? record : quarantined;
    return new RecordStory(
        record.getAs("dataset"),
        record.getAs("run_id"),
        record.getAs("publisher"),
        record.getAs("feed"),
        record.getAs("delivery_id"),
        delivery == null ? "" : delivery.getAs("landing"),
        delivery == null ? "" : LocalTimes.write(new ResultRow(delivery).instant("received_at")),
        record.getAs("source_file"),
        record.<Long>getAs("source_line"),
        record.<Integer>getAs("record_part"),
        CellsJson.parse(record.getAs("cells")),
        Optional.ofNullable(record.<String>getAs("text")).orElse(""),
        understood(record.getAs("understood")),
        breaches(judged.getList(judged.fieldIndex("breaches"))),
        quarantined != null
            ? "quarantined"
            : settled == null ? "accepted" : settled.getAs("outcome"),
        place(settled),
        Optional.ofNullable(replaced)
            .map(
                later ->
                    new RecordStory.Replacement(
                        later.getAs("run_id"),
                        later.getAs("outcome").equals("removed"),
                        place(later).orElseThrow())));
  }

  /** What decided about a record; a snapshot removes by what it lacks, at no place. */
  private static Optional<RecordStory.Place> place(@Nullable Row outcome) {
    if (outcome == null || outcome.getAs("by_delivery_id") == null) {
      return Optional.empty();
    }
    String file = outcome.getAs("by_source_file");
    return Optional.of(
        file == null
            ? new RecordStory.Place(outcome.getAs("by_delivery_id"), "", 0, 0)
            : new RecordStory.Place(
                outcome.getAs("by_delivery_id"),
                file,
                outcome.<Long>getAs("by_source_line"),
                outcome.<Integer>getAs("by_record_part")));
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

  private List<RecordStory> found(
      List<RecordStory> stories, @Nullable Map<String, Row> deliveries, String question) {
    if (stories.isEmpty()) {
      requireNotErased(deliveries, question);
      throw TnmtException.of(
          ErrorCode.NOT_FOUND_IN_LEDGER,
          "nothing is known of " + question,
          "",
          "give the path as the receipt shows it; what was not yet released is not shown");
    }
    return stories;
  }

  /** Records of these deliveries may have been erased: then it is not that nothing is known. */
  private void requireNotErased(@Nullable Map<String, Row> deliveries, String question) {
    if (deliveries == null || deliveries.isEmpty() || !spark.catalog().tableExists(ERASURES)) {
      return;
    }
    List<Row> erased =
        spark
            .table(ERASURES)
            .where(col("delivery_id").isin(deliveries.keySet().toArray()))
            .orderBy("erased_at")
            .limit(1)
            .collectAsList();
    if (!erased.isEmpty()) {
      ResultRow row = new ResultRow(erased.get(0));
      throw TnmtException.of(
          ErrorCode.DELIVERY_ENDED,
          "bản ghi của lần gửi đã bị xoá theo yêu cầu ngày %s / records of the delivery were erased on %1$s: %s"
              .formatted(
                  row.instant("erased_at").atZone(Figures.VIETNAM).toLocalDate(),
                  row.text("reason")),
          question,
          "ops.delivery keeps the counts, ops.erasure what was erased");
    }
  }
}

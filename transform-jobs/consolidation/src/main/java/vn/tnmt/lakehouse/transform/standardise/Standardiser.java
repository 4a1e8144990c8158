package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.run.TouchedPartitions;
import vn.tnmt.lakehouse.transform.standardise.RowOutcomes.ReferenceKeys;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Held;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Snapshot;

/**
 * Brings the records that a run loaded for one dataset into its standard table: decides every
 * record's outcome ({@link RowOutcomes}) and writes the accepted ones by business key, in one
 * commit.
 */
public final class Standardiser {
  private final RunTables tables;
  private final long comparedWhole;

  /**
   * @param comparedWhole up to so many rows of a night and of a table are all compared, which takes
   *     fewer jobs than to find out first which ones have to be
   */
  public Standardiser(RunTables tables, long comparedWhole) {
    this.tables = tables;
    this.comparedWhole = comparedWhole;
  }

  /**
   * Standardises the records of one dataset.
   *
   * @param deliverySequence the run's deliveries of this dataset, numbered in the order received
   * @param rejected deliveries that were refused as a whole → why: their records are quarantined
   * @param snapshots the last of each feed that delivers such: what they lack is removed; one that
   *     is over its limits is taken out of the run again
   * @return every record with its outcome, and what was taken out
   */
  public Settled standardise(
      Contract contract,
      Map<String, Integer> deliverySequence,
      Map<String, String> rejected,
      List<Snapshot> snapshots) {
    List<Held> held = withdrawOverLimits(contract, snapshots);
    Dataset<Row> loaded =
        tables
            .read(TableDefinition.rawName(contract.dataset()))
            .where(
                col("business_date")
                    .equalTo(lit(tables.run().businessDate()))
                    .and(col("run_id").equalTo(tables.run().toString())))
            .join(broadcast(sequence(deliverySequence)), "delivery_id");
    Dataset<Row> raw = RowOutcomes.refuse(loaded, rejected);
    TouchedPartitions.Answer answer =
        TouchedPartitions.Question.of(
                contract, column -> col("row." + column), contract.columnNames())
            .ask(raw.where(col("blocked").equalTo(false)), List.of(count(lit(1))));
    String touched = answer.touched().sql("");
    Decided decided = decide(contract, raw, touched, answer.row().getLong(0));
    Dataset<Row> removed = removed(contract, raw, within(snapshots, held));
    write(contract, decided, removed, answer.touched());
    return new Settled(
        contract,
        decided.outcomes(),
        decided.notCurrent(),
        decided.whole()
            ? decided.accepted().select("row.*")
            : tables
                .read(contract.dataset())
                .where(touched)
                .where(col("_run_id").equalTo(tables.run().toString())),
        decided.kept(),
        removed,
        touched,
        decided
            .met()
            .apply(
                tables
                    .released(contract.dataset())
                    .where(decided.replaced() > 0 ? touched : "false")),
        held);
  }

  /**
   * The outcomes.
   *
   * @param replaced number of standing rows that are overwritten
   * @param any whether anything is accepted
   * @param met of standing rows those that may be overwritten
   * @param whole whether the outcomes themselves are kept; else whoever reads them reads raw again
   */
  private record Decided(
      Dataset<Row> outcomes,
      Dataset<Row> notCurrent,
      long replaced,
      boolean any,
      boolean whole,
      UnaryOperator<Dataset<Row>> met,
      List<Dataset<Row>> kept) {
    Dataset<Row> accepted() {
      return outcomes.where(col("outcome").equalTo("accepted"));
    }
  }

  private Decided decide(Contract contract, Dataset<Row> raw, String touched, long passing) {
    Dataset<Row> current = tables.read(contract.dataset()).where(touched);
    if (Math.max(passing, tables.rows(contract.dataset())) <= comparedWhole) {
      Dataset<Row> outcomes =
          RowOutcomes.decide(raw, current, contract.key(), references(contract))
              .persist(StorageLevel.MEMORY_AND_DISK());
      Row found =
          outcomes
              .where(col("outcome").equalTo("accepted"))
              .agg(count(lit(1)), count(col("replaces")))
              .first();
      return new Decided(
          outcomes,
          outcomes,
          found.getLong(1),
          found.getLong(0) > 0,
          true,
          standing -> standing,
          List.of(outcomes));
    }
    ContestedOutcomes contested =
        ContestedOutcomes.of(
            RowOutcomes.checkReferences(raw, references(contract)),
            current,
            contract.key(),
            passing);
    boolean any =
        !contested.outcomes().where(col("outcome").equalTo("accepted")).select("outcome").isEmpty();
    return new Decided(
        contested.outcomes(),
        contested.deviating(),
        contested.replaced(),
        any,
        false,
        contested::met,
        contested.kept());
  }

  private List<Held> withdrawOverLimits(Contract contract, List<Snapshot> snapshots) {
    List<Held> held =
        snapshots.stream()
            .filter(snapshot -> !snapshot.approved())
            .map(snapshot -> new Held(snapshot.deliveryId(), overLimits(contract, snapshot)))
            .filter(snapshot -> !snapshot.findings().isEmpty())
            .toList();
    held.forEach(
        snapshot ->
            tables.withdraw(TableDefinition.rawName(contract.dataset()), snapshot.deliveryId()));
    return held;
  }

  private List<Finding> overLimits(Contract contract, Snapshot snapshot) {
    Dataset<Row> rows =
        tables
            .read(TableDefinition.rawName(contract.dataset()))
            .where(col("business_date").equalTo(lit(tables.run().businessDate())))
            .where(col("delivery_id").equalTo(snapshot.deliveryId()));
    return SnapshotCheck.over(
        snapshot.feed(),
        SnapshotDiff.changes(rows, standing(contract, snapshot.feed().id()), contract.key()));
  }

  private static List<Snapshot> within(List<Snapshot> snapshots, List<Held> held) {
    Set<String> out = held.stream().map(Held::deliveryId).collect(Collectors.toSet());
    return snapshots.stream().filter(snapshot -> !out.contains(snapshot.deliveryId())).toList();
  }

  /** The standing rows that snapshots lack, with {@code _removed_by}; null without snapshots. */
  private @Nullable Dataset<Row> removed(
      Contract contract, Dataset<Row> raw, List<Snapshot> snapshots) {
    return snapshots.stream()
        .map(
            snapshot ->
                SnapshotDiff.removed(
                        // What another delivery of the night brings is not gone, either.
                        raw, standing(contract, snapshot.feed().id()), contract.key())
                    .withColumn(Settled.REMOVED_BY, lit(snapshot.deliveryId())))
        .reduce(Dataset::unionByName)
        .map(rows -> rows.persist(StorageLevel.MEMORY_AND_DISK()))
        .orElse(null);
  }

  /** The rows that a feed's earlier deliveries brought, as released. */
  private Dataset<Row> standing(Contract contract, FeedId feed) {
    return tables.released(contract.dataset()).where(col("_feed").equalTo(feed.toString()));
  }

  private void write(
      Contract contract,
      Decided decided,
      @Nullable Dataset<Row> removed,
      TouchedPartitions touched) {
    boolean removes = removed != null && !removed.isEmpty();
    if (!decided.any() && !removes) {
      return;
    }
    Dataset<Row> rows = standing(contract, decided.accepted());
    if (decided.replaced() == 0 && !removes) {
      // An append is the same commit without a second look.
      if (decided.whole()) {
        tables.append(contract.dataset(), rows);
      } else {
        tables.appendAsRead(contract.dataset(), rows);
      }
      return;
    }
    Dataset<Row> source = rows.withColumn(RunTables.GONE, lit(false));
    if (removes) {
      source =
          source.unionByName(
              removed.drop(Settled.REMOVED_BY).withColumn(RunTables.GONE, lit(true)));
    }
    // What is removed may lie anywhere.
    String where = removes ? "true" : touched.sql("t.");
    tables.merge(contract.dataset(), source, contract.key(), where);
  }

  /** Accepted records as rows of the standard table. */
  private Dataset<Row> standing(Contract contract, Dataset<Row> accepted) {
    List<Column> columns = new ArrayList<>();
    contract.columns().forEach(c -> columns.add(col("row." + c.name()).as(c.name())));
    columns.add(concat_ws("/", col("publisher"), col("feed")).as("_feed"));
    columns.add(col("delivery_id").as("_delivery_id"));
    columns.add(col("source_file").as("_source_file"));
    columns.add(col("source_line").as("_source_line"));
    columns.add(col("record_part").as("_record_part"));
    columns.add(lit(tables.run().toString()).as("_run_id"));
    if (TableDefinition.hashIsKept(contract)) {
      columns.add(RowContent.hash(accepted).as(TableDefinition.CONTENT_HASH));
    }
    return accepted.select(columns.toArray(Column[]::new));
  }

  private List<ReferenceKeys> references(Contract contract) {
    return contract.references().stream()
        .map(
            reference ->
                new ReferenceKeys(
                    reference.column(),
                    reference.dataset(),
                    tables
                        .read(reference.dataset())
                        .select(col(reference.targetColumn()).as("reference"))))
        .toList();
  }

  private Dataset<Row> sequence(Map<String, Integer> deliverySequence) {
    StructType type =
        new StructType()
            .add("delivery_id", DataTypes.StringType, false)
            .add("delivery_seq", DataTypes.IntegerType, false);
    List<Row> rows =
        deliverySequence.entrySet().stream()
            .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
            .toList();
    return tables.spark().createDataFrame(rows, type);
  }
}

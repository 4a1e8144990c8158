package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  public Standardiser(RunTables tables) {
    this.tables = tables;
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
    TouchedPartitions touched =
        TouchedPartitions.of(
            contract,
            raw.where(col("blocked").equalTo(false)),
            column -> col("row." + column),
            contract.columnNames());
    Dataset<Row> current = tables.read(contract.dataset()).where(expr(touched.sql("")));
    Dataset<Row> outcomes =
        RowOutcomes.decide(raw, current, contract.key(), references(contract))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> removed = removed(contract, raw, within(snapshots, held));
    boolean replaces = write(contract, outcomes, removed, touched);
    return new Settled(
        contract,
        outcomes,
        removed,
        touched.sql(""),
        replaces
            ? tables.released(contract.dataset()).where(touched.sql(""))
            : tables.released(contract.dataset()).where("false"),
        held);
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
    return SnapshotDiff.broughtBy(
        tables.spark().table("lake." + contract.dataset()),
        tables
            .spark()
            .table("lake.ops.delivery")
            .where(
                col("publisher").equalTo(feed.publisher()).and(col("feed").equalTo(feed.name()))));
  }

  /** Whether standing rows were replaced. */
  private boolean write(
      Contract contract,
      Dataset<Row> outcomes,
      @Nullable Dataset<Row> removed,
      TouchedPartitions touched) {
    Dataset<Row> accepted = outcomes.where(col("outcome").equalTo("accepted"));
    Row found = accepted.agg(count(lit(1)), count(col("replaces"))).first();
    boolean replaces = found.getLong(1) > 0;
    boolean removes = removed != null && !removed.isEmpty();
    if (found.getLong(0) == 0 && !removes) {
      return false;
    }
    Dataset<Row> rows =
        accepted.select(
            Stream.concat(
                    contract.columns().stream().map(c -> col("row." + c.name()).as(c.name())),
                    Stream.of(
                        col("delivery_id").as("_delivery_id"),
                        col("source_file").as("_source_file"),
                        col("source_line").as("_source_line"),
                        col("record_part").as("_record_part"),
                        col("content_hash").as("_content_hash"),
                        lit(tables.run().toString()).as("_run_id")))
                .toArray(Column[]::new));
    if (!replaces && !removes) {
      // An append is the same commit without a second look.
      tables.append(contract.dataset(), rows);
      return false;
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
    return replaces;
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

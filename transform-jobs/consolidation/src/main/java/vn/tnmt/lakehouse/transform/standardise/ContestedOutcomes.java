package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What {@link RowOutcomes} decides, for nights or tables that are too large to be sorted whole: of
 * most records nobody else has the key, and they need no company. Hashes of keys tell which ones
 * have (a chance hit costs a comparison, nothing else); only those are compared, in few columns,
 * and only what deviates is kept. The wide rows stay where they are.
 *
 * @param outcomes as {@link RowOutcomes#decide}, worked out from the raw rows by whoever reads them
 * @param deviating those of them, in few columns, that are not simply accepted or blocked
 * @param replaced number of standing rows that accepted records overwrite
 * @param key the contract's key columns
 * @param contested hashes of keys that were compared; null when there was none
 * @param kept what Spark keeps until its owner lets go of it
 */
record ContestedOutcomes(
    Dataset<Row> outcomes,
    Dataset<Row> deviating,
    long replaced,
    List<String> key,
    @Nullable Dataset<Row> contested,
    List<Dataset<Row>> kept) {
  /** Up to so many hashes are sent to every task. */
  private static final long FEW = 1_000_000;

  /** Up to so many decisions, each of some hundreds of bytes, are sent to every task. */
  private static final long FEW_DECISIONS = 100_000;

  private static final String KEY = "_key";
  private static final List<String> PLACE =
      List.of("delivery_id", "source_file", "source_line", "record_part");

  /**
   * @param checked records of the night, references checked
   * @param current the standard table's rows that these records may meet
   * @param key the contract's key columns
   * @param passing at least as many as there are records that are not blocked
   */
  static ContestedOutcomes of(
      Dataset<Row> checked, Dataset<Row> current, List<String> key, long passing) {
    Dataset<Row> keyed =
        checked
            .where(col("blocked").equalTo(false))
            .withColumn(KEY, keyHash(key, k -> col("row." + k)));
    Dataset<Row> standing = current.withColumn(KEY, keyHash(key, k -> col(k)));
    Dataset<Row> contested =
        contested(keyed.select(KEY), standing.select(KEY), passing)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long keys = contested.count();
    if (keys == 0) {
      contested.unpersist();
      Dataset<Row> outcomes = outcomes(checked, null);
      return new ContestedOutcomes(outcomes, outcomes.where(lit(false)), 0, key, null, List.of());
    }
    Dataset<Row> few = keys <= FEW ? broadcast(contested) : contested;
    Dataset<Row> decisions =
        RowOutcomes.compare(
                narrow(semi(keyed, few), key),
                semi(standing, few).drop(KEY),
                key,
                RowContent.columns(checked))
            .where(col("outcome").notEqual("accepted").or(col("replaces").isNotNull()))
            .select(
                Stream.concat(
                        PLACE.stream().map(place -> col(place)),
                        Stream.of(
                            col("outcome").as("_outcome"),
                            col("by"),
                            col("replaces"),
                            col("breaches").as("_found")))
                    .toArray(Column[]::new))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row counts = decisions.agg(count(lit(1)), count(col("replaces"))).first();
    return new ContestedOutcomes(
        outcomes(checked, counts.getLong(0) <= FEW_DECISIONS ? broadcast(decisions) : decisions),
        decisions.withColumnRenamed("_outcome", "outcome"),
        counts.getLong(1),
        key,
        few,
        List.of(contested, decisions));
  }

  /** Of standing rows those whose key was compared, and so all that are overwritten. */
  Dataset<Row> met(Dataset<Row> standing) {
    return contested == null
        ? standing.where(lit(false))
        : semi(standing.withColumn(KEY, keyHash(key, k -> col(k))), contested).drop(KEY);
  }

  private static Column keyHash(List<String> key, Function<String, Column> value) {
    return xxhash64(key.stream().map(value).toArray(Column[]::new));
  }

  /** Keys of more than one record, or of a record and a standing row. */
  private static Dataset<Row> contested(Dataset<Row> night, Dataset<Row> standing, long passing) {
    return passing > FEW
        ? repeated(night.unionAll(standing))
        : repeated(night).unionAll(semi(standing, broadcast(night))).distinct();
  }

  private static Dataset<Row> repeated(Dataset<Row> keys) {
    return keys.groupBy(KEY).agg(count(lit(1)).as("n")).where("n > 1").select(KEY);
  }

  private static Dataset<Row> semi(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.join(keys, CollectionConverters.asScala(List.of(KEY)).toSeq(), "left_semi");
  }

  private static Dataset<Row> narrow(Dataset<Row> rows, List<String> key) {
    Column[] values = key.stream().map(k -> col("row." + k).as(k)).toArray(Column[]::new);
    return rows.select(
        Stream.concat(
                PLACE.stream().map(place -> col(place)),
                Stream.of(
                    col("delivery_seq"),
                    col("blocked"),
                    array().cast(rows.schema().apply("breaches").dataType()).as("breaches"),
                    RowContent.hash(rows).as(RowContent.HASH),
                    struct(values).as("row")))
            .toArray(Column[]::new));
  }

  /** Records of which nothing else was decided pass, unless they are blocked. */
  private static Dataset<Row> outcomes(Dataset<Row> checked, @Nullable Dataset<Row> decisions) {
    Column alone = when(col("blocked"), lit("quarantined")).otherwise(lit("accepted"));
    if (decisions == null) {
      Column nobody =
          lit(null)
              .cast(
                  "struct<delivery_id:string,source_file:string,source_line:bigint,record_part:int>");
      return checked
          .withColumn("outcome", alone)
          .withColumn("by", nobody)
          .withColumn("replaces", nobody);
    }
    Column conflict = coalesce(size(col("_found")).gt(0), lit(false));
    return checked
        .join(decisions, CollectionConverters.asScala(PLACE).toSeq(), "left_outer")
        .withColumn(
            "breaches",
            when(conflict, array_union(col("breaches"), col("_found"))).otherwise(col("breaches")))
        .withColumn("blocked", col("blocked").or(conflict))
        .withColumn("outcome", coalesce(col("_outcome"), alone))
        .drop("_outcome", "_found");
  }
}

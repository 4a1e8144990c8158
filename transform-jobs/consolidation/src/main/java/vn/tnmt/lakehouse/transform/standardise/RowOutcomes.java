package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Decides what becomes of every record of a night, for one dataset. Pure: no session, clock or I/O.
 *
 * <p>In: rows of {@code raw.<dataset>} plus {@code delivery_seq} (int, order in which the
 * deliveries were received), and the standard table as it stands before the night. Out: the same
 * rows, each with
 *
 * <ul>
 *   <li>{@code outcome} string: {@code accepted}, {@code quarantined}, {@code duplicate} or {@code
 *       superseded};
 *   <li>{@code by} struct(delivery_id, source_file, source_line, record_part): the record that a
 *       duplicate repeats or that superseded this one; null otherwise;
 *   <li>{@code replaces} struct of the same shape: the record of an earlier night that an accepted
 *       record overwrites; null otherwise;
 *   <li>{@code breaches}: completed with the rules that need more than one row (REC-20, REC-21).
 * </ul>
 *
 * <p>The versions of one key are read in the order (delivery, file, line, part), with the standard
 * table's current row before them all. A version equal to the one before it is a duplicate; of the
 * others the last is accepted and the rest are superseded by it.
 */
public final class RowOutcomes {
  static final String CONFLICT_RULE = "REC-20";
  static final String REFERENCE_RULE = "REC-21";
  static final String REJECTED_RULE = "REC-51";
  private static final String VIETNAM = "Asia/Ho_Chi_Minh";

  private RowOutcomes() {}

  /**
   * A reference that every row must keep.
   *
   * @param column column of the contract
   * @param keys one column, named {@code reference}: the values that exist
   */
  public record ReferenceKeys(String column, String target, Dataset<Row> keys) {}

  /**
   * Blocks every record of refused deliveries (REC-51).
   *
   * @param rejected delivery id → why
   */
  static Dataset<Row> refuse(Dataset<Row> raw, Map<String, String> rejected) {
    Dataset<Row> refused = raw;
    for (Map.Entry<String, String> delivery : rejected.entrySet()) {
      refused =
          block(
              refused,
              col("delivery_id").equalTo(delivery.getKey()),
              breach(REJECTED_RULE, "", lit(delivery.getValue()), ""));
    }
    return refused;
  }

  /**
   * Decides what becomes of every record.
   *
   * @param raw records of the night, see above
   * @param current the standard table's rows that these records may meet; it may be pruned to the
   *     partitions concerned
   * @param key the contract's key columns
   */
  public static Dataset<Row> decide(
      Dataset<Row> raw, Dataset<Row> current, List<String> key, List<ReferenceKeys> references) {
    return compare(
            checkReferences(raw, references).withColumn(RowContent.HASH, RowContent.hash(raw)),
            current,
            key,
            RowContent.columns(raw))
        .drop(RowContent.HASH);
  }

  /** Blocks every record that refers to something unknown (REC-21). */
  static Dataset<Row> checkReferences(Dataset<Row> raw, List<ReferenceKeys> references) {
    Dataset<Row> checked = raw;
    for (ReferenceKeys reference : references) {
      checked = checkReference(checked, reference);
    }
    return checked;
  }

  /**
   * Decides about records whose references were checked, by what others of their key say.
   *
   * @param rows of raw only where they came from, {@code blocked}, {@code breaches}, the key in
   *     {@code row}, and {@link RowContent#HASH}
   * @param columns those of the contract
   */
  static Dataset<Row> compare(
      Dataset<Row> rows, Dataset<Row> current, List<String> key, List<String> columns) {
    return settle(checkConflicts(meet(rows, current, key, columns), key), key);
  }

  private static Dataset<Row> checkReference(Dataset<Row> rows, ReferenceKeys reference) {
    Column value = col("row." + reference.column());
    Dataset<Row> keys = reference.keys().distinct().withColumnRenamed("reference", "_reference");
    Column missing =
        col("blocked").equalTo(false).and(value.isNotNull()).and(col("_reference").isNull());
    return block(
            rows.join(keys, value.equalTo(col("_reference")), "left_outer"),
            missing,
            breach(REFERENCE_RULE, reference.column(), value.cast("string"), reference.target()))
        .drop("_reference");
  }

  /**
   * Puts the standing row of the same key beside every record. The key's columns are materialised
   * ({@code _key_…}, null for blocked records, which {@code _spread} scatters so that a night of
   * broken records does not end in one task); join and windows then share one shuffle.
   */
  private static Dataset<Row> meet(
      Dataset<Row> rows, Dataset<Row> current, List<String> key, List<String> columns) {
    Column passes = col("blocked").equalTo(false);
    Dataset<Row> keyed =
        rows.withColumn(
            "_spread",
            when(passes, lit(0L))
                .otherwise(xxhash64(col("source_file"), col("source_line"), col("record_part"))));
    for (String k : key) {
      keyed = keyed.withColumn("_key_" + k, when(passes, col("row." + k)));
    }
    Dataset<Row> standing =
        current.select(
            Stream.concat(
                    key.stream().map(k -> col(k).as("_at_" + k)),
                    Stream.of(
                        lit(0L).as("_at_spread"),
                        RowContent.standingHash(current, columns).as("_standing_hash"),
                        struct(
                                col("_delivery_id").as("delivery_id"),
                                col("_source_file").as("source_file"),
                                col("_source_line").as("source_line"),
                                col("_record_part").as("record_part"))
                            .as("_standing")))
                .toArray(Column[]::new));
    Column sameKey =
        key.stream()
            .map(k -> col("_key_" + k).equalTo(col("_at_" + k)))
            .reduce(col("_spread").equalTo(col("_at_spread")), Column::and);
    return keyed
        .join(standing, sameKey, "left_outer")
        .drop(key.stream().map(k -> "_at_" + k).toArray(String[]::new))
        .drop("_at_spread");
  }

  /** Same key, same file, other content: nobody can say which one is meant. */
  private static Dataset<Row> checkConflicts(Dataset<Row> met, List<String> key) {
    WindowSpec sameFile =
        Window.partitionBy(keyColumns(key))
            .orderBy(col("delivery_seq"), col("source_file"))
            .rangeBetween(Window.currentRow(), Window.currentRow());
    Column passing = when(col("blocked").equalTo(false), col(RowContent.HASH));
    Dataset<Row> compared =
        met.withColumn(
            "_conflict",
            coalesce(
                min(passing).over(sameFile).notEqual(max(passing).over(sameFile)), lit(false)));
    return block(
            compared,
            col("_conflict"),
            breach(CONFLICT_RULE, String.join(", ", key), keyText(compared, key), ""))
        .drop("_conflict");
  }

  /** As KeyText writes it, and as long as a breach's value may be. */
  private static Column keyText(Dataset<Row> rows, List<String> key) {
    StructType row = (StructType) rows.schema().apply("row").dataType();
    Column text =
        concat_ws(
            ", ",
            key.stream()
                .map(k -> concat(lit(k + " = "), text(col("row." + k), row.apply(k).dataType())))
                .toArray(Column[]::new));
    return when(
            length(text).gt(Breach.MAX_VALUE),
            concat(substring(text, 1, Breach.MAX_VALUE), lit("…")))
        .otherwise(text);
  }

  private static Column text(Column value, DataType type) {
    Column text =
        type.equals(DataTypes.TimestampType)
            ? concat(
                date_format(from_utc_timestamp(value, VIETNAM), "yyyy-MM-dd'T'HH:mm:ss"),
                lit("+07:00"))
            : value.cast("string");
    return coalesce(text, lit(""));
  }

  private static Dataset<Row> settle(Dataset<Row> met, List<String> key) {
    Column self =
        struct(col("delivery_id"), col("source_file"), col("source_line"), col("record_part"));
    Column[] keyAndVerdict =
        Stream.concat(Arrays.stream(keyColumns(key)), Stream.of(col("blocked")))
            .toArray(Column[]::new);
    WindowSpec versions =
        Window.partitionBy(keyAndVerdict)
            .orderBy(
                col("delivery_seq"), col("source_file"), col("source_line"), col("record_part"));
    WindowSpec all = versions.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());

    Column before = coalesce(lag(col(RowContent.HASH), 1).over(versions), col("_standing_hash"));
    Dataset<Row> compared =
        met.withColumn("_previous", coalesce(lag(self, 1).over(versions), col("_standing")))
            .withColumn("_changes", coalesce(before.notEqual(col(RowContent.HASH)), lit(true)))
            .withColumn("_winner", last(when(col("_changes"), self), true).over(all));

    Column outcome =
        when(col("blocked"), lit("quarantined"))
            .when(col("_changes").equalTo(false), lit("duplicate"))
            .when(col("_winner").equalTo(self), lit("accepted"))
            .otherwise(lit("superseded"));
    Column by =
        when(col("outcome").equalTo("duplicate"), col("_previous"))
            .when(col("outcome").equalTo("superseded"), col("_winner"));
    return compared
        .withColumn("outcome", outcome)
        .withColumn("by", by)
        .withColumn("replaces", when(col("outcome").equalTo("accepted"), col("_standing")))
        .drop("_previous", "_changes", "_winner", "_standing", "_standing_hash", "_spread")
        .drop(key.stream().map(k -> "_key_" + k).toArray(String[]::new));
  }

  private static Column[] keyColumns(List<String> key) {
    return Stream.concat(key.stream().map(k -> col("_key_" + k)), Stream.of(col("_spread")))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> block(Dataset<Row> rows, Column condition, Column breach) {
    return rows.withColumn(
            "breaches",
            when(condition, array_union(col("breaches"), array(breach))).otherwise(col("breaches")))
        .withColumn("blocked", col("blocked").or(condition));
  }

  private static Column breach(String rule, String column, Column value, String expected) {
    return struct(
        lit(rule).as("rule"),
        lit("BLOCK").as("severity"),
        lit(column).as("column"),
        value.as("value"),
        lit(expected).as("expected"));
  }
}

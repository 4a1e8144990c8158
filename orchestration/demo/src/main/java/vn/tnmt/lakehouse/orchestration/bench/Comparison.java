package vn.tnmt.lakehouse.orchestration.bench;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * In what rows are not those that they should be, a row that stands twice being another thing than
 * one that stands once.
 *
 * @param rows that stand
 * @param surplus rows that should not stand
 * @param oneTooMany one of them, as JSON
 * @param missing rows that should stand and do not
 * @param oneMissing one of them, as JSON
 */
record Comparison(
    long rows,
    long surplus,
    @Nullable String oneTooMany,
    long missing,
    @Nullable String oneMissing) {

  /** Counts every distinct row on both sides, in one pass over both; they have the same columns. */
  static Comparison of(Dataset<Row> stands, Dataset<Row> wanted) {
    Column[] columns = Arrays.stream(stands.columns()).map(functions::col).toArray(Column[]::new);
    Column tooMany = greatest(col("balance"), lit(0));
    Column tooFew = greatest(negate(col("balance")), lit(0));
    Column json = to_json(struct(columns));
    Row found =
        stands
            .withColumn("side", lit(1))
            .unionByName(wanted.withColumn("side", lit(-1)))
            .groupBy(columns)
            .agg(sum(greatest(col("side"), lit(0))).as("standing"), sum(col("side")).as("balance"))
            .agg(
                total(col("standing")),
                total(tooMany),
                max(when(tooMany.gt(0), json)),
                total(tooFew),
                max(when(tooFew.gt(0), json)))
            .first();
    return new Comparison(
        found.getLong(0),
        found.getLong(1),
        found.getString(2),
        found.getLong(3),
        found.getString(4));
  }

  private static Column total(Column of) {
    return coalesce(sum(of), lit(0L));
  }

  /** A line that tells the difference; empty when there is none. */
  Optional<String> difference() {
    return surplus == 0 && missing == 0
        ? Optional.empty()
        : Optional.of(
            "%d rows that should not stand, for example %s; %d that are missing, for example %s"
                .formatted(surplus, oneTooMany, missing, oneMissing));
  }
}

package vn.tnmt.lakehouse.transform.standardise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.transform.national.Changes;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * A dataset's records of one night, each with its outcome.
 *
 * @param outcomes the columns of {@link RowOutcomes}
 * @param notCurrent of them those that passed and are not current, or replace a row, maybe more; in
 *     fewer columns
 * @param accepted the contract's columns of the accepted ones
 * @param kept what Spark keeps until {@link #close}
 * @param gone standing rows that a snapshot no longer has, with {@value #REMOVED_BY}, the
 *     snapshot's delivery; null when there was no snapshot
 * @param touched condition on the standard table that holds for every row this night may have
 *     written
 * @param replaced rows of the standard table before the night, among them all that were replaced
 * @param held snapshots over their limits; none of their records is among the outcomes
 */
public record Settled(
    Contract contract,
    Dataset<Row> outcomes,
    Dataset<Row> notCurrent,
    Dataset<Row> accepted,
    List<Dataset<Row>> kept,
    @Nullable Dataset<Row> gone,
    String touched,
    Dataset<Row> replaced,
    List<SnapshotCheck.Held> held)
    implements AutoCloseable {
  static final String REMOVED_BY = "_removed_by";

  /** What the night changed in the standard table, both images, without provenance. */
  public Changes changes() {
    Column[] columns = contract.columnNames().stream().map(c -> col(c)).toArray(Column[]::new);
    Dataset<Row> images =
        imaged(accepted, "after", columns)
            .join(
                imaged(replaced, "before", columns),
                CollectionConverters.asScala(contract.key()).toSeq(),
                "left_outer");
    return Changes.of(
        contract.dataset(),
        gone == null ? images : images.unionByName(imaged(gone, "before", columns), true));
  }

  private Dataset<Row> imaged(Dataset<Row> rows, String image, Column[] columns) {
    return rows.select(
        Stream.concat(
                contract.key().stream().map(k -> col(k)), Stream.of(struct(columns).as(image)))
            .toArray(Column[]::new));
  }

  /** What snapshots lack, as rows of {@code ops.row_outcome}. */
  public Optional<Dataset<Row>> removed(RunId run) {
    return Optional.ofNullable(gone)
        .map(
            rows ->
                rows.select(
                    lit(run.toString()).as("run_id"),
                    lit(run.businessDate()).as("business_date"),
                    lit(contract.dataset()).as("dataset"),
                    col("_delivery_id").as("delivery_id"),
                    col("_source_file").as("source_file"),
                    col("_source_line").as("source_line"),
                    col("_record_part").as("record_part"),
                    lit("removed").as("outcome"),
                    col(REMOVED_BY).as("by_delivery_id"),
                    lit(null).cast("string").as("by_source_file"),
                    lit(null).cast("bigint").as("by_source_line"),
                    lit(null).cast("int").as("by_record_part")));
  }

  @Override
  public void close() {
    kept.forEach(Dataset::unpersist);
    if (gone != null) {
      gone.unpersist();
    }
  }
}

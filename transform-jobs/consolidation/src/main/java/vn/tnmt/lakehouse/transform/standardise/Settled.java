package vn.tnmt.lakehouse.transform.standardise;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * A dataset's records of one night, each with its outcome.
 *
 * @param removed standing rows that a snapshot no longer has, columns of {@code ops.row_outcome};
 *     null when there was no snapshot
 * @param outcomes the columns of {@link RowOutcomes}; kept by Spark until {@link #close}
 * @param touched condition on the standard table that holds for every row this night may have
 *     written
 */
public record Settled(
    Contract contract, Dataset<Row> outcomes, Dataset<Row> removed, String touched)
    implements AutoCloseable {
  /** The accepted records with the contract's columns under {@code row}. */
  public Dataset<Row> accepted() {
    return outcomes.where("outcome = 'accepted'");
  }

  @Override
  public void close() {
    outcomes.unpersist();
    if (removed != null) {
      removed.unpersist();
    }
  }
}

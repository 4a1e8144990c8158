package vn.tnmt.lakehouse.transform.standardise;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.tables.contract.Contract;

/**
 * A dataset's records of one night, each with its outcome.
 *
 * @param outcomes the columns of {@link RowOutcomes}; kept by Spark until {@link #close}
 * @param touched condition on the standard table that holds for every row this night may have
 *     written
 */
public record Settled(Contract contract, Dataset<Row> outcomes, String touched)
    implements AutoCloseable {
  /** The accepted records with the contract's columns under {@code row}. */
  public Dataset<Row> accepted() {
    return outcomes.where("outcome = 'accepted'");
  }

  @Override
  public void close() {
    outcomes.unpersist();
  }
}

package vn.tnmt.lakehouse.national;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Which values are kept back: an index that is made without them says so. */
public final class Quarantined {
  private Quarantined() {}

  /**
   * The keys of a dataset's records that are in quarantine; whether something was accepted in their
   * place since is for the caller to see.
   *
   * @param quarantine {@code dataset, record_key}
   * @param key the dataset's key columns with their types, as DDL
   */
  public static Dataset<Row> keys(Dataset<Row> quarantine, String dataset, String key) {
    return quarantine
        .where(col("dataset").equalTo(dataset).and(col("record_key").isNotNull()))
        .select(from_json(col("record_key"), StructType.fromDDL(key)).as("k"))
        .select("k.*")
        .distinct();
  }
}

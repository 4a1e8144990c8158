package vn.tnmt.lakehouse.national;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.to_date;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.transform.national.Changes;
import vn.tnmt.lakehouse.transform.national.Input;

/** Which values are kept back: an index that is made without them says so. */
public final class Quarantined {
  private Quarantined() {}

  /** Both images of what changed in {@code ops.quarantine}, as {@link #keys} reads them. */
  public static Dataset<Row> images(Changes changes) {
    return changes.images("dataset", "business_date", "record_key");
  }

  /**
   * The keys of a dataset's records that are in quarantine; whether something was accepted in their
   * place since is for the caller to see.
   *
   * @param quarantine {@code dataset, business_date, record_key}
   * @param key the dataset's key columns with their types, as DDL
   * @param time the key's column that says of when the record is
   */
  public static Dataset<Row> keys(
      Dataset<Row> quarantine, String dataset, String key, String time) {
    return quarantine
        .where(col("dataset").equalTo(dataset).and(col("record_key").isNotNull()))
        .select(col("business_date"), from_json(col("record_key"), StructType.fromDDL(key)).as("k"))
        .where(to_date(col("k." + time)).leq(date_add(col("business_date"), Input.AHEAD)))
        .select("k.*")
        .distinct();
  }
}

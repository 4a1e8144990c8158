package vn.tnmt.lakehouse.transform.national;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How changed rows of an input become the units of a national dataset that they affect. Pure. */
@FunctionalInterface
public interface Affects {
  /**
   * The units that a change of an input affects.
   *
   * @param changes of the input, both images; never empty of meaning: rows may be inserted,
   *     replaced or removed
   * @param reads the dataset's inputs, whole: to find, for example, the days on which a corrected
   *     station measured
   * @return the dataset's unit columns; repeated ones do no harm
   */
  Dataset<Row> units(Changes changes, Reads reads);
}

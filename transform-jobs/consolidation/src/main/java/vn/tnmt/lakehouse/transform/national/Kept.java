package vn.tnmt.lakehouse.transform.national;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that several steps read, computed once, without the plan that made them. {@code
 * Dataset.persist} keeps the plan: Spark then walks it for each mention, and where kept rows are
 * made of kept rows, as in a chain of national datasets, mentions multiply until planning takes
 * minutes. Should an executor be lost, Spark computes its part again.
 */
final class Kept implements AutoCloseable {
  private final JavaRDD<Row> kept;
  private final Dataset<Row> rows;

  private Kept(JavaRDD<Row> kept, Dataset<Row> rows) {
    this.kept = kept;
    this.rows = rows;
  }

  static Kept of(Dataset<Row> rows) {
    JavaRDD<Row> kept = rows.javaRDD().persist(StorageLevel.MEMORY_AND_DISK_SER());
    return new Kept(kept, rows.sparkSession().createDataFrame(kept, rows.schema()));
  }

  Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}

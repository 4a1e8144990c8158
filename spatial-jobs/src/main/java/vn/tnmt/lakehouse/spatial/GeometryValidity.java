package vn.tnmt.lakehouse.spatial;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is wrong with the geometries of a table; rows without geometry are not wrong. */
public final class GeometryValidity {
  private GeometryValidity() {}

  /**
   * The rows whose geometry breaks the platform's convention, as an audit wants them.
   *
   * @param table {@code geometry binary} (WKB) and {@code xmin, ymin, xmax, ymax double}
   * @return those rows with {@code problem string}: {@code EMPTY}, {@code INVALID: reason}, {@code
   *     BOUNDS} (the flat bounds are not those of the geometry) or {@code OUTSIDE} (not within
   *     102.1–117.9 E, 6.5–23.5 N)
   */
  public static Dataset<Row> problems(Dataset<Row> table) {
    return table
        .where(col("geometry").isNotNull())
        .withColumn("shape", expr("ST_GeomFromWKB(geometry)"))
        .withColumn(
            "problem",
            expr(
                "CASE WHEN ST_IsEmpty(shape) THEN 'EMPTY'"
                    + " WHEN NOT ST_IsValid(shape)"
                    + " THEN concat('INVALID: ', ST_IsValidReason(shape))"
                    + " WHEN NOT coalesce(xmin = ST_XMin(shape) AND ymin = ST_YMin(shape)"
                    + " AND xmax = ST_XMax(shape) AND ymax = ST_YMax(shape), false) THEN 'BOUNDS'"
                    + " WHEN xmin < 102.1 OR xmax > 117.9 OR ymin < 6.5 OR ymax > 23.5"
                    + " THEN 'OUTSIDE' END"))
        .drop("shape")
        .where(col("problem").isNotNull());
  }
}

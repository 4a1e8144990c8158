package vn.tnmt.lakehouse.spatial;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Province and commune of points, by the boundaries in force on a date.
 *
 * <ul>
 *   <li>A point on a shared boundary belongs to the unit with the lowest code, so to exactly one.
 *   <li>The province is the commune's province when a commune is found, so that both agree even
 *       where the two levels are generalised differently; else the province whose own boundary
 *       covers the point.
 *   <li>Units without geometry take no part. Without commune geometries only the province is found.
 *   <li>A point outside of all units, or without coordinates, has neither.
 * </ul>
 */
public final class AdminAssignment {
  private AdminAssignment() {}

  /**
   * Adds {@code located_province_code string, located_commune_code string} to rows with
   * coordinates.
   *
   * @param places rows with {@code lon double, lat double} (EPSG:4326) and any other columns, all
   *     kept
   * @param units {@code admin.unit}: {@code code, level, province_code, valid_from, valid_to,
   *     geometry}
   * @param asOf the units with {@code valid_from <= asOf <= valid_to} count
   */
  public static Dataset<Row> locate(Dataset<Row> places, Dataset<Row> units, LocalDate asOf) {
    Dataset<Row> points = places.select("lon", "lat").distinct().na().drop();
    Dataset<Row> located =
        points
            .withColumn("point", expr("ST_Point(lon, lat)"))
            .join(shapes(units, asOf), expr("ST_Covers(shape, point)"))
            .groupBy("lon", "lat")
            .agg(
                min(when(col("level").equalTo("commune"), expr("struct(code, province_code)")))
                    .as("commune"),
                min(when(col("level").equalTo("province"), col("code"))).as("province"))
            .select(
                col("lon").as("at_lon"),
                col("lat").as("at_lat"),
                coalesce(col("commune.province_code"), col("province")).as("located_province_code"),
                col("commune.code").as("located_commune_code"));
    return places
        .join(
            located,
            places.col("lon").equalTo(col("at_lon")).and(places.col("lat").equalTo(col("at_lat"))),
            "left")
        .drop("at_lon", "at_lat");
  }

  /**
   * The places that lie within one of these boxes: those whose unit can differ when the boxes are
   * the bounds of units that changed, as they were and as they are.
   *
   * @param places rows with {@code lon double, lat double} (EPSG:4326) and any other columns, all
   *     kept; a place is repeated for each box
   * @param boxes {@code xmin, ymin, xmax, ymax double}; empty ones are passed over
   */
  public static Dataset<Row> touched(Dataset<Row> places, Dataset<Row> boxes) {
    Dataset<Row> shapes =
        boxes.na().drop().select(expr("ST_PolygonFromEnvelope(xmin, ymin, xmax, ymax)").as("_box"));
    return places
        .where("lon IS NOT NULL AND lat IS NOT NULL")
        .withColumn("_point", expr("ST_Point(lon, lat)"))
        .join(shapes, expr("ST_Covers(_box, _point)"))
        .drop("_point", "_box");
  }

  /** Units in force with a geometry: {@code code, level, province_code, shape}. */
  private static Dataset<Row> shapes(Dataset<Row> units, LocalDate asOf) {
    return units
        .where(col("geometry").isNotNull().and(inForce(asOf)))
        .select(
            col("code"),
            col("level"),
            col("province_code"),
            expr("ST_GeomFromWKB(geometry)").as("shape"));
  }

  private static Column inForce(LocalDate asOf) {
    return col("valid_from")
        .leq(lit(asOf))
        .and(col("valid_to").isNull().or(col("valid_to").geq(lit(asOf))));
  }
}

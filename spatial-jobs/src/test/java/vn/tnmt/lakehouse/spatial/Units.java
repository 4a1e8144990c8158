package vn.tnmt.lakehouse.spatial;

import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBWriter;

/** Administrative units made of rectangles. */
public final class Units {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final StructType SCHEMA =
      new StructType()
          .add("code", DataTypes.StringType)
          .add("level", DataTypes.StringType)
          .add("province_code", DataTypes.StringType)
          .add("valid_from", DataTypes.DateType)
          .add("valid_to", DataTypes.DateType)
          .add("geometry", DataTypes.BinaryType)
          .add("xmin", DataTypes.DoubleType)
          .add("ymin", DataTypes.DoubleType)
          .add("xmax", DataTypes.DoubleType)
          .add("ymax", DataTypes.DoubleType);

  private Units() {}

  public static Dataset<Row> of(SparkSession spark, Row... units) {
    return spark.createDataFrame(Arrays.asList(units), SCHEMA);
  }

  public static Row province(String code, byte[] geometry) {
    return unit(code, "province", code, "2025-07-01", null, geometry);
  }

  public static Row commune(String code, String province, byte[] geometry) {
    return unit(code, "commune", province, "2025-07-01", null, geometry);
  }

  public static Row unit(
      String code, String level, String province, String from, String to, byte[] geometry) {
    return RowFactory.create(
        code,
        level,
        province,
        Date.valueOf(from),
        to == null ? null : Date.valueOf(to),
        geometry,
        105.0,
        20.0,
        106.0,
        21.0);
  }

  public static byte[] box(double xmin, double ymin, double xmax, double ymax) {
    return new WKBWriter().write(GEOMETRIES.toGeometry(new Envelope(xmin, xmax, ymin, ymax)));
  }

  public static byte[] polygon(double... xy) {
    Coordinate[] ring = new Coordinate[xy.length / 2];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
    }
    return new WKBWriter().write(GEOMETRIES.createPolygon(ring));
  }

  public static Dataset<Row> points(SparkSession spark, List<Row> points) {
    return spark.createDataFrame(
        points,
        new StructType()
            .add("id", DataTypes.StringType)
            .add("lon", DataTypes.DoubleType)
            .add("lat", DataTypes.DoubleType));
  }
}

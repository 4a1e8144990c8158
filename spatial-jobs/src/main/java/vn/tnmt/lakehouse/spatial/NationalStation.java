package vn.tnmt.lakehouse.spatial;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code national.station}: the stations of all publishers, each with the units its coordinates lie
 * in.
 */
public final class NationalStation {
  private NationalStation() {}

  /**
   * Locates every station.
   *
   * @param stations {@code monitoring.station}
   * @param units {@code admin.unit}
   * @param asOf the date whose boundaries count
   * @return the columns of {@code national.station}; {@code province_agrees} compares the
   *     register's province with the one the coordinates lie in, and is null when they lie in none
   */
  public static Dataset<Row> compute(Dataset<Row> stations, Dataset<Row> units, LocalDate asOf) {
    return AdminAssignment.locate(stations, units, asOf)
        .select(
            col("station_code"),
            col("name"),
            col("province_code"),
            col("station_type"),
            col("lon"),
            col("lat"),
            col("geohash"),
            col("located_province_code"),
            col("located_commune_code"),
            col("province_code").equalTo(col("located_province_code")).as("province_agrees"))
        .orderBy("station_code");
  }
}

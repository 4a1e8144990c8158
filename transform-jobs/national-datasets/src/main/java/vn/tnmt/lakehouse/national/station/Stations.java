package vn.tnmt.lakehouse.national.station;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;
import vn.tnmt.lakehouse.spatial.AdminAssignment;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.national.NationalDataset;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.national.Reach;
import vn.tnmt.lakehouse.transform.national.Reads;
import vn.tnmt.lakehouse.transform.report.ReportSection;

/**
 * {@code national.station}: the stations of all publishers, each with the units its coordinates lie
 * in.
 */
public final class Stations implements NationalDataset {
  private static final String STATION = "monitoring.station";
  private static final String UNIT = "admin.unit";

  @Override
  public String table() {
    return "national.station";
  }

  @Override
  public List<String> unit() {
    return List.of("station_code");
  }

  /** A corrected boundary reaches the stations within its bounds, old and new. */
  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of(STATION, (changes, reads) -> changes.images("station_code"), Reach.ALL),
        Input.inForce(
            UNIT,
            (changes, reads) ->
                AdminAssignment.touched(
                    reads.table(STATION),
                    changes
                        .in("code", "level", "province_code", "geometry")
                        .images("xmin", "ymin", "xmax", "ymax")
                        .distinct())));
  }

  @Override
  public Optional<ReportSection> section() {
    return Optional.of(new StationSection());
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return compute(
        reads
            .table(STATION)
            .join(affected, CollectionConverters.asScala(unit()).toSeq(), "left_semi"),
        reads.table(UNIT),
        reads.asOf());
  }

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
            col("province_code").equalTo(col("located_province_code")).as("province_agrees"));
  }
}

package vn.tnmt.lakehouse.national.air;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import vn.tnmt.lakehouse.transform.index.Pollutant;

/** Rows of the hourly table, written by hand; hours count from the beginning of {@link Air#DAY}. */
public final class AirHours {
  private final Map<String, Map<Integer, Object[]>> rows = new TreeMap<>();

  public AirHours hour(int hour, String parameter, double mean) {
    return hour("01KK001", hour, parameter, mean);
  }

  public AirHours hour(String station, int hour, String parameter, double mean) {
    row(station, hour)[4 + List.of(Pollutant.parameters()).indexOf(parameter)] = mean;
    return this;
  }

  /** An hour without any mean. */
  public AirHours empty(int hour, String reason) {
    row("01KK001", hour)[10] = reason;
    return this;
  }

  /** Pollutants of which too little came, and values in quarantine, in an hour. */
  public AirHours flawed(int hour, String incomplete, int quarantined) {
    row("01KK001", hour)[11] = incomplete;
    row("01KK001", hour)[12] = quarantined;
    return this;
  }

  private Object[] row(String station, int hour) {
    return rows.computeIfAbsent(station, s -> new TreeMap<>())
        .computeIfAbsent(
            hour,
            h -> {
              LocalDateTime end = Air.DAY.atStartOfDay().plusHours(hour);
              Object[] row = new Object[13];
              row[0] = station;
              row[1] = station.substring(0, 2);
              row[2] = Timestamp.from(end.toInstant(ZoneOffset.ofHours(7)));
              row[12] = 0;
              row[3] = Date.valueOf(end.minusHours(1).toLocalDate());
              return row;
            });
  }

  public Dataset<Row> table(SparkSession spark) {
    StructType type =
        new StructType()
            .add("station_code", DataTypes.StringType)
            .add("province_code", DataTypes.StringType)
            .add("hour_ending", DataTypes.TimestampType)
            .add("local_date", DataTypes.DateType);
    for (Pollutant p : Pollutant.values()) {
      type = type.add(AirColumns.of("conc", p), DataTypes.DoubleType);
    }
    List<Row> table = new ArrayList<>();
    rows.values()
        .forEach(hours -> hours.values().forEach(row -> table.add(RowFactory.create(row))));
    return spark.createDataFrame(
        table,
        type.add("no_index_reason", DataTypes.StringType)
            .add("incomplete", DataTypes.StringType)
            .add("quarantined", DataTypes.IntegerType));
  }
}

package vn.tnmt.lakehouse.national.air;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Observations of a station written hour by hour, in local time. */
public final class Air {
  public static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final ZoneOffset LOCAL = ZoneOffset.ofHours(7);

  private final List<Row> rows = new ArrayList<>();
  private final List<Row> kept = new ArrayList<>();

  /**
   * Twelve equal 5-minute values that make up the hour ending at {@code hour} (1–24) of {@link
   * #DAY}.
   */
  public Air hour(int hour, String parameter, double value) {
    return slots(hour, 12, parameter, value, "00");
  }

  /** The last {@code slots} of the hour's twelve 5-minute values. */
  public Air slots(int hour, int slots, String parameter, Double value, String status) {
    for (int i = 0; i < slots; i++) {
      at(DAY.atStartOfDay().plusHours(hour).minusMinutes(5L * i), parameter, value, status);
    }
    return this;
  }

  public Air at(LocalDateTime local, String parameter, Double value, String status) {
    return of("01KK001", local, parameter, value, status);
  }

  public Air of(
      String station, LocalDateTime local, String parameter, Double value, String status) {
    rows.add(
        RowFactory.create(
            station,
            parameter,
            Timestamp.from(local.toInstant(LOCAL)),
            Date.valueOf(local.toLocalDate()),
            value,
            status));
    return this;
  }

  public Dataset<Row> observations(SparkSession spark) {
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("station_code", DataTypes.StringType)
            .add("parameter", DataTypes.StringType)
            .add("measured_at", DataTypes.TimestampType)
            .add("observed_on", DataTypes.DateType)
            .add("value", DataTypes.DoubleType)
            .add("status", DataTypes.StringType));
  }

  public static Dataset<Row> stations(SparkSession spark) {
    return spark.createDataFrame(
        List.of(
            RowFactory.create("01KK001", "01", "ambient_air", null),
            RowFactory.create("79KK001", "79", "ambient_air", null),
            RowFactory.create("96KK001", "96", "ambient_air", 15),
            RowFactory.create("01NM001", "01", "surface_water", null)),
        new StructType()
            .add("station_code", DataTypes.StringType)
            .add("province_code", DataTypes.StringType)
            .add("station_type", DataTypes.StringType)
            .add("interval_minutes", DataTypes.IntegerType));
  }

  /** A value of the station that is in quarantine. */
  public Air quarantined(LocalDateTime local, String parameter) {
    kept.add(
        RowFactory.create(
            "monitoring.observation",
            "{\"station_code\":\"01KK001\",\"parameter\":\"%s\",\"measured_at\":\"%s\"}"
                .formatted(
                    parameter,
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atOffset(LOCAL)))));
    return this;
  }

  /** {@code ops.quarantine}, with records that nobody can place. */
  public Dataset<Row> quarantine(SparkSession spark) {
    List<Row> all = new ArrayList<>(kept);
    all.add(RowFactory.create("monitoring.observation", null));
    all.add(RowFactory.create("water.sample", "{\"sample_point\":\"P\"}"));
    return spark
        .createDataFrame(
            all,
            new StructType()
                .add("dataset", DataTypes.StringType)
                .add("record_key", DataTypes.StringType))
        .selectExpr("dataset", "date '2030-01-01' AS business_date", "record_key");
  }

  public static Dataset<Row> affected(SparkSession spark, LocalDate... days) {
    return spark.createDataFrame(
        Stream.of(days)
            .flatMap(
                day ->
                    Stream.of("01KK001", "79KK001", "96KK001", "01NM001")
                        .map(station -> RowFactory.create(station, Date.valueOf(day))))
            .toList(),
        new StructType()
            .add("station_code", DataTypes.StringType)
            .add("local_date", DataTypes.DateType));
  }

  /** Rows by local end of the hour, {@code 2026-11-22T01:00}; one station. */
  public static Map<String, Row> byHour(Dataset<Row> hourly) {
    return by(
        hourly,
        row -> {
          Timestamp end = row.getAs("hour_ending");
          return end.toInstant().atOffset(LOCAL).toLocalDateTime().toString();
        });
  }

  public static Map<String, Row> by(Dataset<Row> rows, Function<Row, String> key) {
    return rows.collectAsList().stream().collect(Collectors.toMap(key, Function.identity()));
  }
}

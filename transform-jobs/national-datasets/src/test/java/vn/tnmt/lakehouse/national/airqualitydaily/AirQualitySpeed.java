package vn.tnmt.lakehouse.national.airqualitydaily;

import static org.apache.spark.sql.functions.expr;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import vn.tnmt.lakehouse.national.airqualityhourly.AirQualityHourly;
import vn.tnmt.lakehouse.national.airqualityhourly.HourCompleteness;
import vn.tnmt.lakehouse.transform.national.Days;

/**
 * How long a night's hourly and daily air quality takes: 2,000 stations, 6 pollutants, every 5
 * minutes, for the night's day and the context around it. Arguments: stations, rounds. Run with the
 * test class path and Spark's JVM flags.
 */
final class AirQualitySpeed {
  private AirQualitySpeed() {}

  public static void main(String[] args) throws Exception {
    int stations = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    Path folder = Files.createTempDirectory("air");
    String observations = folder.resolve("observation").toString();
    String hourly = folder.resolve("hourly").toString();
    LocalDate day = LocalDate.of(2026, 11, 22);

    Dataset<Row> register =
        spark
            .range(stations)
            .selectExpr(
                "concat('S', id) AS station_code",
                "'01' AS province_code",
                "'ambient_air' AS station_type",
                "CAST(NULL AS INT) AS interval_minutes");
    Dataset<Row> quarantine =
        spark.sql(
            "SELECT 'monitoring.observation' AS dataset, CAST(NULL AS STRING) AS record_key, DATE '2026-01-01' AS business_date");
    // from 00:00 of the day before to 00:00 of the day after
    spark
        .range(577)
        .withColumnRenamed("id", "slot")
        .crossJoin(register.select("station_code"))
        .crossJoin(
            spark.sql("SELECT explode(array('PM2.5','PM10','O3','NO2','SO2','CO')) AS parameter"))
        .select(
            expr("station_code"),
            expr("parameter"),
            expr("timestamp_seconds(unix_seconds(TIMESTAMP'2026-11-21 00:00:00+07:00') + slot * 300)")
                .as("measured_at"),
            expr("date_add(DATE'2026-11-21', CAST(slot DIV 288 AS INT))").as("observed_on"),
            expr("pmod(hash(station_code, parameter, slot), 10000) / 100D").as("value"),
            expr("IF(slot % 97 = 0, '02', '00')").as("status"))
        .repartition(6)
        .sortWithinPartitions("station_code", "parameter", "measured_at")
        .write()
        .partitionBy("observed_on")
        .parquet(observations);
    Dataset<Row> affected = register.selectExpr("station_code", "DATE'2026-11-22' AS local_date");
    List<LocalDate> dates = List.of(day);

    for (int round = 1; round <= rounds; round++) {
      Dataset<Row> near =
          spark.read().parquet(observations).where(Days.near("observed_on", dates, 1, 1));
      timed(
          "hourly",
          () ->
              AirQualityHourly.compute(near, quarantine, register, affected, HourCompleteness.HOUSE)
                  .write()
                  .mode("overwrite")
                  .parquet(hourly));
      timed(
          "daily",
          () ->
              AirQualityDaily.compute(spark.read().parquet(hourly), affected, DayCompleteness.HOUSE)
                  .write()
                  .mode("overwrite")
                  .parquet(folder.resolve("daily").toString()));
    }
    System.out.printf(
        "%,d observations read, %,d hourly rows, %,d with index; %,d days with index%n",
        spark.read().parquet(observations).count(),
        spark.read().parquet(hourly).count(),
        spark.read().parquet(hourly).where("aqi IS NOT NULL").count(),
        spark.read().parquet(folder.resolve("daily").toString()).where("aqi IS NOT NULL").count());
    spark.stop();
  }

  private static void timed(String what, Runnable work) {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = os.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    System.out.printf(
        "%-7s %6.1f s wall, %6.1f s of CPU%n",
        what, (System.nanoTime() - start) / 1e9, (os.getProcessCpuTime() - cpu) / 1e9);
  }
}

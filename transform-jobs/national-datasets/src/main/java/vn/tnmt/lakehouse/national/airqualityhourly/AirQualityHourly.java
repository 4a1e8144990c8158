package vn.tnmt.lakehouse.national.airqualityhourly;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.national.Quarantined;
import vn.tnmt.lakehouse.national.air.Hours;
import vn.tnmt.lakehouse.national.air.StationDays;
import vn.tnmt.lakehouse.transform.index.Pollutant;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.national.NationalDataset;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.national.Policy;
import vn.tnmt.lakehouse.transform.national.Reach;
import vn.tnmt.lakehouse.transform.national.Reads;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * {@code national.air_quality_hourly}: 1-hour means, NowCast of dust and VN_AQI of each hour in
 * which an ambient air station sent one of the six pollutants.
 *
 * <ul>
 *   <li>Only measurements of status {@code 00} with a value between 0 and 10⁹ µg/m³ count; the
 *       others count as missing. An hour in which a station sent only faults, or only what was
 *       quarantined, is a row without index.
 *   <li>An hour's mean counts when enough of its intervals hold a valid measurement ({@link
 *       HourCompleteness}, house policy). {@code minutes_valid} is the coverage of the best covered
 *       pollutant; {@code incomplete} names those of which something came, but too little.
 *   <li>How often a station measures the register says, else the day's values of each pollutant
 *       ({@link Spacing}), else the setting.
 *   <li>{@code quarantined} counts the minutes of values that are in quarantine and in whose place
 *       nothing was accepted.
 *   <li>A mean is the exact sum of values rounded to 10⁻⁶ µg/m³, so that it does not depend on the
 *       order of rows.
 * </ul>
 */
public final class AirQualityHourly implements NationalDataset {
  private static final String OBSERVATION = "monitoring.observation";
  private static final String STATION = "monitoring.station";

  private static final Words HOUSE =
      new Words(
          "Quy ước nội bộ, quyết định không quy định", "House policy; the decision sets none");

  static final Policy<Integer> INTERVAL =
      Policy.integer(
          Policy.setting(
              "national.air_quality_hourly.intervalMinutes",
              Setting.Type.choice("1", "2", "3", "4", "5", "6", "10", "12", "15", "20", "30", "60"),
              "5",
              "How often a station measures, in minutes, where neither the register nor its values"
                  + " tell (Thông tư 10/2021/TT-BTNMT: every 5 minutes).",
              "air.intervalMinutes"),
          new Words("Chu kỳ đo", "Interval of measurements"),
          minutes ->
              new Words(
                  "theo danh mục trạm, hoặc theo khoảng cách các lần đo trong ngày; nếu đều không rõ: %d phút"
                      .formatted(minutes),
                  "as the register of stations or the spacing of the day's values says; where neither does: %d minutes"
                      .formatted(minutes)),
          Words.same("Thông tư 10/2021/TT-BTNMT"));

  static final Policy<Double> MINUTES_PER_HOUR =
      Policy.number(
          Policy.setting(
              "national.air_quality_hourly.minutesPerHour",
              Setting.Type.number(0.01, 1),
              "0.75",
              "Share of an hour's minutes that must be measured for a 1-hour mean (house policy).",
              "air.completeness.minutesPerHour"),
          new Words("Trung bình 1 giờ", "1-hour mean"),
          share ->
              new Words(
                  "cần ít nhất %.0f %% số lần đo trong giờ; thông số thiếu được nêu ở cột incomplete"
                      .formatted(100 * share),
                  "needs at least %.0f %% of the hour's measurements; a parameter with fewer is named in column incomplete"
                      .formatted(100 * share)),
          HOUSE);

  /** Sums are kept in millionths of a µg/m³. */
  static final double MICROS = 1e6;

  /** The bit of the minute of the hour that a measurement falls in: 0 for (00:00, 01:00]. */
  private static final Column MINUTE =
      expr(
          "shiftleft(1L, CAST(pmod(unix_micros(measured_at) - 1, 3600000000L) div 60000000L AS INT))");

  private static final int CONTEXT_HOURS = 11;

  @Override
  public String table() {
    return "national.air_quality_hourly";
  }

  @Override
  public List<String> unit() {
    return List.of("station_code", "local_date");
  }

  @Override
  public int version() {
    return 2;
  }

  /** A register's correction reaches every day on which the station measured. */
  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of(
            OBSERVATION,
            (changes, reads) ->
                StationDays.ofObservations(changes.images("station_code", "measured_at")),
            Reach.days("observed_on", "local_date", 1, 1)),
        Input.of(
            STATION,
            (changes, reads) ->
                StationDays.ofObservations(
                    ofStations(
                        reads,
                        changes
                            .in("station_type", "province_code", "interval_minutes")
                            .images("station_code"))),
            Reach.ALL),
        Input.quarantine(
            "local_date",
            (changes, reads) ->
                StationDays.ofObservations(quarantined(Quarantined.images(changes)))));
  }

  /** All that stations ever sent, accepted or not. */
  private static Dataset<Row> ofStations(Reads reads, Dataset<Row> stations) {
    return reads
        .among(OBSERVATION, "station_code", stations)
        .select("station_code", "measured_at")
        .union(
            quarantined(reads.table(Input.QUARANTINE))
                .join(stations, new String[] {"station_code"}, "leftsemi")
                .select("station_code", "measured_at"));
  }

  private static Dataset<Row> quarantined(Dataset<Row> quarantine) {
    return Quarantined.keys(
            quarantine,
            OBSERVATION,
            "station_code STRING, parameter STRING, measured_at TIMESTAMP",
            "measured_at")
        .where(col("parameter").isin((Object[]) Pollutant.parameters()));
  }

  @Override
  public List<Policy<?>> policies() {
    return List.of(INTERVAL, MINUTES_PER_HOUR);
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return compute(
        reads.table(OBSERVATION),
        reads.table(Input.QUARANTINE),
        reads.table(STATION),
        affected,
        new HourCompleteness(policies.get(INTERVAL), policies.get(MINUTES_PER_HOUR)),
        reads::sent);
  }

  /**
   * The hourly rows of the affected station days.
   *
   * @param observations {@code monitoring.observation} from the day before the affected ones to the
   *     day after them: the evening before feeds NowCast, and 00:00 of the next day belongs to the
   *     day
   * @param quarantine {@code ops.quarantine}
   * @param stations {@code station_code, province_code, station_type, interval_minutes}
   * @param affected {@code station_code, local_date}, see {@link StationDays#ofObservations}
   * @return the columns of {@code national.air_quality_hourly}, one row per station and hour,
   *     sorted by both within a partition
   */
  public static Dataset<Row> compute(
      Dataset<Row> observations,
      Dataset<Row> quarantine,
      Dataset<Row> stations,
      Dataset<Row> affected,
      HourCompleteness policy) {
    return compute(observations, quarantine, stations, affected, policy, UnaryOperator.identity());
  }

  private static Dataset<Row> compute(
      Dataset<Row> observations,
      Dataset<Row> quarantine,
      Dataset<Row> stations,
      Dataset<Row> affected,
      HourCompleteness policy,
      UnaryOperator<Dataset<Row>> sent) {
    Dataset<Row> ambient =
        stations
            .where(col("station_type").equalTo("ambient_air"))
            .select("station_code", "province_code", "interval_minutes");
    Dataset<Row> days =
        StationDays.withContext(affected, CONTEXT_HOURS)
            .join(ambient, new String[] {"station_code"}, "leftsemi");

    Dataset<Row> means =
        observations
            .where(col("parameter").isin((Object[]) Pollutant.parameters()))
            .select(
                col("station_code"),
                col("parameter"),
                col("measured_at"),
                expr("IF(status = '00' AND value >= 0 AND value < 1e9, value, NULL)").as("value"),
                lit(false).as("kept_back"))
            .union(
                quarantined(quarantine)
                    .select(
                        col("station_code"),
                        col("parameter"),
                        col("measured_at"),
                        lit(null).cast("double"),
                        lit(true)))
            .withColumn("hour", Hours.ofInstant("measured_at"))
            .withColumn("minute", MINUTE)
            .withColumn("local_date", Hours.date("hour", 0))
            .join(sent.apply(days), new String[] {"station_code", "local_date"})
            .groupBy("station_code", "hour", "first_hour", "parameter")
            .agg(
                sum(expr("floor(value * 1e6 + 0.5)")).as("micros"),
                count("value").as("n"),
                bit_or(expr("IF(value IS NULL, 0L, minute)")).as("valid"),
                bit_or(expr("IF(kept_back, 0L, minute)")).as("sent"),
                bit_or(expr("IF(kept_back, minute, 0L)")).as("held"));

    MapPartitionsFunction<Row, Row> pass = rows -> new HourlyPass(rows, policy);
    return means
        .join(broadcast(ambient), "station_code")
        .repartition(col("station_code"))
        .sortWithinPartitions("station_code", "hour", "parameter")
        .mapPartitions(pass, Encoders.row(HourlyPass.SCHEMA))
        .select(
            col("station_code"),
            col("province_code"),
            Hours.instant("hour").as("hour_ending"),
            Hours.date("hour", 0).as("local_date"),
            col("index.*"));
  }
}

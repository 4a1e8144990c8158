package vn.tnmt.lakehouse.national.airqualitydaily;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.national.air.AirColumns;
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
import vn.tnmt.lakehouse.transform.report.ReportSection;

/**
 * {@code national.air_quality_daily}: VN_AQI of a day and the figures it comes from, from the
 * hourly table.
 *
 * <ul>
 *   <li>The day's hours are 01:00 … 00:00 of the next day, local time (Quyết định 1459/QĐ-TCMT).
 *   <li>Dust: mean of the day's hourly means. SO2, NO2, CO, O3: highest hourly mean. O3 also:
 *       highest of the 24 8-hour means ending in the day, the first of which reaches back to 18:00
 *       of the evening before.
 *   <li>How many hours a mean needs is house policy ({@link DayCompleteness}). A highest value is
 *       published from whatever hours there are, since it can only be too low; {@code incomplete}
 *       names the pollutants that were measured in fewer hours than a day needs.
 *   <li>{@code hours_valid} counts the hours of the day with the mean of at least one pollutant.
 * </ul>
 */
public final class AirQualityDaily implements NationalDataset {
  private static final String HOURLY = "national.air_quality_hourly";

  /** The first hour of a day that the 8-hour means of the next day look at. */
  private static final int EVENING = Hours.PER_DAY - DailyPass.EVENING + 1;

  private static final Words HOUSE =
      new Words(
          "Quy ước nội bộ, quyết định không quy định", "House policy; the decision sets none");

  static final Policy<Integer> HOURS_PER_8 =
      hours(
          "hoursPer8",
          8,
          6,
          "Hourly means that an 8-hour mean needs (house policy).",
          new Words("Trung bình 8 giờ", "8-hour mean"),
          n ->
              new Words("cần ít nhất %d giờ".formatted(n), "needs at least %d hours".formatted(n)));

  static final Policy<Integer> HOURS_PER_DAY =
      hours(
          "hoursPerDay",
          24,
          18,
          "Hourly means that a 24-hour mean needs; a highest value of the day from fewer hours is published"
              + " and marked incomplete (house policy).",
          new Words("Trung bình 24 giờ, giá trị cao nhất", "24-hour mean, highest value"),
          n ->
              new Words(
                  "trung bình cần ít nhất %d giờ; giá trị cao nhất từ ít giờ hơn vẫn được công bố (chỉ có thể thấp hơn thực tế) và nêu ở cột incomplete"
                      .formatted(n),
                  "a mean needs at least %d hours; a highest value from fewer is published (it can only be too low) and named in column incomplete"
                      .formatted(n)));

  private static Policy<Integer> hours(
      String name,
      int most,
      int usual,
      String description,
      Words title,
      Function<Integer, Words> says) {
    return Policy.integer(
        Policy.setting(
            "national.air_quality_daily." + name,
            Setting.Type.integer(1, most),
            Integer.toString(usual),
            description,
            "air.completeness." + name),
        title,
        says,
        HOUSE);
  }

  @Override
  public String table() {
    return "national.air_quality_daily";
  }

  @Override
  public List<String> unit() {
    return List.of("station_code", "local_date");
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of(
            HOURLY,
            (changes, reads) -> days(changes.images("station_code", "local_date", "hour_ending")),
            Reach.days("local_date", "local_date", 1, 0)));
  }

  /** The days of these hours, and the days after evenings. */
  static Dataset<Row> days(Dataset<Row> hours) {
    return hours
        .withColumn("hour", Hours.ofInstant("hour_ending"))
        .select(
            col("station_code"),
            explode(
                    when(
                            Hours.ofDay("hour").geq(EVENING),
                            array(col("local_date"), date_add(col("local_date"), 1)))
                        .otherwise(array(col("local_date"))))
                .as("local_date"));
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<Policy<?>> policies() {
    return List.of(HOURS_PER_8, HOURS_PER_DAY);
  }

  @Override
  public Optional<ReportSection> section() {
    return Optional.of(new AirQualitySection());
  }

  @Override
  public Dataset<Row> compute(Reads reads, Dataset<Row> affected, Policies policies) {
    return compute(
        reads.table(HOURLY),
        affected,
        new DayCompleteness(policies.get(HOURS_PER_8), policies.get(HOURS_PER_DAY)),
        reads::sent);
  }

  /**
   * The rows of the affected station days that have an hourly row.
   *
   * @param hourly {@code national.air_quality_hourly} from the day before the affected ones on
   * @param affected {@code station_code, local_date}
   * @return the columns of {@code national.air_quality_daily}, sorted by station and day within a
   *     partition
   */
  public static Dataset<Row> compute(
      Dataset<Row> hourly, Dataset<Row> affected, DayCompleteness policy) {
    return compute(hourly, affected, policy, UnaryOperator.identity());
  }

  private static Dataset<Row> compute(
      Dataset<Row> hourly,
      Dataset<Row> affected,
      DayCompleteness policy,
      UnaryOperator<Dataset<Row>> sent) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("station_code"));
    columns.add(col("province_code"));
    columns.add(Hours.ofInstant("hour_ending").as("hour"));
    columns.add(col("first_hour"));
    columns.add(
        expr("coalesce(conc_pm25, conc_pm10) IS NOT NULL"
                + " OR coalesce(no_index_reason = 'PM_INCOMPLETE', false)")
            .as("dust"));
    for (Pollutant p : Pollutant.values()) {
      columns.add(col(AirColumns.of("conc", p)));
    }
    columns.add(col("incomplete"));
    columns.add(col("quarantined"));
    MapPartitionsFunction<Row, Row> pass = rows -> new DailyPass(rows, policy);
    return hourly
        .join(
            sent.apply(StationDays.withContext(affected, DailyPass.EVENING)),
            new String[] {"station_code", "local_date"})
        .select(columns.toArray(Column[]::new))
        .where(Hours.ofDay("hour").geq(col("first_hour")))
        .repartition(col("station_code"))
        .sortWithinPartitions("station_code", "hour")
        .mapPartitions(pass, Encoders.row(DailyPass.SCHEMA))
        .select(
            col("station_code"),
            col("province_code"),
            expr("date_from_unix_date(CAST(day AS INT))").as("local_date"),
            col("index.*"));
  }
}

package vn.tnmt.lakehouse.national.airqualityhourly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.national.air.AirColumns;
import vn.tnmt.lakehouse.national.air.StationRows;
import vn.tnmt.lakehouse.transform.index.AirIndex;
import vn.tnmt.lakehouse.transform.index.HourlyAir;
import vn.tnmt.lakehouse.transform.index.Pollutant;
import vn.tnmt.lakehouse.transform.index.Values;
import vn.tnmt.lakehouse.transform.index.VnAqi;

/**
 * Hourly sums of a station, hour by hour → the hour's means and index. Holds the latest 12 hours of
 * dust.
 *
 * <p>In: {@code station_code, province_code, hour, first_hour, parameter, micros, n, slots}, sorted
 * by station and hour.
 */
final class HourlyPass extends StationRows {
  static final StructType SCHEMA =
      new StructType()
          .add("station_code", DataTypes.StringType)
          .add("province_code", DataTypes.StringType)
          .add("hour", DataTypes.LongType)
          .add("index", index());

  private final HourCompleteness policy;
  private final VnAqi vnAqi = VnAqi.official();

  /** First row of the hour being gathered. */
  private @Nullable Row current;

  private final Map<Pollutant, Double> means = new EnumMap<>(Pollutant.class);
  private int slotsValid;
  private boolean dustSeen;

  /** NowCast's hours, latest first. */
  private final double[] pm25 = new double[VnAqi.NOWCAST_HOURS];

  private final double[] pm10 = new double[VnAqi.NOWCAST_HOURS];

  HourlyPass(Iterator<Row> rows, HourCompleteness policy) {
    super(rows);
    this.policy = policy;
  }

  @Override
  protected void take(Row row) {
    boolean sameStation = current != null && station(row).equals(station(current));
    if (!sameStation || hour(row) != hour(current)) {
      end();
      long gap = sameStation ? hour(row) - hour(current) : VnAqi.NOWCAST_HOURS;
      shift(pm25, gap);
      shift(pm10, gap);
      means.clear();
      slotsValid = 0;
      dustSeen = false;
      current = row;
    }
    int slots = Long.bitCount(row.<Long>getAs("slots"));
    Pollutant pollutant = Pollutant.of(row.getAs("parameter")).orElseThrow();
    slotsValid = Math.max(slotsValid, slots);
    dustSeen |= pollutant.dust() && slots > 0;
    if (slots >= policy.fewestSlots()) {
      means.put(
          pollutant, row.<Long>getAs("micros") / (AirQualityHourly.MICROS * row.<Long>getAs("n")));
    }
  }

  @Override
  protected void end() {
    if (current == null) {
      return;
    }
    pm25[0] = mean(Pollutant.PM25);
    pm10[0] = mean(Pollutant.PM10);
    if (current.<Integer>getAs("first_hour") == 1) { // else it is there for the next day's NowCast
      emit(
          RowFactory.create(
              station(current), current.getAs("province_code"), hour(current), values()));
    }
  }

  private static StructType index() {
    StructType type = AirColumns.index();
    for (Pollutant p : Pollutant.values()) {
      type = type.add(AirColumns.of("conc", p), DataTypes.DoubleType);
    }
    return type.add("nowcast_pm25", DataTypes.DoubleType)
        .add("nowcast_pm10", DataTypes.DoubleType)
        .add("minutes_valid", DataTypes.IntegerType)
        .add("no_index_reason", DataTypes.StringType);
  }

  private Row values() {
    double nowCastPm25 = VnAqi.nowCast(pm25);
    double nowCastPm10 = VnAqi.nowCast(pm10);
    AirIndex index =
        vnAqi.hourly(
            new HourlyAir(
                nowCastPm25,
                nowCastPm10,
                mean(Pollutant.O3),
                mean(Pollutant.NO2),
                mean(Pollutant.SO2),
                mean(Pollutant.CO)));
    List<Object> values = new ArrayList<>();
    AirColumns.add(index, values);
    for (Pollutant p : Pollutant.values()) {
      values.add(means.get(p));
    }
    values.add(Values.orNull(nowCastPm25));
    values.add(Values.orNull(nowCastPm10));
    values.add(slotsValid * policy.intervalMinutes());
    values.add(Values.reason(index.reason(), dustSeen));
    return RowFactory.create(values.toArray());
  }

  private double mean(Pollutant pollutant) {
    return means.getOrDefault(pollutant, Double.NaN);
  }

  private static String station(Row row) {
    return row.getAs("station_code");
  }

  private static long hour(Row row) {
    return row.<Long>getAs("hour");
  }

  private static void shift(double[] hours, long by) {
    int gap = (int) Math.min(by, hours.length);
    System.arraycopy(hours, 0, hours, gap, hours.length - gap);
    Arrays.fill(hours, 0, gap, Double.NaN);
  }
}

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
import vn.tnmt.lakehouse.national.air.Hours;
import vn.tnmt.lakehouse.national.air.StationRows;
import vn.tnmt.lakehouse.transform.index.AirIndex;
import vn.tnmt.lakehouse.transform.index.HourlyAir;
import vn.tnmt.lakehouse.transform.index.Pollutant;
import vn.tnmt.lakehouse.transform.index.Values;
import vn.tnmt.lakehouse.transform.index.VnAqi;

/**
 * Hourly sums of a station, hour by hour → the hour's means and index. Holds a day, which tells how
 * often the station measures, and the latest 12 hours of dust.
 *
 * <p>In: {@code station_code, province_code, interval_minutes, hour, first_hour, parameter, micros,
 * n, valid, sent, held}, whole days sorted by station and hour; the last three have a bit for each
 * minute with a valid value, with any value, with one in quarantine.
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

  /** Rows of the day being gathered. */
  private final List<Row> day = new ArrayList<>();

  /** Last row of the day before, whatever station. */
  private @Nullable Row before;

  /** NowCast's hours, latest first. */
  private final double[] pm25 = new double[VnAqi.NOWCAST_HOURS];

  private final double[] pm10 = new double[VnAqi.NOWCAST_HOURS];

  HourlyPass(Iterator<Row> rows, HourCompleteness policy) {
    super(rows);
    this.policy = policy;
  }

  @Override
  protected void take(Row row) {
    if (!day.isEmpty()) {
      Row first = day.get(0);
      if (!station(row).equals(station(first)) || Hours.day(hour(row)) != Hours.day(hour(first))) {
        end();
      }
    }
    day.add(row);
  }

  @Override
  protected void end() {
    Map<Pollutant, Integer> intervals = intervals();
    int next = 0;
    while (next < day.size()) {
      int first = next;
      while (next < day.size() && hour(day.get(next)) == hour(day.get(first))) {
        next++;
      }
      hour(day.subList(first, next), intervals);
    }
    day.clear();
  }

  /** What the register says, else what the day's values say, else what is usual. */
  private Map<Pollutant, Integer> intervals() {
    Map<Pollutant, Spacing> spacings = new EnumMap<>(Pollutant.class);
    for (Row row : day) {
      spacings
          .computeIfAbsent(pollutant(row), any -> new Spacing())
          .add(Hours.ofDay(hour(row)), minutes(row, "sent") | minutes(row, "held"));
    }
    Map<Pollutant, Integer> intervals = new EnumMap<>(Pollutant.class);
    spacings.forEach(
        (pollutant, spacing) -> {
          Integer registered = day.get(0).getAs("interval_minutes");
          intervals.put(
              pollutant,
              registered != null && HourCompleteness.divides(registered)
                  ? registered
                  : spacing.interval().orElse(policy.intervalMinutes()));
        });
    return intervals;
  }

  private void hour(List<Row> rows, Map<Pollutant, Integer> intervals) {
    Row first = rows.get(0);
    long gap =
        before != null && station(before).equals(station(first))
            ? hour(first) - hour(before)
            : VnAqi.NOWCAST_HOURS;
    shift(pm25, gap);
    shift(pm10, gap);
    before = first;
    Map<Pollutant, Double> means = new EnumMap<>(Pollutant.class);
    List<String> incomplete = new ArrayList<>();
    int minutesValid = 0;
    int held = 0;
    boolean dustSeen = false;
    for (Row row : rows) { // in the order of parameters' names
      Pollutant pollutant = pollutant(row);
      int interval = intervals.get(pollutant);
      int slots = HourCompleteness.slots(minutes(row, "valid"), interval);
      minutesValid = Math.max(minutesValid, slots * interval);
      held += Long.bitCount(minutes(row, "held") & ~minutes(row, "sent"));
      dustSeen |= pollutant.dust() && slots > 0;
      if (slots >= policy.fewestSlots(interval)) {
        means.put(
            pollutant,
            row.<Long>getAs("micros") / (AirQualityHourly.MICROS * row.<Long>getAs("n")));
      } else {
        incomplete.add(pollutant.parameter());
      }
    }
    pm25[0] = mean(means, Pollutant.PM25);
    pm10[0] = mean(means, Pollutant.PM10);
    if (first.<Integer>getAs("first_hour") == 1) { // else it is there for the next day's NowCast
      emit(
          RowFactory.create(
              station(first),
              first.getAs("province_code"),
              hour(first),
              values(means, minutesValid, dustSeen, incomplete, held)));
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
        .add("no_index_reason", DataTypes.StringType)
        .add("incomplete", DataTypes.StringType)
        .add("quarantined", DataTypes.IntegerType);
  }

  private Row values(
      Map<Pollutant, Double> means,
      int minutesValid,
      boolean dustSeen,
      List<String> incomplete,
      int held) {
    double nowCastPm25 = VnAqi.nowCast(pm25);
    double nowCastPm10 = VnAqi.nowCast(pm10);
    AirIndex index =
        vnAqi.hourly(
            new HourlyAir(
                nowCastPm25,
                nowCastPm10,
                mean(means, Pollutant.O3),
                mean(means, Pollutant.NO2),
                mean(means, Pollutant.SO2),
                mean(means, Pollutant.CO)));
    List<Object> values = new ArrayList<>();
    AirColumns.add(index, values);
    for (Pollutant p : Pollutant.values()) {
      values.add(means.get(p));
    }
    values.add(Values.orNull(nowCastPm25));
    values.add(Values.orNull(nowCastPm10));
    values.add(minutesValid);
    values.add(Values.reason(index.reason(), dustSeen));
    values.add(AirColumns.listed(incomplete));
    values.add(held);
    return RowFactory.create(values.toArray());
  }

  private static double mean(Map<Pollutant, Double> means, Pollutant pollutant) {
    return means.getOrDefault(pollutant, Double.NaN);
  }

  private static Pollutant pollutant(Row row) {
    return Pollutant.of(row.getAs("parameter")).orElseThrow();
  }

  private static long minutes(Row row, String column) {
    return row.<Long>getAs(column);
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

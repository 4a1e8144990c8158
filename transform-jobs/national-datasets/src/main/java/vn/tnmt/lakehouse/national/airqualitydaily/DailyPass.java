package vn.tnmt.lakehouse.national.airqualitydaily;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.national.air.AirColumns;
import vn.tnmt.lakehouse.national.air.Hours;
import vn.tnmt.lakehouse.national.air.StationRows;
import vn.tnmt.lakehouse.transform.index.AirIndex;
import vn.tnmt.lakehouse.transform.index.DailyAir;
import vn.tnmt.lakehouse.transform.index.Pollutant;
import vn.tnmt.lakehouse.transform.index.Values;
import vn.tnmt.lakehouse.transform.index.VnAqi;

/**
 * 1-hour means of a station, hour by hour → the day's figures and index. Holds one day, and O3 of
 * the evening before.
 *
 * <p>In: {@code station_code, province_code, hour, first_hour, dust, conc_pm25 … conc_co,
 * incomplete, quarantined}, sorted by station and hour.
 */
final class DailyPass extends StationRows {
  /** Hours of the evening before that an 8-hour mean at 01:00 looks at. */
  static final int EVENING = 7;

  static final StructType SCHEMA =
      new StructType()
          .add("station_code", DataTypes.StringType)
          .add("province_code", DataTypes.StringType)
          .add("day", DataTypes.LongType)
          .add("index", index());

  private final DayCompleteness policy;
  private final VnAqi vnAqi = VnAqi.official();

  /** Latest row of the day being gathered. */
  private @Nullable Row current;

  /** By pollutant and hour: the evening before, then the 24 hours of the day. */
  private final Map<Pollutant, double[]> hours = new EnumMap<>(Pollutant.class);

  /** Pollutants of which something was measured in the day. */
  private final Set<Pollutant> measured = EnumSet.noneOf(Pollutant.class);

  private boolean dustSeen;
  private int quarantined;

  DailyPass(Iterator<Row> rows, DayCompleteness policy) {
    super(rows);
    this.policy = policy;
    for (Pollutant p : Pollutant.values()) {
      hours.put(p, new double[EVENING + Hours.PER_DAY]);
    }
  }

  @Override
  protected void take(Row row) {
    boolean sameStation =
        current != null && row.getAs("station_code").equals(current.getAs("station_code"));
    if (!sameStation || day(row) != day(current)) {
      end();
      boolean next = sameStation && day(row) == day(current) + 1;
      for (double[] series : hours.values()) {
        if (next) {
          System.arraycopy(series, Hours.PER_DAY, series, 0, EVENING);
        }
        Arrays.fill(series, next ? EVENING : 0, series.length, Double.NaN);
      }
      measured.clear();
      dustSeen = false;
      quarantined = 0;
    }
    current = row;
    dustSeen |= row.<Boolean>getAs("dust");
    quarantined += row.<Integer>getAs("quarantined");
    AirColumns.unlisted(row.getAs("incomplete"))
        .flatMap(name -> Pollutant.of(name).stream())
        .forEach(measured::add);
    int hour = EVENING - 1 + Hours.ofDay(hour(row));
    hours.forEach(
        (pollutant, series) -> {
          Double mean = row.getAs(AirColumns.of("conc", pollutant));
          series[hour] = mean == null ? Double.NaN : mean;
          if (mean != null) {
            measured.add(pollutant);
          }
        });
  }

  @Override
  protected void end() {
    if (current != null && current.<Integer>getAs("first_hour") == 1) {
      emit(
          RowFactory.create(
              current.getAs("station_code"),
              current.getAs("province_code"),
              day(current),
              values()));
    }
  }

  private static StructType index() {
    return AirColumns.index()
        .add("pm25_24h", DataTypes.DoubleType)
        .add("pm10_24h", DataTypes.DoubleType)
        .add("o3_1h_max", DataTypes.DoubleType)
        .add("o3_8h_max", DataTypes.DoubleType)
        .add("no2_1h_max", DataTypes.DoubleType)
        .add("so2_1h_max", DataTypes.DoubleType)
        .add("co_1h_max", DataTypes.DoubleType)
        .add("hours_valid", DataTypes.IntegerType)
        .add("no_index_reason", DataTypes.StringType)
        .add("incomplete", DataTypes.StringType)
        .add("quarantined", DataTypes.IntegerType);
  }

  private Row values() {
    DailyAir air =
        new DailyAir(
            mean(day(Pollutant.PM25), policy.hoursPerDay()),
            mean(day(Pollutant.PM10), policy.hoursPerDay()),
            highest(day(Pollutant.O3)),
            highest(means8h(hours.get(Pollutant.O3))),
            highest(day(Pollutant.NO2)),
            highest(day(Pollutant.SO2)),
            highest(day(Pollutant.CO)));
    AirIndex index = vnAqi.daily(air);
    List<Object> values = new ArrayList<>();
    AirColumns.add(index, values);
    values.add(Values.orNull(air.pm25()));
    values.add(Values.orNull(air.pm10()));
    values.add(Values.orNull(air.o3Max1h()));
    values.add(Values.orNull(air.o3Max8h()));
    values.add(Values.orNull(air.no2Max1h()));
    values.add(Values.orNull(air.so2Max1h()));
    values.add(Values.orNull(air.coMax1h()));
    values.add(hoursValid());
    values.add(Values.reason(index.reason(), dustSeen));
    values.add(AirColumns.listed(incomplete()));
    values.add(quarantined);
    return RowFactory.create(values.toArray());
  }

  private double[] day(Pollutant pollutant) {
    return Arrays.copyOfRange(hours.get(pollutant), EVENING, EVENING + Hours.PER_DAY);
  }

  private double[] means8h(double[] o3) {
    double[] means = new double[Hours.PER_DAY];
    for (int h = 0; h < means.length; h++) {
      means[h] = mean(Arrays.copyOfRange(o3, h, h + EVENING + 1), policy.hoursPer8());
    }
    return means;
  }

  private int hoursValid() {
    int valid = 0;
    for (int h = EVENING; h < EVENING + Hours.PER_DAY; h++) {
      for (double[] series : hours.values()) {
        if (!Double.isNaN(series[h])) {
          valid++;
          break;
        }
      }
    }
    return valid;
  }

  /** Pollutants that were measured in fewer hours than a day needs. */
  private List<String> incomplete() {
    return measured.stream()
        .filter(pollutant -> present(day(pollutant)).length < policy.hoursPerDay())
        .map(Pollutant::parameter)
        .toList();
  }

  private static double highest(double[] day) {
    return Arrays.stream(present(day)).max().orElse(Double.NaN);
  }

  private static double mean(double[] hours, int fewest) {
    double[] there = present(hours);
    double sum = 0;
    for (double c : there) {
      sum += c;
    }
    return there.length < fewest ? Double.NaN : sum / there.length;
  }

  private static double[] present(double[] hours) {
    return Arrays.stream(hours).filter(c -> !Double.isNaN(c)).toArray();
  }

  private static long hour(Row row) {
    return row.<Long>getAs("hour");
  }

  private static long day(Row row) {
    return Hours.day(hour(row));
  }
}

package vn.tnmt.lakehouse.transform.index;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * VN_AQI, the air quality index of Quyết định 1459/QĐ-TCMT (12/11/2019). All concentrations in
 * µg/m³.
 *
 * <p>Sub-index (mục 2.3, bảng BPi): {@code (I[i+1]-I[i]) / (BP[i+1]-BP[i]) * (C-BP[i]) + I[i]};
 * neighbouring levels share their knot, so 25 µg/m³ of PM2.5 is 50 and anything above it more than
 * 50.
 *
 * <p><em>Interpretations</em>
 *
 * <ul>
 *   <li>Above level 8 the index stays 500: the table prints "≥".
 *   <li>O3 over 8 hours has no level 7 and 8: when the highest 8-hour mean is over 400, only the
 *       1-hour rule counts.
 *   <li>NowCast with missing hours: Cmin and Cmax of the hours that are there, and both branches
 *       divided by the sum of their weights. The text prints the branch w = 1/2 without a
 *       denominator, which is the same within 0.02 % when all 12 hours are there and far too low
 *       when one is missing.
 *   <li>Rounding is half-up.
 * </ul>
 */
public final class VnAqi {
  /** Hours that NowCast looks at, this one included. */
  public static final int NOWCAST_HOURS = 12;

  private static final double HIGHEST_O3_8H = 400;

  private final Map<Pollutant, Curve> curves = new EnumMap<>(Pollutant.class);
  private final Curve o3Over8h;

  private VnAqi(List<Map<String, String>> breakpoints) {
    for (Pollutant p : Pollutant.values()) {
      curves.put(p, curve(breakpoints, p.column()));
    }
    o3Over8h = curve(breakpoints, "O3_8h");
  }

  /** The decision's own table, from the code list {@code vn_aqi_breakpoints}. */
  public static VnAqi official() {
    return Official.VN_AQI;
  }

  /** Another table of the same columns: {@code i, Ii, O3_1h, O3_8h, CO, SO2, NO2, PM10, PM2.5}. */
  public static VnAqi of(List<Map<String, String>> breakpoints) {
    return new VnAqi(breakpoints);
  }

  /**
   * The unrounded sub-index of a 1-hour mean (dust: NowCast or 24-hour mean); {@code NaN} without a
   * usable concentration.
   */
  public double subIndex(Pollutant pollutant, double concentration) {
    return curves.get(pollutant).at(Curve.measured(concentration));
  }

  /**
   * The unrounded sub-index of an 8-hour mean of O3; {@code NaN} above 400 µg/m³, where the table
   * ends.
   */
  public double subIndexO3Over8h(double concentration) {
    return concentration > HIGHEST_O3_8H ? Double.NaN : o3Over8h.at(Curve.measured(concentration));
  }

  /** AQI^h: the highest sub-index of the hour. */
  public AirIndex hourly(HourlyAir air) {
    Map<Pollutant, Double> indices = new EnumMap<>(Pollutant.class);
    put(indices, Pollutant.PM25, air.pm25());
    put(indices, Pollutant.PM10, air.pm10());
    put(indices, Pollutant.O3, air.o3());
    put(indices, Pollutant.NO2, air.no2());
    put(indices, Pollutant.SO2, air.so2());
    put(indices, Pollutant.CO, air.co());
    return AirIndex.of(indices);
  }

  /**
   * AQI^d: the highest sub-index of the day; O3 counts with the larger of its 1-hour and 8-hour
   * index.
   */
  public AirIndex daily(DailyAir air) {
    Map<Pollutant, Double> indices = new EnumMap<>(Pollutant.class);
    put(indices, Pollutant.PM25, air.pm25());
    put(indices, Pollutant.PM10, air.pm10());
    put(indices, Pollutant.O3, air.o3Max1h());
    put(indices, Pollutant.NO2, air.no2Max1h());
    put(indices, Pollutant.SO2, air.so2Max1h());
    put(indices, Pollutant.CO, air.coMax1h());
    double over8h = subIndexO3Over8h(air.o3Max8h());
    if (!Double.isNaN(over8h)) {
      indices.merge(Pollutant.O3, over8h, Math::max);
    }
    return AirIndex.of(indices);
  }

  /**
   * NowCast of dust (mục 2.3a).
   *
   * @param hours 12 hourly means, this hour first, 11 hours ago last; {@code NaN} where an hour is
   *     missing
   * @return the weighted mean, or {@code NaN} when fewer than two of the latest three hours are
   *     there
   */
  public static double nowCast(double[] hours) {
    if (hours.length != NOWCAST_HOURS) {
      throw new IllegalArgumentException("NowCast takes 12 hours, not " + hours.length);
    }
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    int recent = 0;
    for (int i = 0; i < NOWCAST_HOURS; i++) {
      double c = Curve.measured(hours[i]);
      if (!Double.isNaN(c)) {
        min = Math.min(min, c);
        max = Math.max(max, c);
        recent += i < 3 ? 1 : 0;
      }
    }
    if (recent < 2) {
      return Double.NaN;
    }
    double w = max == 0 ? 1 : Math.max(min / max, 0.5); // clean air all along: 0 by any weight
    double sum = 0;
    double weights = 0;
    double weight = 1;
    for (double hour : hours) {
      double c = Curve.measured(hour);
      if (!Double.isNaN(c)) {
        sum += weight * c;
        weights += weight;
      }
      weight *= w;
    }
    return sum / weights;
  }

  private void put(Map<Pollutant, Double> indices, Pollutant pollutant, double concentration) {
    double index = subIndex(pollutant, concentration);
    if (!Double.isNaN(index)) {
      indices.put(pollutant, index);
    }
  }

  private static Curve curve(List<Map<String, String>> breakpoints, String column) {
    List<Map<String, String>> levels =
        breakpoints.stream().filter(row -> !row.get(column).isBlank()).toList();
    double[] concentrations =
        levels.stream().mapToDouble(row -> Double.parseDouble(row.get(column))).toArray();
    double[] indices =
        levels.stream().mapToDouble(row -> Double.parseDouble(row.get("Ii"))).toArray();
    return new Curve(Double.NaN, concentrations, indices, indices[indices.length - 1]);
  }

  private static final class Official {
    static final VnAqi VN_AQI = new VnAqi(CodeLists.bundled().rows("vn_aqi_breakpoints"));
  }
}

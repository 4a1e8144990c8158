package vn.tnmt.lakehouse.orchestration.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a station measures in a day, one value per five minutes: invented, but shaped like a winter
 * day in Vietnam. Fine dust is high in the Red River delta and low in the highlands, with peaks at
 * the rush hours and at night; ozone follows the sun; temperature follows latitude.
 */
final class Curves {
  /** Values a day. */
  static final int STEPS = 288;

  /**
   * @param symbol as the logger calls it
   * @param unit as the logger writes it
   * @param decimals digits after the point
   * @param values at 00:05, 00:10 … 24:00
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Series(String symbol, String unit, int decimals, double[] values) {
    String text(int step) {
      return Curves.text(values[step], decimals);
    }
  }

  /** Daily mean of PM2.5 in µg/m³ by province; all others have {@link #USUAL_DUST}. */
  private static final Map<String, Integer> DUST =
      Map.ofEntries(
          Map.entry("24", 172),
          Map.entry("01", 104),
          Map.entry("33", 88),
          Map.entry("37", 72),
          Map.entry("31", 63),
          Map.entry("25", 58),
          Map.entry("19", 54),
          Map.entry("79", 52),
          Map.entry("38", 47),
          Map.entry("75", 43),
          Map.entry("22", 38),
          Map.entry("40", 36),
          Map.entry("80", 35),
          Map.entry("20", 33),
          Map.entry("42", 30),
          Map.entry("15", 29),
          Map.entry("12", 14),
          Map.entry("68", 12),
          Map.entry("96", 15),
          Map.entry("56", 16),
          Map.entry("52", 17),
          Map.entry("66", 18));

  private static final int USUAL_DUST = 23;

  /** Provinces whose loggers give CO in mg/m³. */
  private static final List<String> CO_IN_MILLIGRAMS = List.of("01", "31", "48", "79", "92");

  private final SplittableRandom random;
  private final Station station;

  private Curves(long seed, Station station, LocalDate day) {
    this.random = new SplittableRandom(mix(seed, station.code().hashCode(), day.toEpochDay()));
    this.station = station;
  }

  /** The stream of a station's day depends on nothing else: any order and thread will do. */
  static List<Series> of(long seed, Station station, LocalDate day) {
    Curves curves = new Curves(seed, station, day);
    return station.kind() == Station.Kind.AIR ? curves.air() : curves.water();
  }

  static long mix(long... parts) {
    long hash = 0x9E3779B97F4A7C15L;
    for (long part : parts) {
      hash = (hash ^ part) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  static String text(double value, int decimals) {
    long scale = Math.round(Math.pow(10, decimals));
    long scaled = Math.round(value * scale);
    String fraction = Long.toString(scale + Math.abs(scaled) % scale).substring(1);
    String sign = scaled < 0 ? "-" : "";
    String whole = sign + Math.abs(scaled) / scale;
    return decimals == 0 ? whole : whole + "." + fraction;
  }

  private List<Series> air() {
    String province = station.province().code();
    double dust = DUST.getOrDefault(province, USUAL_DUST) * random.nextDouble(0.88, 1.12);
    double[] noise = noise(0.05);
    double[] traffic = curve(h -> 0.55 + 0.6 * peak(h, 7.5, 1.6) + 0.75 * peak(h, 18.5, 2));
    double[] pm25 =
        curve(
            h ->
                dust
                    * (0.92
                        + 0.22 * Math.cos(2 * Math.PI * (h - 23) / 24)
                        + 0.3 * peak(h, 7.5, 1.6)
                        + 0.25 * peak(h, 19.5, 2)));
    double coarse = random.nextDouble(1.35, 1.6);
    double ozone = (province.equals("75") ? 196 : province.equals("79") ? 150 : 78) * 0.8;
    double[] sun = curve(h -> Math.max(0, Math.sin(Math.PI * (h - 6.5) / 12.5)));
    double[] temperature = temperature(4.5);
    boolean milligrams = CO_IN_MILLIGRAMS.contains(province);
    return List.of(
        series("PM2,5", "ug/Nm3", 2, i -> pm25[i] * noise[i]),
        series("PM10", "ug/Nm3", 2, i -> pm25[i] * noise[i] * coarse + 4),
        series("NO2", "ug/Nm3", 2, i -> (10 + 0.3 * dust) * traffic[i] * noise[i]),
        series("SO2", "ug/Nm3", 2, i -> (7 + 0.12 * dust) * (0.7 + 0.3 * traffic[i]) * noise[i]),
        milligrams
            ? series("CO", "mg/m3", 3, i -> (0.4 + 0.009 * dust) * traffic[i] * noise[i])
            : series("CO", "ug/Nm3", 1, i -> (400 + 9 * dust) * traffic[i] * noise[i]),
        series("O3", "ug/Nm3", 2, i -> (18 + ozone * sun[i]) * (2 - noise[i])),
        series("Temp", "oC", 1, i -> temperature[i]),
        series("RH", "%", 1, i -> Math.min(99, 74 + 4.5 * (mean(temperature) - temperature[i]))));
  }

  private List<Series> water() {
    double[] noise = noise(0.03);
    double[] tide = curve(h -> Math.sin(2 * Math.PI * h / 12.4));
    double[] temperature = temperature(1.2);
    double dirt = random.nextDouble(0.6, 1.8);
    String province = station.province().code();
    String emptyUnit = province.equals("31") || province.equals("92") ? "-" : "";
    boolean vendorNames = province.equals("24") || province.equals("79");
    return List.of(
        series("pH", emptyUnit, 2, i -> 7.15 + 0.2 * tide[i] * noise[i]),
        series("TSS", "mg/L", 2, i -> 38 * dirt * noise[i] * (1.2 + 0.4 * tide[i])),
        series("COD", "mg/L", 2, i -> 13 * dirt * noise[i]),
        series(vendorNames ? "Amoni" : "NH4", "mg/L", 3, i -> 0.28 * dirt * noise[i]),
        series("Temp", "oC", 1, i -> temperature[i]),
        series(vendorNames ? "Flow_IN" : "Flow", "m3/h", 1, i -> 640 * noise[i] * (1.3 + tide[i])));
  }

  private double[] temperature(double swing) {
    double mean = 29.5 - 0.7 * (station.place().y - 8.5) + random.nextDouble(-1, 1);
    double[] noise = noise(0.01);
    return curve(h -> mean - swing * Math.cos(2 * Math.PI * (h - 2) / 24), noise);
  }

  /** Slow multiplicative noise around 1. */
  private double[] noise(double step) {
    double[] noise = new double[STEPS];
    double state = 0;
    for (int i = 0; i < STEPS; i++) {
      state = 0.93 * state + step * (random.nextDouble() + random.nextDouble() - 1);
      noise[i] = Math.exp(state);
    }
    return noise;
  }

  private interface OfHour {
    double at(double hour);
  }

  private interface OfStep {
    double at(int step);
  }

  private static double[] curve(OfHour shape) {
    double[] values = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      values[i] = shape.at((i + 1) / 12.0);
    }
    return values;
  }

  private static double[] curve(OfHour shape, double[] noise) {
    double[] values = curve(shape);
    for (int i = 0; i < STEPS; i++) {
      values[i] *= noise[i];
    }
    return values;
  }

  private static Series series(String symbol, String unit, int decimals, OfStep value) {
    double[] values = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      values[i] = value.at(i);
    }
    return new Series(symbol, unit, decimals, values);
  }

  private static double peak(double hour, double at, double width) {
    double distance = (hour - at) / width;
    return Math.exp(-distance * distance);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}

package vn.tnmt.lakehouse.transform.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The six pollutants of VN_AQI. Concentrations are in µg/m³, CO too. The order decides the driver
 * when two sub-indices are exactly equal.
 */
public enum Pollutant {
  PM25("PM2.5", "PM2.5"),
  PM10("PM10", "PM10"),
  O3("O3", "O3_1h"),
  NO2("NO2", "NO2"),
  SO2("SO2", "SO2"),
  CO("CO", "CO");

  private static final List<Pollutant> ALL = List.of(values());

  private final String parameter;
  private final String column;

  Pollutant(String parameter, String column) {
    this.parameter = parameter;
    this.column = column;
  }

  /** The canonical parameter of {@code monitoring.observation}, e.g. {@code PM2.5}. */
  public String parameter() {
    return parameter;
  }

  /** Fine or coarse dust: at least one of them is compulsory. */
  public boolean dust() {
    return this == PM25 || this == PM10;
  }

  /** The column of {@code vn_aqi_breakpoints} for a 1-hour (dust: NowCast or 24-hour) mean. */
  String column() {
    return column;
  }

  public static Optional<Pollutant> of(String parameter) {
    return ALL.stream().filter(p -> p.parameter.equals(parameter)).findFirst();
  }

  /** The canonical parameters, in the order of this enum. */
  public static String[] parameters() {
    return Arrays.stream(values()).map(Pollutant::parameter).toArray(String[]::new);
  }
}

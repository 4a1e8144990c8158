package vn.tnmt.lakehouse.transform.index;

/**
 * What the hourly index is computed from, in µg/m³; {@code NaN} where there is no value.
 *
 * @param pm25 NowCast of PM2.5
 * @param pm10 NowCast of PM10
 * @param o3 1-hour mean
 * @param no2 1-hour mean
 * @param so2 1-hour mean
 * @param co 1-hour mean
 */
public record HourlyAir(double pm25, double pm10, double o3, double no2, double so2, double co) {}

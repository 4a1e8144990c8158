package vn.tnmt.lakehouse.transform.index;

/**
 * What the daily index is computed from, in µg/m³; {@code NaN} where there is no value.
 *
 * @param pm25 24-hour mean of the hours 01:00 … 00:00 of the next day
 * @param pm10 24-hour mean of the same hours
 * @param o3Max1h highest 1-hour mean
 * @param o3Max8h highest of the day's 8-hour means
 * @param no2Max1h highest 1-hour mean
 * @param so2Max1h highest 1-hour mean
 * @param coMax1h highest 1-hour mean
 */
public record DailyAir(
    double pm25,
    double pm10,
    double o3Max1h,
    double o3Max8h,
    double no2Max1h,
    double so2Max1h,
    double coMax1h) {}

package vn.tnmt.lakehouse.ingestion.gate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What the values of one column look like. Shares are of the values that are not blank.
 *
 * @param name as delivered; {@code value[PM2.5]} for one parameter's values in a long file, {@code
 *     value[?]} for those whose symbol nobody knows
 * @param values how many were looked at, blank ones included
 * @param blank share of blank values, of all
 * @param number share of numbers in either notation
 * @param date share of dates and times
 * @param low 5th percentile of the numbers; NaN when fewer than half are numbers
 * @param median 50th percentile, likewise
 * @param high 95th percentile, likewise
 * @param length median number of characters
 * @param codes every text that occurs, sorted, when there are few; empty otherwise
 */
public record ColumnProfile(
    String name,
    int values,
    double blank,
    double number,
    double date,
    double low,
    double median,
    double high,
    int length,
    List<String> codes)
    implements Serializable {
  /** More different texts than this are no codes. */
  static final int MOST_CODES = 40;

  /** A column of codes repeats them: so many values for each at least. */
  private static final int VALUES_FOR_A_CODE = 5;

  /**
   * @param mayHoldCodes whether its texts may be remembered word by word; never where a text may
   *     tell of a person
   */
  static ColumnProfile of(String name, List<String> texts, boolean mayHoldCodes) {
    List<String> filled = texts.stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
    List<Double> numbers = new ArrayList<>();
    TreeSet<String> distinct = new TreeSet<>();
    int dates = 0;
    for (String text : filled) {
      if (Looks.date(text)) {
        dates++;
      } else {
        double number = Looks.number(text);
        if (!Double.isNaN(number)) {
          numbers.add(number);
        }
      }
      if (distinct.size() <= MOST_CODES) {
        distinct.add(text);
      }
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    boolean numeric = sorted.length * 2 > filled.size();
    boolean coded =
        mayHoldCodes
            && !numeric
            && distinct.size() <= MOST_CODES
            && distinct.size() * VALUES_FOR_A_CODE <= filled.size();
    int[] lengths = filled.stream().mapToInt(String::length).sorted().toArray();
    return new ColumnProfile(
        name,
        texts.size(),
        texts.isEmpty() ? 0 : 1 - (double) filled.size() / texts.size(),
        share(numbers.size(), filled.size()),
        share(dates, filled.size()),
        numeric ? quantile(sorted, 0.05) : Double.NaN,
        numeric ? quantile(sorted, 0.5) : Double.NaN,
        numeric ? quantile(sorted, 0.95) : Double.NaN,
        lengths.length == 0 ? 0 : lengths[lengths.length / 2],
        coded ? List.copyOf(distinct) : List.of());
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }

  boolean isNumeric() {
    return !Double.isNaN(median);
  }

  boolean isCoded() {
    return !codes.isEmpty();
  }

  int filled() {
    return (int) Math.round(values * (1 - blank));
  }

  /**
   * The same without what may not be told.
   *
   * @param withCodes whether its codes may
   * @param withRange whether its quantiles may, each of which is a delivered value
   */
  ColumnProfile disclosed(boolean withCodes, boolean withRange) {
    return new ColumnProfile(
        name,
        values,
        blank,
        number,
        date,
        withRange ? low : Double.NaN,
        withRange ? median : Double.NaN,
        withRange ? high : Double.NaN,
        length,
        withCodes ? codes : List.of());
  }

  /** From 0, as like as two samples of the same, to 1, nothing in common. */
  double distance(ColumnProfile other) {
    double type =
        Math.max(
            Math.abs(number - other.number),
            Math.max(Math.abs(date - other.date), Math.abs(1 - number - date - other.text())));
    double range = isNumeric() && other.isNumeric() ? rangeDistance(other) : 0;
    double code = isCoded() && other.isCoded() ? codeDistance(other) : 0;
    double size = Math.abs(Math.log((1.0 + length) / (1.0 + other.length))) / Math.log(8);
    return Math.min(1, Math.max(Math.max(type, range), Math.max(code, size)));
  }

  private double text() {
    return 1 - number - date;
  }

  /** How much of the two middle ranges is not shared. */
  private double rangeDistance(ColumnProfile other) {
    double shared = Math.min(high, other.high) - Math.max(low, other.low);
    double narrower = Math.min(high - low, other.high - other.low);
    if (narrower <= 0) {
      return shared >= 0 ? 0 : 1;
    }
    return 1 - Math.max(0, Math.min(1, shared / narrower));
  }

  private double codeDistance(ColumnProfile other) {
    long shared = codes.stream().filter(other.codes::contains).count();
    return 1 - (double) shared / Math.min(codes.size(), other.codes.size());
  }

  /** The middle of several profiles of one column. */
  static ColumnProfile middle(List<ColumnProfile> profiles) {
    TreeSet<String> codes = new TreeSet<>();
    profiles.forEach(profile -> codes.addAll(profile.codes));
    ColumnProfile last = profiles.get(profiles.size() - 1);
    return new ColumnProfile(
        last.name,
        median(profiles.stream().mapToDouble(ColumnProfile::values)).intValue(),
        median(profiles.stream().mapToDouble(ColumnProfile::blank)),
        median(profiles.stream().mapToDouble(ColumnProfile::number)),
        median(profiles.stream().mapToDouble(ColumnProfile::date)),
        profiles.stream().mapToDouble(ColumnProfile::low).min().orElse(Double.NaN),
        median(profiles.stream().mapToDouble(ColumnProfile::median)),
        profiles.stream().mapToDouble(ColumnProfile::high).max().orElse(Double.NaN),
        median(profiles.stream().mapToDouble(ColumnProfile::length)).intValue(),
        last.isCoded() && codes.size() <= 2 * MOST_CODES ? List.copyOf(codes) : List.of());
  }

  private static Double median(java.util.stream.DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElse(Double.NaN);
  }
}

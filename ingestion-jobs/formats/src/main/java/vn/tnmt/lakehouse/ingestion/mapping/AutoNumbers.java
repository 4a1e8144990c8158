package vn.tnmt.lakehouse.ingestion.mapping;

import vn.tnmt.lakehouse.ingestion.text.Notation;
import vn.tnmt.lakehouse.ingestion.text.NumberForm;

/**
 * Numbers of columns whose decimal separator the feed leaves to the data. A number that tells it by
 * itself ({@code 1.234,5}, {@code 7,5}) is read so; {@code 1.234} is read as the other cells of its
 * column tell; failing that, as the only one of its two readings that is possible; failing that,
 * not at all.
 */
final class AutoNumbers {
  private AutoNumbers() {}

  /**
   * @param value NaN when there is none
   * @param how how it was found
   */
  record Reading(double value, How how) {}

  /** How a number was found. */
  enum How {
    TOLD,
    /** Only one of the two readings is possible. */
    BY_RANGE,
    AMBIGUOUS,
    NOT_A_NUMBER
  }

  /** Values that are possible. */
  record Range(double min, double max) {
    static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean holds(double value) {
      return value >= min && value <= max;
    }
  }

  static Reading read(String delivered, Notation notation, Range possible) {
    String text = Numbers.ungrouped(delivered);
    return switch (NumberForm.of(text)) {
      case OTHER -> told(Double.NaN);
      case PLAIN, POINT, POINT_GROUPED -> told(Numbers.parse(text, '.'));
      case COMMA, COMMA_GROUPED -> told(Numbers.parse(text, ','));
      case LONE_POINT -> lone(text, '.', notation, possible);
      case LONE_COMMA -> lone(text, ',', notation, possible);
    };
  }

  /** Whether a number means a whole one, with all of its digits. */
  static boolean whole(String delivered) {
    String text = Numbers.ungrouped(delivered);
    NumberForm form = NumberForm.of(text);
    boolean comma = form == NumberForm.COMMA || form == NumberForm.COMMA_GROUPED;
    return Numbers.whole(text, comma ? ',' : '.');
  }

  private static Reading lone(String text, char separator, Notation notation, Range possible) {
    double fraction = Numbers.parse(text, separator);
    double thousands = Numbers.parse(text.replace(String.valueOf(separator), ""), '.');
    if (notation.decimal() == separator) {
      return told(fraction);
    }
    if (notation.decimal() != Notation.NONE && notation.grouped()) {
      return told(thousands);
    }
    boolean asFraction = possible.holds(fraction);
    if (asFraction == possible.holds(thousands)) {
      return new Reading(Double.NaN, How.AMBIGUOUS);
    }
    return new Reading(asFraction ? fraction : thousands, How.BY_RANGE);
  }

  private static Reading told(double value) {
    return new Reading(value, Double.isNaN(value) ? How.NOT_A_NUMBER : How.TOLD);
  }
}

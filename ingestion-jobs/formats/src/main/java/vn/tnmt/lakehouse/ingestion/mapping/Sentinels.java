package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.Set;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * Numbers that stand for no value: −9999 and its like, from code list {@code missing_markers}. They
 * are known by their value, however they are written ({@code -9999.00}), as delivered, before any
 * conversion of units: afterwards −9999 mg/m³ would be −9999000 µg/m³.
 */
final class Sentinels {
  /** No mark is above it, so that nearly every number is cleared by one comparison. */
  private static final double HIGHEST = -900;

  /** Above it a mark may be a value of something that is not measured: a depth of 999 m. */
  private static final double ANYWHERE = -9999;

  /** To 7 digits: files of floats write −9999.9 and −3.4·10³⁸ with digits of no meaning. */
  private final Set<Float> marks;

  private Sentinels(Set<Float> marks) {
    this.marks = marks;
  }

  static Sentinels of(CodeLists lists) {
    return new Sentinels(
        lists.rows("missing_markers").stream()
            .filter(row -> row.get("reason").equals(MissingReasons.NO_DATA))
            .map(row -> Numbers.parse(row.get("text"), '.'))
            .filter(number -> number <= HIGHEST)
            .map(Double::floatValue)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a measured value is none. */
  boolean measured(double value) {
    return value <= HIGHEST && marks.contains((float) value);
  }

  /** Whether the number of any column is none. */
  boolean anywhere(double value) {
    return value <= ANYWHERE && measured(value);
  }
}

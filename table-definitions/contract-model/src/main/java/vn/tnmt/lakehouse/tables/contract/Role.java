package vn.tnmt.lakehouse.tables.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a column is to a measurement, {@code role} among its custom properties. A dataset of
 * measurements has at least {@link #PARAMETER}, {@link #VALUE} and {@link #UNIT}, under whatever
 * names.
 */
public enum Role {
  /** Nothing. */
  NONE("", LogicalType.STRING, false),

  /** The canonical name of what is measured. */
  PARAMETER("measuredParameter", LogicalType.STRING, true),

  /** The number, in the canonical unit. */
  VALUE("measuredValue", LogicalType.NUMBER, true),

  /** The canonical unit. */
  UNIT("measuredUnit", LogicalType.STRING, true),

  /** {@code <}, {@code >}, {@code =}, {@code KPH} or {@code -}. */
  QUALIFIER("measuredQualifier", LogicalType.STRING, true),

  /** The parameter's symbol as delivered. */
  SYMBOL("deliveredSymbol", LogicalType.STRING, true),

  /** Why there is no value. */
  MISSING_REASON("missingReason", LogicalType.STRING, false),

  /** The station whose own symbols count. */
  STATION("measuringStation", LogicalType.STRING, false);

  private static final List<Role> OF_MEASUREMENTS = List.of(PARAMETER, VALUE, UNIT);

  private final String text;
  private final LogicalType type;
  private final boolean measured;

  Role(String text, LogicalType type, boolean measured) {
    this.text = text;
    this.type = type;
    this.measured = measured;
  }

  /** The roles without which there is no measurement. */
  static List<Role> ofMeasurements() {
    return OF_MEASUREMENTS;
  }

  static Optional<Role> of(String text) {
    return Arrays.stream(values()).filter(role -> role != NONE && role.text.equals(text)).findAny();
  }

  /** As contracts write them. */
  static List<String> texts() {
    return Arrays.stream(values()).filter(role -> role != NONE).map(role -> role.text).toList();
  }

  /** As contracts write it. */
  public String text() {
    return text;
  }

  /** What a column with this role holds. */
  LogicalType type() {
    return type;
  }

  /** Whether the measurement alone fills the column: no feed maps it. */
  boolean isMeasured() {
    return measured;
  }
}

package vn.tnmt.lakehouse.tables.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** What a column's values are in the row engine; null stands for a missing value in all of them. */
public enum LogicalType {
  STRING(String.class),
  INTEGER(Long.class),
  NUMBER(Double.class),
  BOOLEAN(Boolean.class),
  DATE(LocalDate.class),
  TIMESTAMP(Instant.class),
  BINARY(byte[].class),
  /** Arrays, maps and structs: tables of the platform's own, never part of a publisher's row. */
  OBJECT(Object.class);

  private final Class<?> valueClass;

  LogicalType(Class<?> valueClass) {
    this.valueClass = valueClass;
  }

  /** Class of the values in an engine row. */
  public Class<?> valueClass() {
    return valueClass;
  }

  /** What a SQL type amounts to. */
  static LogicalType of(PhysicalType type) {
    if (!(type instanceof PhysicalType.Primitive primitive)) {
      return OBJECT;
    }
    return switch (primitive.name()) {
      case "int", "bigint" -> INTEGER;
      case "float", "double" -> NUMBER;
      default -> valueOf(primitive.name().toUpperCase(Locale.ROOT));
    };
  }

  /** How ODCS names it; ODCS has no binary type and writes it as a string of format binary. */
  static String odcsName(PhysicalType type) {
    if (type instanceof PhysicalType.Array) {
      return "array";
    }
    LogicalType logical = of(type);
    return logical == BINARY ? "string" : logical.name().toLowerCase(Locale.ROOT);
  }
}

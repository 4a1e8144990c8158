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

  /** The type that a SQL type text such as {@code bigint} or {@code array<string>} amounts to. */
  static LogicalType ofPhysical(String physicalType) {
    return switch (physicalType.toLowerCase(Locale.ROOT).replaceFirst("[<(].*", "").trim()) {
      case "string" -> STRING;
      case "int", "bigint" -> INTEGER;
      case "float", "double" -> NUMBER;
      case "boolean" -> BOOLEAN;
      case "date" -> DATE;
      case "timestamp" -> TIMESTAMP;
      case "binary" -> BINARY;
      case "array", "map", "struct" -> OBJECT;
      default -> null;
    };
  }

  /** How ODCS names it; ODCS has no binary type and writes it as a string of format binary. */
  String odcsName(String physicalType) {
    return switch (this) {
      case BINARY -> "string";
      case OBJECT -> physicalType.startsWith("array") ? "array" : "object";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}

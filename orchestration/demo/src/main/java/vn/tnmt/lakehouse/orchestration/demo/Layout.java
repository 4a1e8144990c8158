package vn.tnmt.lakehouse.orchestration.demo;

import java.time.format.DateTimeFormatter;

/**
 * How a logger writes a line: the four orders that receivers accept, with TAB or white space
 * between fields (Thông tư 10/2021/TT-BTNMT, Phụ lục 15, and what is met in practice).
 */
enum Layout {
  /** symbol, value, unit, time, status, with TABs: the form of the circular. */
  SYMBOL_FIRST("\t"),
  /** The same with runs of spaces, so that an empty unit leaves no trace. */
  SPACED("   "),
  /** time, symbol, value, unit. */
  TIME_FIRST("\t"),
  /** time, symbol, value. */
  TIME_FIRST_NO_UNIT("\t"),
  /** symbol, value, time, status. */
  NO_UNIT("\t");

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final String separator;

  Layout(String separator) {
    this.separator = separator;
  }

  static Layout of(String provinceCode) {
    return switch (provinceCode) {
      case "08" -> SPACED;
      case "25" -> TIME_FIRST;
      case "40" -> TIME_FIRST_NO_UNIT;
      case "66" -> NO_UNIT;
      default -> SYMBOL_FIRST;
    };
  }

  boolean hasStatus() {
    return this == SYMBOL_FIRST || this == SPACED || this == NO_UNIT;
  }

  String line(Reading r) {
    String time = STAMP.format(r.time());
    return switch (this) {
      case SYMBOL_FIRST, SPACED -> join(r.symbol(), r.value(), r.unit(), time, r.status());
      case TIME_FIRST -> join(time, r.symbol(), r.value(), r.unit());
      case TIME_FIRST_NO_UNIT -> join(time, r.symbol(), r.value());
      case NO_UNIT -> join(r.symbol(), r.value(), time, r.status());
    };
  }

  private String join(String... fields) {
    return String.join(separator, fields);
  }
}

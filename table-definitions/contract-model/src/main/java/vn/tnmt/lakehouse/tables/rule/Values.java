package vn.tnmt.lakehouse.tables.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Values as breaches show them. */
final class Values {
  private static final ZoneOffset VIETNAM =
      ZoneOffset.ofTotalSeconds((int) RuleContext.VIETNAM_OFFSET_SECONDS);

  private Values() {}

  /** The values at the given positions, comma-separated. */
  static String text(Object[] row, int[] positions) {
    StringBuilder text = new StringBuilder();
    for (int position : positions) {
      text.append(text.isEmpty() ? "" : ", ").append(text(row[position]));
    }
    return text.toString();
  }

  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(VIETNAM).toString();
    }
    return value.toString();
  }

  /** Without exponent or trailing zeros. */
  static String number(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    String plain = BigDecimal.valueOf(number).toPlainString();
    return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
  }

  /** {@code min … max} with open ends left out. */
  static String range(double min, double max) {
    if (min == Double.NEGATIVE_INFINITY) {
      return "≤ " + number(max);
    }
    return max == Double.POSITIVE_INFINITY ? "≥ " + number(min) : number(min) + " … " + number(max);
  }
}

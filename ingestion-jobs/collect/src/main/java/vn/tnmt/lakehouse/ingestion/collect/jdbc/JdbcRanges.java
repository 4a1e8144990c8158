package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds between the ranges of a column. They lie on multiples of a power of two (whole numbers,
 * days, seconds), so that they stay where they are while a table grows, and with them the files of
 * ranges in which nothing changed.
 */
final class JdbcRanges {
  private JdbcRanges() {}

  /**
   * At most {@code parts - 1} bounds, ascending, in the notation of the column's kind; none when
   * there is nothing to divide.
   *
   * @param least the column's least value as the database writes it; null when there is none
   */
  static List<String> bounds(
      JdbcDialect.Kind kind, @Nullable String least, @Nullable String greatest, int parts) {
    if (least == null || greatest == null) {
      return List.of();
    }
    try {
      BigInteger first = units(kind, least);
      BigInteger last = units(kind, greatest);
      int width = 0;
      while (last.shiftRight(width).subtract(first.shiftRight(width)).bitLength() > 31
          || last.shiftRight(width).subtract(first.shiftRight(width)).intValueExact() >= parts) {
        width++;
      }
      List<String> bounds = new ArrayList<>();
      BigInteger end = last.shiftRight(width);
      for (BigInteger range = first.shiftRight(width).add(BigInteger.ONE);
          range.compareTo(end) <= 0;
          range = range.add(BigInteger.ONE)) {
        bounds.add(text(kind, range.shiftLeft(width)));
      }
      return bounds;
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      // NaN, infinity, before Christ: all in one range.
      return List.of();
    }
  }

  private static BigInteger units(JdbcDialect.Kind kind, String text) {
    return switch (kind) {
      case NUMBER -> new BigDecimal(text).setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
      case DATE -> BigInteger.valueOf(LocalDate.parse(text).toEpochDay());
      case TIME -> BigInteger.valueOf(time(text).toEpochSecond(ZoneOffset.UTC));
      case OTHER -> throw new IllegalArgumentException("no ranges");
    };
  }

  /** A time of a session in UTC, with or without its offset. */
  private static LocalDateTime time(String text) {
    String plain = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    return LocalDateTime.parse(plain.replace(' ', 'T'));
  }

  private static String text(JdbcDialect.Kind kind, BigInteger units) {
    return switch (kind) {
      case NUMBER -> units.toString();
      case DATE -> LocalDate.ofEpochDay(units.longValueExact()).toString();
      case TIME ->
          LocalDateTime.ofEpochSecond(units.longValueExact(), 0, ZoneOffset.UTC)
              .toString()
              .replace('T', ' ');
      case OTHER -> throw new IllegalArgumentException("no ranges");
    };
  }
}

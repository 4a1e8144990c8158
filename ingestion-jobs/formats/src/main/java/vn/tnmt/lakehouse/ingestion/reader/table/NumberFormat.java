package vn.tnmt.lakehouse.ingestion.reader.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a spreadsheet shows the number of a cell, as far as the number alone does not say it: as a
 * date or time, or as a code with leading zeros ({@code 00000} shows 123 as 00123). Everything else
 * (decimals, thousands, units) is looks, and the number stands in full.
 *
 * @param kind what is shown
 * @param places of a code from left to right, a digit for {@code "0"}, else a text; empty for a
 *     number that is no code
 */
public record NumberFormat(CellFormat kind, List<String> places) {
  /** A number as it is. */
  public static final NumberFormat GENERAL = new NumberFormat(CellFormat.NUMBER, List.of());

  private static final String DIGIT = "0";
  private static final double EXACT = 1L << 53;

  public NumberFormat {
    places = List.copyOf(places);
  }

  /**
   * The format of a built-in number or of its own code.
   *
   * @param code null when the file gives none
   */
  public static NumberFormat of(int id, @Nullable String code) {
    CellFormat kind = CellFormat.of(id, code);
    List<String> places = kind == CellFormat.NUMBER && code != null ? places(code) : List.of();
    return kind == CellFormat.NUMBER && places.isEmpty() ? GENERAL : new NumberFormat(kind, places);
  }

  /**
   * The text of a number as the file writes it.
   *
   * @param from1904 whether days are counted from 1904 on
   * @param decimal separator to write
   */
  public String text(String raw, boolean from1904, char decimal) {
    if (kind == CellFormat.NUMBER && places.isEmpty()) {
      return CellTexts.number(raw, decimal);
    }
    try {
      return text(Double.parseDouble(raw), from1904, decimal, raw);
    } catch (NumberFormatException e) {
      return raw;
    }
  }

  /** The text of a number. */
  public String text(double value, boolean from1904, char decimal) {
    return text(value, from1904, decimal, null);
  }

  private String text(double value, boolean from1904, char decimal, @Nullable String raw) {
    String shown = kind == CellFormat.NUMBER ? code(value) : CellTexts.date(value, kind, from1904);
    if (shown != null) {
      return shown;
    }
    return raw == null ? CellTexts.number(value, decimal) : CellTexts.number(raw, decimal);
  }

  /** A whole number as its places show it; null for others, which would lose digits. */
  private @Nullable String code(double value) {
    if (places.isEmpty() || value < 0 || value > EXACT || value != Math.rint(value)) {
      return null;
    }
    String digits = Long.toString((long) value);
    int left = digits.length();
    StringBuilder shown = new StringBuilder();
    int first = places.indexOf(DIGIT);
    for (int i = places.size() - 1; i >= 0; i--) {
      if (!places.get(i).equals(DIGIT)) {
        shown.insert(0, places.get(i).substring(1));
        continue;
      }
      shown.insert(0, left > 0 ? digits.charAt(--left) : '0');
      if (i == first) {
        shown.insert(0, digits.substring(0, left));
      }
    }
    return shown.toString();
  }

  /**
   * The places of a code's first section; none unless it has two zeros at least and nothing but
   * zeros and texts. A text is marked by a sign before it.
   */
  private static List<String> places(String code) {
    List<String> places = new ArrayList<>();
    int zeros = 0;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      switch (c) {
        case ';' -> i = code.length();
        case '0' -> {
          places.add(DIGIT);
          zeros++;
        }
        case '\\' -> {
          if (++i < code.length()) {
            places.add("t" + code.charAt(i));
          }
        }
        case '"' -> {
          int close = code.indexOf('"', i + 1);
          if (close < 0) {
            return List.of();
          }
          places.add("t" + code.substring(i + 1, close));
          i = close;
        }
        case '_', '*' -> i++;
        case '-', '/', ' ', '(', ')', ':' -> places.add("t" + c);
        case '[' -> {
          int close = code.indexOf(']', i);
          boolean condition = close > i + 1 && "<>=".indexOf(code.charAt(i + 1)) >= 0;
          if (close < 0 || condition) {
            return List.of();
          }
          i = close;
        }
        default -> {
          return List.of();
        }
      }
    }
    return zeros < 2 ? List.of() : places;
  }
}

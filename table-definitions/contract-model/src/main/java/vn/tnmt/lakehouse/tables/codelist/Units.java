package vn.tnmt.lakehouse.tables.codelist;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Which units a parameter may be delivered in, and the factor to its canonical unit. What the list
 * {@code unit_conversions} does not say is unknown; no factor is ever guessed.
 *
 * <p>Spellings that mean the same are equal: capitals, blanks, µ or u, ³ or 3, ° or º or o.
 */
public final class Units {
  /**
   * How a delivered unit becomes the canonical one.
   *
   * @param unit canonical unit
   * @param factor canonical value = delivered value × factor
   * @param flag empty, or what the conversion assumes: {@code normal_conditions} (per Nm³, stored
   *     as it is), {@code assumed_25C_101kPa}, {@code count_method}
   */
  public record Conversion(String unit, double factor, String flag) implements Serializable {}

  private final Map<String, Map<String, Conversion>> byParameter;

  private Units(Map<String, Map<String, Conversion>> byParameter) {
    this.byParameter = byParameter;
  }

  public static Units bundled() {
    return of(CodeLists.bundled());
  }

  /** From the lists {@code parameters} and {@code unit_conversions}. */
  public static Units of(CodeLists lists) {
    Map<String, Map<String, Conversion>> byParameter = new HashMap<>();
    for (Parameter parameter : Parameters.of(lists).all()) {
      Map<String, Conversion> conversions = new HashMap<>();
      for (Map<String, String> row : lists.rows("unit_conversions")) {
        boolean applies =
            row.get("parameter").equals(parameter.name()) || row.get("parameter").equals("*");
        if (applies && row.get("canonical_unit").equals(parameter.unit())) {
          add(conversions, row);
        }
      }
      byParameter.put(parameter.name(), conversions);
    }
    return new Units(byParameter);
  }

  private static void add(Map<String, Conversion> conversions, Map<String, String> row) {
    String unit = row.get("unit");
    Conversion conversion = new Conversion(row.get("canonical_unit"), factor(row), row.get("flag"));
    conversions.put(unit, conversion);
    Conversion other = conversions.put(spelling(unit), conversion);
    if (other != null && !other.equals(conversion)) {
      throw TnmtException.of(
          ErrorCode.CODE_LIST_INVALID,
          "unit '" + unit + "' has two different conversions to " + conversion.unit(),
          "unit_conversions.csv",
          "keep one");
    }
  }

  private static double factor(Map<String, String> row) {
    try {
      double factor = Double.parseDouble(row.get("factor"));
      if (factor > 0) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw badFactor(row, e);
    }
    throw badFactor(row, null);
  }

  private static TnmtException badFactor(Map<String, String> row, @Nullable Exception cause) {
    return TnmtException.of(
        ErrorCode.CODE_LIST_INVALID,
        "factor '" + row.get("factor") + "' of unit '" + row.get("unit") + "' is not above 0",
        "unit_conversions.csv",
        "correct the list",
        cause);
  }

  /**
   * How a value delivered in {@code unit} becomes the parameter's canonical one; empty when the
   * unit is not known for the parameter. An empty unit is known only where the parameter has none
   * (pH).
   *
   * @param parameter canonical name
   */
  public Optional<Conversion> conversion(String parameter, String unit) {
    Map<String, Conversion> conversions = byParameter.get(parameter);
    if (conversions == null) {
      return Optional.empty();
    }
    Conversion exact = conversions.get(unit);
    return Optional.ofNullable(exact != null ? exact : conversions.get(spelling(unit)));
  }

  /**
   * The unit that values are likely in when they have become {@code ratio} times what they were in
   * {@code unit}: one in which the same quantities are written as numbers so many times as large.
   *
   * @param unit as declared; empty for the canonical one
   */
  public Optional<String> likely(String parameter, String unit, double ratio) {
    Map<String, Conversion> conversions = byParameter.getOrDefault(parameter, Map.of());
    Conversion declared = unit.isEmpty() ? null : conversion(parameter, unit).orElse(null);
    double factor = declared == null ? 1 : declared.factor();
    return conversions.entrySet().stream()
        .filter(
            entry -> Math.abs(Math.log(factor / entry.getValue().factor() / ratio)) < Math.log(1.7))
        .map(Map.Entry::getKey)
        .min(java.util.Comparator.comparingInt(String::length).thenComparing(name -> name));
  }

  /** One spelling for all that look alike. */
  private static String spelling(String unit) {
    StringBuilder text = new StringBuilder();
    for (char c : Normalizer.normalize(unit, Normalizer.Form.NFC).toCharArray()) {
      switch (c) {
        case 'µ', 'μ' -> text.append('u');
        case '³' -> text.append('3');
        case '°', 'º' -> text.append('o');
        default -> {
          if (!Character.isWhitespace(c) && c != '\u00A0') {
            text.append(c);
          }
        }
      }
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}

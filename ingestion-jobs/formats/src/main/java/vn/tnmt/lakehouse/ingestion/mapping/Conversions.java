package vn.tnmt.lakehouse.ingestion.mapping;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;

/**
 * Symbols and units as code lists {@code parameters}, {@code parameter_symbols} and {@code
 * unit_conversions} know them.
 */
final class Conversions {
  private static final String ANY = "*";

  private final Map<String, Parameter> byName = new HashMap<>();
  private final Map<String, Parameter> bySymbol = new HashMap<>();

  private Conversions() {}

  static Conversions of(CodeLists lists) {
    Conversions conversions = new Conversions();
    for (Map<String, String> row : lists.rows("parameters")) {
      conversions.byName.put(
          row.get("parameter"), new Parameter(row.get("parameter"), row.get("unit")));
    }
    for (Map<String, String> row : lists.rows("unit_conversions")) {
      BigDecimal factor = new BigDecimal(row.get("factor"));
      conversions.byName.forEach(
          (name, parameter) -> {
            boolean own = row.get("parameter").equals(name);
            if ((own || row.get("parameter").equals(ANY))
                && row.get("canonical_unit").equals(parameter.unit)) {
              parameter.add(row.get("unit"), factor, own);
            }
          });
    }
    conversions.bySymbol.putAll(conversions.byName);
    for (Map<String, String> row : lists.rows("parameter_symbols")) {
      Parameter parameter = conversions.byName.get(row.get("parameter"));
      if (parameter != null) {
        conversions.bySymbol.put(row.get("symbol"), parameter);
      }
    }
    return conversions;
  }

  /** The parameter of that canonical name, or null. */
  @Nullable Parameter named(String name) {
    return byName.get(name);
  }

  /** The parameter that any station means by a symbol, or null. */
  @Nullable Parameter symbol(String symbol) {
    return bySymbol.get(symbol);
  }

  /** A canonical parameter and the units that its values may come in. */
  static final class Parameter {
    private final String name;
    private final String unit;
    private final Map<String, BigDecimal> exact = new HashMap<>();
    private final Map<String, BigDecimal> folded = new HashMap<>();

    Parameter(String name, String unit) {
      this.name = name;
      this.unit = unit;
      exact.put(unit, BigDecimal.ONE);
    }

    private void add(String delivered, BigDecimal factor, boolean own) {
      if (own) {
        exact.put(delivered, factor);
        folded.put(fold(delivered), factor);
      } else {
        exact.putIfAbsent(delivered, factor);
        folded.putIfAbsent(fold(delivered), factor);
      }
    }

    String name() {
      return name;
    }

    /** The canonical unit. */
    String unit() {
      return unit;
    }

    /** What a value in the delivered unit is multiplied by, or null when the unit is unknown. */
    @Nullable BigDecimal factor(String delivered) {
      BigDecimal factor = exact.get(delivered);
      return factor != null ? factor : folded.get(fold(delivered));
    }

    /** Case, spaces, and the two Unicode characters for micro do not matter. */
    private static String fold(String unit) {
      return Normalizer.normalize(unit, Normalizer.Form.NFKC)
          .replace('μ', 'u')
          .replace(" ", "")
          .toLowerCase(Locale.ROOT);
    }
  }
}

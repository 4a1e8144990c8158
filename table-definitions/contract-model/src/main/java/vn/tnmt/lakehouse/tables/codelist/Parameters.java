package vn.tnmt.lakehouse.tables.codelist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Measured quantities, and the symbols that publishers use for them: those of Thông tư
 * 10/2021/TT-BTNMT (Phụ lục 15, Bảng 34) and common names of laboratories and loggers.
 *
 * <p>A symbol is looked up as written, without surrounding blanks. Failing that, capitals do not
 * matter for symbols of three characters or more, unless two parameters would then look alike;
 * shorter ones must be exact, since {@code Co} is not {@code CO}. Nothing else is guessed: {@code
 * NO3} may mean nitrate or its nitrogen and is left to the feed's own symbols.
 */
public final class Parameters {
  private static final int SHORTEST_WITHOUT_CASE = 3;

  private final Map<String, Parameter> byName;
  private final Map<String, Parameter> bySymbol;
  private final Map<String, Parameter> byLowerSymbol;

  private Parameters(
      Map<String, Parameter> byName,
      Map<String, Parameter> bySymbol,
      Map<String, Parameter> byLowerSymbol) {
    this.byName = byName;
    this.bySymbol = bySymbol;
    this.byLowerSymbol = byLowerSymbol;
  }

  public static Parameters bundled() {
    return of(CodeLists.bundled());
  }

  /** From the lists {@code parameters} and {@code parameter_symbols}. */
  public static Parameters of(CodeLists lists) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    lists
        .by("parameters", "parameter")
        .forEach(
            (name, row) ->
                byName.put(
                    name,
                    new Parameter(
                        name,
                        row.get("name_vi"),
                        row.get("name_en"),
                        row.get("unit"),
                        row.get("medium"))));
    Map<String, Parameter> bySymbol = new HashMap<>();
    Map<String, Parameter> byLower = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    lists
        .by("parameter_symbols", "symbol")
        .forEach(
            (symbol, row) -> {
              Parameter parameter = byName.get(row.get("parameter"));
              if (parameter == null) {
                throw TnmtException.of(
                    ErrorCode.CODE_LIST_INVALID,
                    "symbol " + symbol + " means '" + row.get("parameter") + "'",
                    "parameter_symbols.csv",
                    "add that parameter to parameters.csv, or correct the symbol");
              }
              bySymbol.put(symbol, parameter);
              String lower = symbol.toLowerCase(Locale.ROOT);
              Parameter other = byLower.put(lower, parameter);
              if (other != null && !other.equals(parameter)) {
                ambiguous.add(lower);
              }
            });
    byLower
        .keySet()
        .removeIf(lower -> lower.length() < SHORTEST_WITHOUT_CASE || ambiguous.contains(lower));
    return new Parameters(byName, bySymbol, byLower);
  }

  /** Every parameter, in the order of the list. */
  public List<Parameter> all() {
    return new ArrayList<>(byName.values());
  }

  /** By canonical name, exactly. */
  public Optional<Parameter> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The parameter that a publisher's symbol stands for. */
  public Optional<Parameter> ofSymbol(String symbol) {
    Parameter exact = bySymbol.get(symbol);
    if (exact != null) {
      return Optional.of(exact);
    }
    String clean = Normalizer.normalize(symbol, Normalizer.Form.NFC).strip();
    exact = bySymbol.get(clean);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byLowerSymbol.get(clean.toLowerCase(Locale.ROOT)));
  }
}

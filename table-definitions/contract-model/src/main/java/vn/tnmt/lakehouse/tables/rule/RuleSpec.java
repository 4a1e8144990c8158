package vn.tnmt.lakehouse.tables.rule;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A rule as a contract declares it.
 *
 * @param code stable code, for example {@code OBS-02}; never reused for another meaning
 * @param column the column it is declared at; empty for a rule over the whole row
 * @param arguments values are String, Double, Boolean, List of String, or Map of String to List of
 *     String ({@code when})
 * @param where file and line of the declaration
 */
public record RuleSpec(
    String code,
    RuleKind kind,
    Severity severity,
    String column,
    Map<String, Serializable> arguments,
    RuleText text,
    String where)
    implements Serializable {

  public boolean has(String argument) {
    return arguments.containsKey(argument);
  }

  public String text(String argument) {
    return (String) arguments.get(argument);
  }

  public String text(String argument, String otherwise) {
    return has(argument) ? text(argument) : otherwise;
  }

  public double number(String argument, double otherwise) {
    return has(argument) ? (Double) arguments.get(argument) : otherwise;
  }

  /** Column → the values of which it must have one for the rule to apply. */
  @SuppressWarnings("unchecked")
  public Map<String, List<String>> conditions() {
    return has("when") ? (Map<String, List<String>>) arguments.get("when") : Map.of();
  }
}

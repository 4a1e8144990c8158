package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.ArrayList;
import java.util.List;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * What became of one record on its way into the contract's columns.
 *
 * <p>A column is <em>undecided</em> when it has no value only because another one could not be
 * read; that it is missing is then not told a second time.
 */
public final class Outcome {
  private final Object[] row;
  private final List<Breach> breaches;
  private List<String> undecided = List.of();

  public Outcome(int columns, List<Breach> soFar) {
    this.row = new Object[columns];
    this.breaches = soFar.isEmpty() ? new ArrayList<>() : new ArrayList<>(soFar);
  }

  /** Values in the contract's column order, null where there is none. */
  public Object[] row() {
    return row;
  }

  public List<Breach> breaches() {
    return breaches;
  }

  /** Takes back what was told, from breach number {@code from} on, about undecided columns. */
  public void settle(int from) {
    if (!undecided.isEmpty()) {
      breaches
          .subList(from, breaches.size())
          .removeIf(
              breach ->
                  breach.rule().equals(BuiltInRules.MISSING_VALUE.code())
                      && undecided.contains(breach.column()));
    }
  }

  void add(BuiltInRules rule, String column, String value, String expected) {
    breaches.add(rule.breach(column, value, expected));
  }

  void undecide(String column) {
    if (undecided.isEmpty()) {
      undecided = new ArrayList<>();
    }
    undecided.add(column);
  }
}

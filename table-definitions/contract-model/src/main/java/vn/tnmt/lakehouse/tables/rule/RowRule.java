package vn.tnmt.lakehouse.tables.rule;

import java.util.List;

/**
 * A compiled rule.
 *
 * @param column the column that a breach names; empty for the whole row
 * @param shown positions of the values that a breach shows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; read once for every row
record RowRule(
    String code,
    Severity severity,
    String column,
    int[] shown,
    Check check,
    Expectation expectation) {

  void apply(Object[] row, RuleContext context, List<Breach> out) {
    if (!check.passes(row, context)) {
      out.add(
          new Breach(
              code, severity, column, Values.text(row, shown), expectation.of(row, context)));
    }
  }
}

package vn.tnmt.lakehouse.tables.rule;

/** Says, for a row that broke a rule, what was expected of it, in neutral notation. */
@FunctionalInterface
interface Expectation {
  String of(Object[] row, RuleContext context);
}

package vn.tnmt.lakehouse.tables.rule;

/** A compiled rule's question about a row. Allocates nothing. */
@FunctionalInterface
interface Check {
  boolean passes(Object[] row, RuleContext context);
}

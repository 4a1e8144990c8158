package vn.tnmt.lakehouse.tables.rule;

/** What breaking a rule means for the row. */
public enum Severity {
  /** The row goes to quarantine. */
  BLOCK,
  /** The row is accepted; the breach is counted and told to the publisher. */
  WARN,
  /** Nothing is wrong: how a file was understood, told to the publisher. Built-in rules only. */
  NOTE
}

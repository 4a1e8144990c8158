package vn.tnmt.lakehouse.tables.rule;

/** An argument that a {@link RuleKind} takes. */
public record RuleArgument(String name, Form form, boolean required) {
  /** What the argument's value must be. */
  public enum Form {
    TEXT,
    TEXTS,
    NUMBER,
    FLAG,
    /** The name of a column of the contract. */
    COLUMN
  }

  static RuleArgument required(String name, Form form) {
    return new RuleArgument(name, form, true);
  }

  static RuleArgument optional(String name, Form form) {
    return new RuleArgument(name, form, false);
  }
}

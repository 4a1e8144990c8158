package vn.tnmt.lakehouse.tables.contract;

/** Which zone a dataset belongs to. */
public enum Kind {
  /** Rows of publishers, typed and coded. */
  STANDARD,
  /** Computed from standard datasets and published. */
  NATIONAL,
  /** The platform's own ledger. */
  OPS
}

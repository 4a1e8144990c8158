/**
 * The rules that need more than one record, without Spark: what repeats, contradicts (REC-20) or
 * supersedes what, and references (REC-21). The same rules in Spark's form are {@code
 * transform.standardise.RowOutcomes}; both have the same tests.
 *
 * <p>Memory is bounded: of each record that passed its own rules 48 bytes are kept, beyond {@link
 * vn.tnmt.lakehouse.ingestion.settle.Settling#IN_MEMORY} records in sorted runs on disk. Disk: 48
 * bytes a record, twice while they are merged. Records: as many as runs may be open, {@value
 * vn.tnmt.lakehouse.ingestion.settle.ExternalSort#MOST_RUNS} × {@code IN_MEMORY} (about 250
 * million).
 */
package vn.tnmt.lakehouse.ingestion.settle;

package vn.tnmt.lakehouse.ingestion.format;

/**
 * How rejected rows are written as CSV; the workbook beside it has its header in the same lines.
 *
 * @param headerLine line of the header; the lines above it are left empty
 * @param headerLines rows of the header; those above the last one are rows without names
 */
public record RejectsDialect(char delimiter, char quote, int headerLine, int headerLines) {
  /** What every program reads. */
  public static final RejectsDialect USUAL = new RejectsDialect(',', '"', 1, 1);
}

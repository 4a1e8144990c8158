package vn.tnmt.lakehouse.ingestion.format.workbook;

/**
 * Cells that are merged over several rows. Rows are counted from 1, columns from 0.
 *
 * @param column the first one, which alone has the value
 */
record Merge(long firstRow, long lastRow, int column) {
  /** More than this a sheet does not tell. */
  static final int MOST = 1 << 20;

  boolean downwards() {
    return lastRow > firstRow;
  }

  @Override
  public String toString() {
    String letters = SheetHeader.letters(column);
    return letters + firstRow + ":" + letters + lastRow;
  }
}

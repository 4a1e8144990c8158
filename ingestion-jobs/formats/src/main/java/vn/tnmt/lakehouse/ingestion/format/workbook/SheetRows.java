package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.Closeable;
import java.io.IOException;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/** The rows of one sheet that hold anything, from top to bottom. May throw {@link Unreadable}. */
interface SheetRows extends Closeable {
  /** Moves to the next row with a cell that is not blank; false at the end of the sheet. */
  boolean next() throws IOException;

  /** Number of the current row as the spreadsheet shows it, counted from 1. */
  long number();

  /** The cells of the current row; the same object for every row. */
  RowCells cells();
}

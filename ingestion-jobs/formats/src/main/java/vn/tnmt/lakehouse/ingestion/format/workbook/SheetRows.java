package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;

/** The rows of one sheet that hold anything, from top to bottom. May throw {@link Unreadable}. */
interface SheetRows extends Closeable {
  /** Moves to the next row with a cell that is not blank; false at the end of the sheet. */
  boolean next() throws IOException;

  /** Number of the current row as the spreadsheet shows it, counted from 1. */
  long number();

  /** The cells of the current row; the same object for every row. */
  RowCells cells();

  /** Cells that are merged downwards, known behind the last row. */
  List<Merge> merges() throws IOException;

  /**
   * The last row that the sheet says to have, known behind the last row; 0 when it says none, or
   * not fewer than were there. A hint: it counts rows that are only formatted.
   */
  long lastTold();
}

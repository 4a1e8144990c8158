package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A workbook: its sheets, each to be read once, one after the other. */
interface SheetBook extends Closeable {
  /** The sheets of rows and columns, in the order of the tabs. */
  List<Tab> sheets();

  SheetRows open(Tab tab) throws IOException;

  /** Whether any text so far held bytes that were not UTF-8, marked as {@link XmlPart} does. */
  boolean marked();

  /**
   * One sheet.
   *
   * @param key where the file has it
   */
  record Tab(String name, boolean hidden, Object key) {}
}

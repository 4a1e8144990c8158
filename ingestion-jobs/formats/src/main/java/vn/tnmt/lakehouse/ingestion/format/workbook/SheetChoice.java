package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.Globs;

/**
 * Which sheets of a workbook are read, and where their headers stand.
 *
 * @param tabs to be read
 * @param returned whether the sheet is the one of rejected rows that a receipt gave ({@link
 *     Corrections#SHEET}): its header is its first row, whatever the feed's own sheets look like
 */
record SheetChoice(List<SheetBook.Tab> tabs, boolean returned) {
  private static final int SHOWN = 200;

  /**
   * The sheet of rejected rows when there is one, else those that the feed wants.
   *
   * @param wanted as in a feed: a name, a number, a pattern, or empty for the first visible one
   */
  static SheetChoice of(SheetBook book, String wanted) throws IOException {
    List<SheetBook.Tab> all = book.sheets();
    for (SheetBook.Tab tab : all) {
      if (!tab.hidden() && tab.name().equals(Corrections.SHEET) && ofRejects(book, tab)) {
        return new SheetChoice(List.of(tab), true);
      }
    }
    List<SheetBook.Tab> found = chosen(all, wanted);
    if (found.isEmpty()) {
      throw Unreadable.damaged(
          "sheets: " + names(all), "sheet " + (wanted.isEmpty() ? "visible" : wanted));
    }
    return new SheetChoice(found, false);
  }

  /** A publisher's own sheet may have the same name: our columns tell. */
  private static boolean ofRejects(SheetBook book, SheetBook.Tab tab) throws IOException {
    try (SheetRows rows = book.open(tab)) {
      if (!rows.next()) {
        return false;
      }
      RowCells first = rows.cells();
      return Arrays.asList(first.texts)
          .subList(0, first.width)
          .containsAll(List.of(Corrections.LINE, Corrections.RULES));
    }
  }

  private static List<SheetBook.Tab> chosen(List<SheetBook.Tab> all, String wanted) {
    List<SheetBook.Tab> visible = all.stream().filter(tab -> !tab.hidden()).toList();
    if (wanted.isEmpty()) {
      return visible.stream().limit(1).toList();
    }
    Globs globs = Globs.of(List.of(wanted));
    if (wanted.contains("*")) {
      return visible.stream().filter(tab -> globs.match(tab.name())).toList();
    }
    List<SheetBook.Tab> named =
        all.stream().filter(tab -> globs.match(tab.name())).limit(1).toList();
    int number = XlsxRows.number(wanted, 0);
    return named.isEmpty() && number >= 1 && number <= all.size()
        ? List.of(all.get(number - 1))
        : named;
  }

  static String names(List<SheetBook.Tab> tabs) {
    String names = tabs.stream().map(SheetBook.Tab::name).collect(Collectors.joining(", "));
    return names.length() > SHOWN ? names.substring(0, SHOWN) + "…" : names;
  }
}

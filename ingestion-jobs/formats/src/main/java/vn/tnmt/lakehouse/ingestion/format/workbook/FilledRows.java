package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the rows below a merged cell its value, where they have none, from row to row. */
final class FilledRows {
  private final List<Merge> merges;
  private final Map<Integer, Value> values = new HashMap<>();
  private int next;

  /**
   * @param lastRow until which the value holds
   */
  private record Value(long lastRow, @Nullable String text, @Nullable String error) {}

  FilledRows(List<Merge> merges) {
    this.merges = merges.stream().sorted(Comparator.comparingLong(Merge::firstRow)).toList();
  }

  /** Fills a row; rows come from top to bottom. */
  void fill(long line, RowCells cells) {
    values.values().removeIf(value -> value.lastRow < line);
    values.forEach((column, value) -> fill(column, value, cells));
    for (; next < merges.size() && merges.get(next).firstRow() <= line; next++) {
      Merge merge = merges.get(next);
      if (merge.firstRow() == line && merge.column() < cells.width) {
        int column = merge.column();
        values.put(column, new Value(merge.lastRow(), cells.texts[column], cells.errors[column]));
      }
    }
  }

  private static void fill(int column, Value value, RowCells cells) {
    if (column < cells.width && (cells.texts[column] != null || cells.errors[column] != null)) {
      return;
    }
    if (value.text != null) {
      cells.put(column, value.text);
    }
    if (value.error != null) {
      cells.error(column, value.error);
    }
  }
}

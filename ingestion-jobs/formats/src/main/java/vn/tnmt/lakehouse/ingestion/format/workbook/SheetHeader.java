package vn.tnmt.lakehouse.ingestion.format.workbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.table.CellTexts;

/** Names of columns out of the rows of a header. */
final class SheetHeader {
  private static final String BETWEEN = " / ";

  private SheetHeader() {}

  /**
   * One name for each column, which others may have too ({@link #unique}). A cell without text in
   * an upper row belongs to the one on its left, as merged cells are stored; but not to one with
   * nothing below it, since that is merged downwards. A column without any text has its letters,
   * {@code [AB]}.
   *
   * @param rows texts from the upper row to the lower one, null for blank
   */
  static List<String> names(List<@Nullable String[]> rows, int width) {
    String[][] filled = new String[rows.size()][];
    for (int r = 0; r < filled.length; r++) {
      filled[r] = Arrays.copyOf(rows.get(r), width);
    }
    for (int r = 0; r < filled.length - 1; r++) {
      for (int c = 1; c < width; c++) {
        if (filled[r][c] == null
            && rowsBelow(rows, r, c)
            && rowsBelow(rows, r, c - 1)
            && (r == 0 || same(filled[r - 1][c], filled[r - 1][c - 1]))) {
          filled[r][c] = filled[r][c - 1];
        }
      }
    }
    List<String> names = new ArrayList<>(width);
    for (int c = 0; c < width; c++) {
      String name = joined(filled, c);
      names.add(name.isEmpty() ? "[" + letters(c) + "]" : name);
    }
    return names;
  }

  /**
   * Each name once: a repeated one gets its number. A column that shows the name itself has it
   * before one that an encoding gave it.
   *
   * @param shown the names as the sheet shows them
   */
  static List<String> unique(List<String> names, List<String> shown) {
    String[] unique = new String[names.size()];
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (boolean asShown : new boolean[] {true, false}) {
      for (int c = 0; c < unique.length; c++) {
        String name = names.get(c);
        if (name.equals(shown.get(c)) == asShown) {
          unique[c] = name;
          while (!taken.add(unique[c])) {
            unique[c] = name + "#" + numbers.merge(name, 2, (number, two) -> number + 1);
          }
        }
      }
    }
    return List.of(unique);
  }

  private static boolean rowsBelow(List<String[]> rows, int row, int column) {
    for (int r = row + 1; r < rows.size(); r++) {
      String[] texts = rows.get(r);
      if (column < texts.length && texts[column] != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }

  private static String joined(String[][] rows, int column) {
    StringBuilder name = new StringBuilder();
    String above = null;
    for (String[] row : rows) {
      String text = row[column] == null ? "" : CellTexts.clean(row[column]);
      if (!text.isEmpty() && !text.equals(above)) {
        name.append(name.length() == 0 ? "" : BETWEEN).append(text);
        above = text;
      }
    }
    return name.toString();
  }

  /** Letters of a column as a spreadsheet shows them. */
  static String letters(int column) {
    StringBuilder letters = new StringBuilder();
    for (int c = column + 1; c > 0; c = (c - 1) / 26) {
      letters.insert(0, (char) ('A' + (c - 1) % 26));
    }
    return letters.toString();
  }
}

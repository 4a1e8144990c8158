package vn.tnmt.lakehouse.orchestration.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text, aligned for a terminal; numbers to the right. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(header);
  }

  TextTable row(Object... cells) {
    rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
    return this;
  }

  String render() {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] = rows.stream().mapToInt(row -> width(row[column])).max().orElse(0);
      numeric[c] =
          rows.size() > 1
              && rows.stream().skip(1).allMatch(row -> row[column].matches("[-0-9.,%+ ]*"));
    }
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String padding = " ".repeat(widths[c] - width(row[c]));
        line.append(numeric[c] ? padding + row[c] : row[c] + padding).append("  ");
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  /** Characters as a terminal counts them: combining marks take no place. */
  private static int width(String text) {
    return (int)
        text.codePoints().filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).count();
  }
}

package vn.tnmt.lakehouse.ingestion.format.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;

/** The names of a file's columns from its header rows. */
final class HeaderRows {
  private HeaderRows() {}

  /** Cleaned, each once (a repeated name gets its number). */
  static List<String> unique(List<String> texts) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> names = new ArrayList<>(texts.size());
    for (String text : texts) {
      String name = HeaderNames.clean(text);
      String unique = name;
      while (!taken.add(unique)) {
        unique = name + "#" + numbers.merge(name, 2, (number, two) -> number + 1);
      }
      names.add(unique);
    }
    return names;
  }

  /**
   * One text for each column. A cell of an upper row reaches to the right over the blank ones
   * beside it, as far as the cells above it reach; blank parts and repetitions are left out.
   */
  static List<String> joined(List<List<String>> rows, String join) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    String[] above = new String[rows.size()];
    List<String> names = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      List<String> parts = new ArrayList<>();
      boolean begins = false;
      for (int level = 0; level < rows.size(); level++) {
        List<String> row = rows.get(level);
        String text = column < row.size() ? HeaderNames.clean(row.get(column)) : "";
        if (!text.isEmpty()) {
          begins = true;
          above[level] = text;
        } else if (begins || level == rows.size() - 1 || above[level] == null) {
          above[level] = "";
        }
        String part = above[level];
        if (!part.isEmpty() && (parts.isEmpty() || !parts.get(parts.size() - 1).equals(part))) {
          parts.add(part);
        }
      }
      names.add(String.join(join, parts));
    }
    return names;
  }
}

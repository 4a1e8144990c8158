package vn.tnmt.lakehouse.tables.dictionary;

/** The little Markdown that the dictionary needs. */
final class Markdown {
  private Markdown() {}

  /** A table row; bars and line breaks inside cells are kept from ending them. */
  static String row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
    }
    return row.append('\n').toString();
  }

  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}

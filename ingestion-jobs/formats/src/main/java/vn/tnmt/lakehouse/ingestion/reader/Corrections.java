package vn.tnmt.lakehouse.ingestion.reader;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rejected rows on their way back to the publisher and here again: the columns that are added to
 * the publisher's own, and how a cell is written so that no spreadsheet program takes it for a
 * formula.
 *
 * <p>Where a cell, or a piece of it behind a separator, begins with {@code = + - @}, their wide or
 * small forms, TAB, CR or LF and is not a plain number, an apostrophe is put before it. Blanks and
 * marks that nobody sees (no-break and zero-width spaces, a byte order mark, controls) do not hide
 * such a beginning: programs drop them. The separators count because a program that cuts at another
 * one than the file was written with would find the piece to be a cell. {@link #original} takes the
 * apostrophes off again.
 */
public final class Corrections {
  /** Name of the sheet, where they are a workbook. */
  public static final String SHEET = "tnmt";

  /** The delivered file that the row was in. */
  public static final String FILE = "tnmt_file";

  /** Its line (row, feature) there; 0 for the file as a whole. */
  public static final String LINE = "tnmt_line";

  /** What is wrong and what to do, Vietnamese. */
  public static final String ERROR_VI = "tnmt_loi";

  /** The same in English. */
  public static final String ERROR_EN = "tnmt_error";

  /** Codes of the broken rules. */
  public static final String RULES = "tnmt_rules";

  /** The columns concerned, the values found there and what was expected. */
  public static final String EXPECTED = "tnmt_expected";

  /** The line as delivered, when it could not be cut into cells. */
  public static final String TEXT = "tnmt_text";

  /** All of them, in the order in which they stand behind the publisher's columns. */
  public static final List<String> COLUMNS =
      List.of(FILE, LINE, RULES, ERROR_VI, ERROR_EN, EXPECTED, TEXT);

  private static final Set<String> NAMES = Set.copyOf(COLUMNS);
  private static final String SIGNS = "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B]";
  private static final String UNSEEN =
      "[\\p{Z}\\p{Cc}\\p{Cf}\u115F\u1160\u3164\uFFA0&&[^\\t\\r\\n]]*";
  private static final String FORMULA = UNSEEN + SIGNS;
  private static final String FIRST = "(?:" + UNSEEN + "[\\t\\r\\n]|" + FORMULA + ")";
  private static final String SEPARATORS = "[,;|\\t\\r\\n\"]";
  private static final Pattern SUSPECT =
      Pattern.compile("^'*" + FIRST + "|(?<=" + SEPARATORS + ")'*" + FORMULA);
  private static final Pattern PROTECTED =
      Pattern.compile("^'(?='*" + FIRST + ")|(?<=" + SEPARATORS + ")'(?='*" + FORMULA + ")");
  private static final Pattern NUMBER =
      Pattern.compile(UNSEEN + "[-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)? *(?=\\z|" + SEPARATORS + ")");

  private Corrections() {}

  /** Whether a column is one of ours. */
  public static boolean ours(String column) {
    return NAMES.contains(column);
  }

  /** The text as a spreadsheet program shows it and never runs it; numbers stay as they are. */
  public static String inert(String text) {
    if (harmless(text)) {
      return text;
    }
    Matcher suspect = SUSPECT.matcher(text);
    StringBuilder safe = new StringBuilder(text.length() + 4);
    int from = 0;
    while (suspect.find()) {
      safe.append(text, from, suspect.start());
      from = suspect.start();
      if (!number(text, from)) {
        safe.append('\'');
      }
    }
    return safe.append(text, from, text.length()).toString();
  }

  /**
   * As {@link #inert}, for tables that are not sent back: only how the cell begins counts, and what
   * is in the middle of it, such as a geometry, stays as it is.
   */
  public static String inertCell(String text) {
    boolean suspect = !harmless(text) && SUSPECT.matcher(text).lookingAt() && !number(text, 0);
    return suspect ? "'" + text : text;
  }

  /** What {@link #inert} was given. */
  public static String original(String text) {
    return text.indexOf('\'') < 0 ? text : PROTECTED.matcher(text).replaceAll("");
  }

  private static boolean number(String text, int from) {
    return NUMBER.matcher(text).region(from, text.length()).lookingAt() || text.equals("-");
  }

  /** True for most cells: nothing in them that could begin a formula. */
  private static boolean harmless(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' || c == '+' || c == '-' || c == '@' || c < ' ' || c >= '\uFE00') {
        return false;
      }
    }
    return true;
  }
}

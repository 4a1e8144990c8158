package vn.tnmt.lakehouse.ingestion.format.workbook;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_DAMAGED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.OVER_LIMIT;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.tables.rule.Breach;

/** The cells of the current row while it is being read. */
final class RowCells {
  /** The last column of XLSX is XFD. */
  static final int MAX_COLUMNS = 16_384;

  String[] texts = new String[64];
  String[] errors = new String[64];

  /** Columns of formulas without a stored result; their texts are the formulas. */
  final BitSet unresolved = new BitSet();

  int width;
  boolean hasErrors;

  /** What makes the row as a whole unusable, or null. */
  @Nullable Breach flaw;

  void clear() {
    Arrays.fill(texts, 0, width, null);
    if (hasErrors) {
      Arrays.fill(errors, null);
      hasErrors = false;
    }
    unresolved.clear();
    width = 0;
    flaw = null;
  }

  RowCells copy() {
    RowCells copy = new RowCells();
    copy.texts = texts.clone();
    copy.errors = errors.clone();
    copy.unresolved.or(unresolved);
    copy.width = width;
    copy.hasErrors = hasErrors;
    copy.flaw = flaw;
    return copy;
  }

  /** A blank text is no cell; a column beyond the last, or one that had another text, is a flaw. */
  void put(int column, String text) {
    if (text.isBlank() || !room(column)) {
      return;
    }
    if (texts[column] != null && !texts[column].equals(text)) {
      flaw = Flaws.of(FILE_DAMAGED, "ô có hai lần / a cell stands twice: " + (column + 1), "");
    }
    texts[column] = text;
    width = Math.max(width, column + 1);
  }

  void error(int column, String value) {
    if (room(column)) {
      errors[column] = value;
      hasErrors = true;
      width = Math.max(width, column + 1);
    }
  }

  /** A formula whose result the file does not hold. */
  void formula(int column, String formula) {
    put(column, "=" + formula);
    if (column >= 0 && column < width) {
      unresolved.set(column);
    }
  }

  /** A shared text that the workbook does not have. */
  void lacks(String shared) {
    flaw = Flaws.of(FILE_DAMAGED, "thiếu xâu dùng chung / no shared string " + shared, "");
  }

  private boolean room(int column) {
    if (column < 0 || column >= MAX_COLUMNS) {
      flaw = Flaws.of(OVER_LIMIT, "> %d cột / columns".formatted(MAX_COLUMNS), "");
      return false;
    }
    if (column >= texts.length) {
      int size = Math.min(MAX_COLUMNS, Math.max(column + 1, texts.length * 2));
      texts = Arrays.copyOf(texts, size);
      errors = Arrays.copyOf(errors, size);
    }
    return true;
  }
}

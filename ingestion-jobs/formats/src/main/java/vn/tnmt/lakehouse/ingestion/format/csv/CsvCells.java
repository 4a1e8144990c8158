package vn.tnmt.lakehouse.ingestion.format.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.text.RowText;

/** The cells of a scanner's current row without their quotes. */
final class CsvCells {
  private CsvCells() {}

  /**
   * Cells as bytes of their own.
   *
   * @param stray cells with quotes that are neither doubled nor at the ends
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  record Plain(byte[] bytes, int[] bounds, BitSet stray) {}

  private static final BitSet NONE = new BitSet();

  static Plain plain(RowScanner row, byte quote) {
    byte[] bytes = Arrays.copyOfRange(row.bytes, row.start, row.end);
    int[] bounds = new int[2 * row.cells];
    for (int i = 0; i < row.cells; i++) {
      bounds[2 * i] = row.from[i];
      bounds[2 * i + 1] = row.to[i];
    }
    BitSet stray = NONE;
    if (row.quoted()) {
      for (int i = 0; i < row.cells; i++) {
        if (row.to[i] > row.from[i] && bytes[row.from[i]] == quote) {
          int closing = closing(bytes, row.from[i], row.to[i], quote);
          if (closing < 0) {
            stray = stray.isEmpty() ? new BitSet() : stray;
            stray.set(i);
          }
          unquote(bytes, bounds, i, closing, quote);
        }
      }
    }
    return new Plain(bytes, bounds, stray);
  }

  /**
   * Where the quote that a cell begins with is closed, when nothing but blanks follows; -1 when the
   * cell's quotes are not those of RFC 4180.
   */
  private static int closing(byte[] bytes, int from, int to, byte quote) {
    int i = from + 1;
    while (i < to && (bytes[i] != quote || (i + 1 < to && bytes[i + 1] == quote))) {
      i += bytes[i] == quote ? 2 : 1;
    }
    for (int k = i + 1; k < to; k++) {
      if (bytes[k] != ' ') {
        return -1;
      }
    }
    return i;
  }

  /**
   * Takes the quotes off cell {@code i}: a doubled one is one. Stray quotes stay, those behind a
   * backslash without it where all have one; the quotes around them go when both are there.
   */
  private static void unquote(byte[] bytes, int[] bounds, int i, int closing, byte quote) {
    int from = bounds[2 * i];
    int last = closing;
    boolean escaped = false;
    if (closing < 0) {
      last = bounds[2 * i + 1] - 1;
      if (bytes[last] != quote) {
        return;
      }
      escaped = allEscaped(bytes, from + 1, last, quote);
    }
    int out = from + 1;
    for (int k = from + 1; k < last; k++) {
      boolean beforeQuote = k + 1 < last && bytes[k + 1] == quote;
      if (beforeQuote && (bytes[k] == quote || (escaped && bytes[k] == '\\'))) {
        k++;
      }
      bytes[out++] = bytes[k];
    }
    bounds[2 * i] = from + 1;
    bounds[2 * i + 1] = out;
  }

  private static boolean allEscaped(byte[] bytes, int from, int to, byte quote) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == quote && bytes[i - 1] != '\\') {
        return false;
      }
    }
    return true;
  }

  static String text(RowScanner row, int cell, byte quote, boolean bytewise) {
    byte[] bytes =
        Arrays.copyOfRange(row.bytes, row.start + row.from[cell], row.start + row.to[cell]);
    int[] bounds = {0, bytes.length};
    if (row.quoted(cell)) {
      unquote(bytes, bounds, 0, closing(bytes, 0, bytes.length, quote), quote);
    }
    return RowText.text(bytes, bounds[0], bounds[1], bytewise);
  }

  static List<String> texts(RowScanner row, char quote, boolean bytewise) {
    Plain plain = plain(row, (byte) quote);
    boolean utf8 = !bytewise && Utf8.valid(row.bytes, row.start, row.end);
    List<String> texts = new ArrayList<>(row.cells);
    for (int i = 0; i < row.cells; i++) {
      int from = plain.bounds[2 * i];
      int to = plain.bounds[2 * i + 1];
      texts.add(
          utf8
              ? Utf8.text(plain.bytes, from, to, row.ascii())
              : Utf8.bytewise(plain.bytes, from, to));
    }
    return texts;
  }
}

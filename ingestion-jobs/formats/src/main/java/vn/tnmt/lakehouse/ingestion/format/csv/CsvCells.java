package vn.tnmt.lakehouse.ingestion.format.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vn.tnmt.lakehouse.ingestion.reader.Utf8;
import vn.tnmt.lakehouse.ingestion.reader.text.RowText;

/** The cells of a scanner's current row without their quotes. */
final class CsvCells {
  private CsvCells() {}

  /** Cells as bytes of their own. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  record Plain(byte[] bytes, int[] bounds) {}

  static Plain plain(RowScanner row, byte quote) {
    byte[] bytes = Arrays.copyOfRange(row.bytes, row.start, row.end);
    int[] bounds = new int[2 * row.cells];
    for (int i = 0; i < row.cells; i++) {
      bounds[2 * i] = row.from[i];
      bounds[2 * i + 1] = row.to[i];
    }
    if (row.quoted()) {
      for (int i = 0; i < row.cells; i++) {
        if (row.to[i] > row.from[i] && bytes[row.from[i]] == quote) {
          bounds[2 * i] = row.from[i] + 1;
          bounds[2 * i + 1] = unquote(bytes, row.from[i], row.to[i], quote);
        }
      }
    }
    return new Plain(bytes, bounds);
  }

  /**
   * Moves what the quotes hold to right behind the first one and gives where it ends. A doubled
   * quote is one; text after the closing quote is kept.
   */
  private static int unquote(byte[] bytes, int from, int to, byte quote) {
    int next = from + 1;
    while (next < to && bytes[next] != quote) {
      next++;
    }
    if (next == to - 1) {
      return next;
    }
    int out = next;
    boolean inside = true;
    for (int i = next; i < to; i++) {
      byte b = bytes[i];
      if (b != quote) {
        bytes[out++] = b;
      } else if (inside && i + 1 < to && bytes[i + 1] == quote) {
        bytes[out++] = b;
        i++;
      } else {
        inside = !inside;
      }
    }
    return out;
  }

  static String text(RowScanner row, int cell, byte quote, boolean bytewise) {
    byte[] bytes =
        Arrays.copyOfRange(row.bytes, row.start + row.from[cell], row.start + row.to[cell]);
    boolean quoted = row.quoted(cell);
    int from = quoted ? 1 : 0;
    int to = quoted ? unquote(bytes, 0, bytes.length, quote) : bytes.length;
    return RowText.text(bytes, from, to, bytewise);
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

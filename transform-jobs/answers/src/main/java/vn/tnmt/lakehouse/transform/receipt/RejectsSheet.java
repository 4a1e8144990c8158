package vn.tnmt.lakehouse.transform.receipt;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;

/**
 * One XLSX sheet, written row by row. Texts are texts and never formulas; a text that is a number
 * in the one form that a spreadsheet gives back unchanged is a number.
 */
final class RejectsSheet implements Closeable {
  private static final int CELL = 32_767;
  private static final int FLUSH = 500;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{0,14}[1-9])?");
  private static final int DIGITS = 15;

  private final OutputStream out;
  private final Workbook workbook;
  private final Worksheet sheet;
  private final boolean fractions;
  private int row;
  private boolean cut;
  private boolean closed;

  RejectsSheet(Path file, List<String> header, RejectsForm form) throws IOException {
    int own = form.columns().size();
    fractions = form.decimalPoint();
    out = new BufferedOutputStream(Files.newOutputStream(file));
    workbook = new Workbook(out, "TNMT", null);
    sheet = workbook.newWorksheet(Corrections.SHEET);
    sheet.freezePane(0, 1);
    for (int i = 0; i < header.size(); i++) {
      sheet.width(i, i < own ? 16 : 34);
      sheet.inlineString(0, i, text(header.get(i)));
      sheet.style(0, i).bold().fillColor(i < own ? "E8EEF1" : "F6E3D0").set();
    }
    row = 1;
  }

  void add(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      String text = cells.get(i);
      if (number(text) && (fractions || text.indexOf('.') < 0)) {
        sheet.value(row, i, new BigDecimal(text));
      } else if (!text.isEmpty()) {
        sheet.inlineString(row, i, text(text));
      }
    }
    row++;
    if (row % FLUSH == 0) {
      sheet.flush();
    }
  }

  /** Whether a cell was too long. */
  boolean anyCut() {
    return cut;
  }

  static boolean number(String text) {
    return text.length() <= DIGITS + 2
        && NUMBER.matcher(text).matches()
        && !text.equals("-0")
        && text.chars().filter(c -> c >= '0' && c <= '9').count() <= DIGITS;
  }

  /** Without what XML forbids, and not longer than a cell may be. */
  private String text(String text) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), CELL));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (kept.length() + Character.charCount(c) > CELL) {
        cut = true;
        break;
      }
      boolean allowed =
          c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || c > 0xDFFF;
      kept.appendCodePoint(allowed && c != 0xFFFE && c != 0xFFFF ? c : 0xFFFD);
    }
    return kept.toString();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        workbook.finish();
      } finally {
        out.close();
      }
    }
  }
}

package vn.tnmt.lakehouse.transform.receipt;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.file.TemporaryFiles;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.RuleTexts;
import vn.tnmt.lakehouse.tables.rule.Severity;
import vn.tnmt.lakehouse.transform.receipt.Rejects.Limit;

/**
 * Writes the rejected rows of one delivery as CSV (UTF-8 with a byte order mark, CR LF) and XLSX,
 * row by row: memory is that of one row. The publisher's own columns come first, then those of
 * {@link Corrections}.
 *
 * <p>The rejected records of one line, where wide columns became records, are one row again;
 * accepted cells of that line are left blank, so that they are not sent twice. Records come in the
 * order of file, line, part.
 */
public final class RejectsFiles implements Closeable {
  /** Rows of a sheet below its header. */
  static final int XLSX_ROWS = 1_048_575;

  static final int XLSX_COLUMNS = 16_384;

  private final RejectsForm form;
  private final RuleTexts texts;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Path csv;
  private final Path xlsx;
  private final int xlsxRows;
  private final BufferedWriter lines;
  private final Set<Limit> limits = EnumSet.noneOf(Limit.class);
  private @Nullable RejectsSheet sheet;
  private @Nullable Row row;
  private long rows;

  /**
   * Begins both files.
   *
   * @param csv file to write; it appears when it is complete, as does {@code xlsx}
   */
  public static RejectsFiles create(Path csv, Path xlsx, RejectsForm form, RuleTexts texts)
      throws IOException {
    return new RejectsFiles(csv, xlsx, form, texts, XLSX_ROWS);
  }

  RejectsFiles(Path csv, Path xlsx, RejectsForm form, RuleTexts texts, int xlsxRows)
      throws IOException {
    this.csv = csv;
    this.xlsx = xlsx;
    this.form = form;
    this.texts = texts;
    this.xlsxRows = xlsxRows;
    for (String column : form.columns()) {
      positions.put(column, positions.size());
    }
    List<String> header = new ArrayList<>(form.columns());
    header.addAll(Corrections.COLUMNS);
    if (!form.complete()) {
      limits.add(Limit.COLUMNS);
    }
    // Not Files.newBufferedWriter: it fails on half a surrogate pair, which JSON may hold.
    lines =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(begun(csv)), StandardCharsets.UTF_8));
    lines.write('\uFEFF');
    for (int i = 1; i < form.headerLine(); i++) {
      lines.write("\r\n");
    }
    for (int i = 1; i < form.headerLines(); i++) {
      line(Collections.nCopies(header.size(), ""));
    }
    line(header);
    if (header.size() <= XLSX_COLUMNS) {
      sheet = new RejectsSheet(begun(xlsx), header, form);
    } else {
      limits.add(Limit.COLUMNS);
    }
  }

  /** Adds a record. */
  public void add(RejectedRecord record) throws IOException {
    if (row == null || !row.takes(record)) {
      finishRow();
      row = new Row(record.file(), record.line());
    }
    row.add(record);
  }

  /** Completes both files. */
  public Rejects finish() throws IOException {
    finishRow();
    lines.close();
    appear(csv);
    Files.deleteIfExists(xlsx);
    if (sheet != null) {
      sheet.close();
      appear(xlsx);
      if (sheet.anyCut()) {
        limits.add(Limit.XLSX_CELL);
      }
    }
    return new Rejects(
        rows,
        csv.getFileName().toString(),
        sheet == null ? "" : xlsx.getFileName().toString(),
        form.readable(),
        List.copyOf(limits));
  }

  private static Path partial(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".partial");
  }

  private static Path begun(Path file) throws IOException {
    return TemporaryFiles.hold(partial(file));
  }

  private static void appear(Path file) throws IOException {
    Files.move(partial(file), file, StandardCopyOption.REPLACE_EXISTING);
    TemporaryFiles.release(partial(file));
  }

  @Override
  public void close() throws IOException {
    lines.close();
    if (sheet != null) {
      sheet.close();
    }
  }

  private void finishRow() throws IOException {
    if (row == null) {
      return;
    }
    List<String> cells = row.cells();
    line(cells);
    rows++;
    if (sheet != null && rows > xlsxRows) {
      sheet.close();
      TemporaryFiles.delete(partial(xlsx));
      sheet = null;
      limits.add(Limit.XLSX_ROWS);
    }
    if (sheet != null) {
      sheet.add(cells);
    }
    row = null;
  }

  private void line(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        lines.write(form.delimiter());
      }
      cell(Corrections.inert(cells.get(i)));
    }
    lines.write("\r\n");
  }

  private void cell(String text) throws IOException {
    if (text.isEmpty() || plain(text)) {
      lines.write(text);
      return;
    }
    lines.write(form.quote());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == form.quote()) {
        lines.write(c);
      }
      lines.write(c);
    }
    lines.write(form.quote());
  }

  private boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean word = (c >= '0' && c <= '9') || Character.isLetter(c) || c == ' ' || c == '-';
      if (c == form.delimiter()
          || c == form.quote()
          || (!word && c != '.' && c != '_' && c != '/')) {
        return false;
      }
    }
    return text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
  }

  /** The records of one line. */
  private final class Row {
    private final String file;
    private final long line;
    private final String[] own = new String[form.columns().size()];
    private final List<Breach> breaches = new ArrayList<>();
    private String text = "";
    private int part = -1;

    Row(String file, long line) {
      this.file = file;
      this.line = line;
    }

    boolean takes(RejectedRecord record) {
      return record.line() == line
          && line > 0
          && record.part() > part
          && record.file().equals(file);
    }

    void add(RejectedRecord record) {
      part = record.part();
      for (int i = 0; i < record.names().size(); i++) {
        Integer position = positions.get(record.names().get(i));
        if (position != null) {
          own[position] = record.cells().get(i);
        }
      }
      text = record.text().isEmpty() ? text : record.text();
      breaches.addAll(record.breaches());
    }

    /** In the order of {@link Corrections#COLUMNS}. */
    List<String> cells() {
      breaches.sort(Comparator.comparing(Breach::severity));
      Set<String> codes = new LinkedHashSet<>();
      Map<String, String> vi = new LinkedHashMap<>();
      Map<String, String> en = new LinkedHashMap<>();
      Set<String> expected = new LinkedHashSet<>();
      for (Breach breach : breaches) {
        if (breach.severity() != Severity.NOTE) {
          codes.add(breach.rule());
          vi.put(breach.rule(), texts.messageVi(breach.rule()));
          en.put(breach.rule(), texts.messageEn(breach.rule()));
          expected.add(expected(breach));
        }
      }
      expected.remove("");
      List<String> cells = new ArrayList<>(own.length + Corrections.COLUMNS.size());
      Arrays.stream(own).forEach(cell -> cells.add(cell == null ? "" : cell));
      cells.add(file);
      cells.add(Long.toString(line));
      cells.add(String.join(" ", codes));
      cells.add(String.join(" | ", vi.values()));
      cells.add(String.join(" | ", en.values()));
      cells.add(String.join(" | ", expected));
      cells.add(text);
      return cells;
    }

    /** {@code column: 'value' → expected}. */
    private static String expected(Breach breach) {
      StringBuilder text = new StringBuilder(breach.column());
      if (!breach.value().isEmpty()) {
        text.append(text.isEmpty() ? "" : ": ").append('\'').append(breach.value()).append('\'');
      }
      if (!breach.expected().isEmpty()) {
        text.append(text.isEmpty() ? "" : " ").append("→ ").append(breach.expected());
      }
      return text.toString();
    }
  }
}

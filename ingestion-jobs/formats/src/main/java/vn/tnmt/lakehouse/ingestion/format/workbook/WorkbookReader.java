package vn.tnmt.lakehouse.ingestion.format.workbook;

import static java.util.Locale.ROOT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BINARY_CONTENT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FORMULA_WITHOUT_RESULT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MERGED_CELLS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNKNOWN_COLUMN;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.reader.BinaryGuard;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.FileKinds;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.Spool;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.feed.CorrectedReader;
import vn.tnmt.lakehouse.ingestion.reader.table.Globs;
import vn.tnmt.lakehouse.ingestion.reader.table.TableLayout;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;
import vn.tnmt.lakehouse.ingestion.text.Readings;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Tables in workbooks. Whether a file is XLSX or XLS its first bytes say, since publishers rename
 * the one to the other.
 *
 * <p>The record's line is the row's number in its sheet. Where a feed reads several sheets, or asks
 * for it, cell {@code $sheet} names the sheet; the records of the n-th one (from 0) have parts from
 * n × 65,536 on. An error value ({@code #N/A}) is a missing cell with a note. A workbook of
 * rejected rows that comes back ({@link SheetChoice}) has its header in its first row.
 */
final class WorkbookReader implements BinaryGuard.Opening {
  private static final int PARTS_OF_SHEET = 1 << 16;

  /** A sheet of XLS has so many rows, one of XLSX 16 times as many: then all are formatted. */
  private static final int MAX_ROWS = 65_536;

  /** Rows in which a header is looked for. */
  private static final int HEADER_WITHIN = 100;

  private static final int SHOWN = 200;
  private static final int SHOWN_BYTES = 16;

  private final Workbook format;
  private final KnownColumns columns;
  private final char decimal;
  private final Globs totals;
  private final Globs footer;

  /** Whether texts may be those of fonts of an old encoding. */
  private final boolean oldFonts;

  WorkbookReader(Workbook format, Reading reading) {
    this.format = format;
    this.columns = reading.columns();
    this.decimal = reading.decimal();
    this.oldFonts = !reading.unicode();
    this.totals = Globs.of(format.totals());
    this.footer = Globs.of(format.footer());
  }

  /**
   * For files of another format, under which only rejected rows come back as a workbook: any other
   * zip is binary content (REC-02).
   */
  BinaryGuard.Opening returnedOnly() {
    return (file, bytes) -> {
      Spool spool = Spool.of(bytes, format.limits().fileBytes());
      SheetBook book = null;
      Rows rows = null;
      try {
        book = book(spool);
        rows = new Rows(spool, book);
      } catch (Unreadable e) {
        // told below
      } finally {
        if (rows == null || !rows.returned) {
          close(book, spool);
        }
      }
      if (rows == null || !rows.returned) {
        byte[] head = Arrays.copyOf(spool.head(), Math.min(spool.head().length, SHOWN_BYTES));
        throw new Unreadable(BINARY_CONTENT, HexFormat.ofDelimiter(" ").formatHex(head), "");
      }
      return rows;
    };
  }

  private static void close(@Nullable SheetBook book, Spool spool) throws IOException {
    try {
      if (book != null) {
        book.close();
      }
    } finally {
      spool.close();
    }
  }

  @Override
  public BinaryGuard.Found open(SourceFile file, InputStream bytes) throws IOException {
    Spool spool = Spool.of(bytes, format.limits().fileBytes());
    SheetBook book = null;
    try {
      book = book(spool);
      return new Rows(spool, book);
    } catch (IOException | RuntimeException e) {
      close(book, spool);
      throw e;
    }
  }

  private SheetBook book(Spool spool) throws IOException {
    if (spool.startsWith('P', 'K')) {
      return XlsxBook.open(spool.path(), format.limits(), decimal);
    }
    if (spool.startsWith(0xD0, 0xCF, 0x11, 0xE0)) {
      return XlsBook.open(spool.path(), decimal);
    }
    String begin =
        new String(spool.head(), 0, Math.min(spool.head().length, 16), StandardCharsets.ISO_8859_1)
            .replaceAll("[^ -~]", "?");
    String kind = otherKind(spool);
    throw kind.isEmpty()
        ? Unreadable.damaged(begin, "XLSX, XLS")
        : Unreadable.kind(kind, XlsxBook.READ);
  }

  /** What else a file is that is called a workbook; empty when it is nothing that is known. */
  private static String otherKind(Spool spool) {
    if (spool.startsWith(0x09) && spool.head().length > 3 && spool.head()[3] == 0) {
      return "Excel 2.x–5.0";
    }
    String head =
        new String(spool.head(), StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(ROOT);
    if (head.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
      return "XML Spreadsheet 2003";
    }
    return head.contains("<html") || head.contains("<table")
        ? "HTML"
        : FileKinds.name(spool.head(), spool.head().length);
  }

  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private record Row(long line, RowCells cells) {
    String[] texts() {
      return Arrays.copyOf(cells.texts, cells.width);
    }
  }

  private final class Rows implements BinaryGuard.Found {
    private final Spool spool;
    private final SheetBook book;
    private final List<SheetBook.Tab> tabs;
    private final boolean returned;
    private final int headerLine;
    private final int headerLines;
    private final boolean several = format.sheet().contains("*");
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private final List<Breach> told = new ArrayList<>();
    private final List<Breach> remarks = new ArrayList<>();
    private int tab = -1;
    private @Nullable SheetRows rows;
    private long line;
    private RowCells current;

    /** Rows that were looked at ahead. */
    private final Deque<Row> ahead = new ArrayDeque<>();

    private @Nullable TableLayout layout;
    private int width;
    private boolean warned;
    private boolean ended;
    private long passedOver;
    private int looked;
    private @Nullable FilledRows filled;

    /** First and last row of the current table. */
    private long firstRow;

    private long lastRow;

    Rows(Spool spool, SheetBook book) throws IOException {
      this.spool = spool;
      this.book = book;
      List<SheetBook.Tab> all = book.sheets();
      SheetChoice choice = SheetChoice.of(book, format.sheet());
      this.tabs = choice.tabs();
      this.returned = choice.returned();
      this.headerLine = returned ? 1 : format.headerLine();
      this.headerLines = returned ? 1 : format.headerLines();
      List<SheetBook.Tab> others = all.stream().filter(other -> !tabs.contains(other)).toList();
      if (!others.isEmpty()) {
        told.add(Flaws.of(PASSED_OVER, "trang tính / sheets: " + SheetChoice.names(others), ""));
      }
      List<SheetBook.Tab> hidden = tabs.stream().filter(SheetBook.Tab::hidden).toList();
      if (!hidden.isEmpty()) {
        told.add(
            Flaws.of(
                PASSED_OVER,
                "trang ẩn nhưng được đọc / hidden, but read: " + SheetChoice.names(hidden),
                ""));
      }
    }

    @Override
    public @Nullable RawRecord find() throws IOException {
      while (ready.isEmpty()) {
        if (rows == null) {
          if (++tab >= tabs.size()) {
            return null;
          }
          begin();
          rows = book.open(tabs.get(tab));
        }
        if (!nextRow()) {
          endOfSheet();
        } else if (layout == null) {
          header();
        } else {
          row();
        }
      }
      RawRecord record = ready.poll();
      if (told.isEmpty()) {
        return record;
      }
      List<Breach> breaches = new ArrayList<>(record.breaches());
      breaches.addAll(told);
      told.clear();
      return new RawRecord(
          record.line(), record.part(), record.cells(), record.text(), List.copyOf(breaches));
    }

    private void begin() throws IOException {
      layout = null;
      ahead.clear();
      warned = false;
      ended = false;
      passedOver = 0;
      looked = 0;
      line = 0;
      firstRow = 0;
      filled = format.fillsMerged() ? new FilledRows(merges(tabs.get(tab))) : null;
    }

    /** Merged cells stand behind the rows: the sheet is read once more for them. */
    private List<Merge> merges(SheetBook.Tab tab) throws IOException {
      try (SheetRows once = book.open(tab)) {
        while (once.next()) {
          // to the end
        }
        return once.merges();
      } catch (Unreadable e) {
        // told when the rows are read
        return List.of();
      }
    }

    private boolean nextRow() throws IOException {
      Row row = ahead.poll();
      if (row != null) {
        line = row.line;
        current = row.cells;
        return true;
      }
      if (!rows.next()) {
        return false;
      }
      line = rows.number();
      current = rows.cells();
      return true;
    }

    private void endOfSheet() throws IOException {
      if (layout == null && !ended && line > 0) {
        missing(List.of());
      }
      if (passedOver > 0) {
        remarks.add(
            Flaws.of(
                PASSED_OVER,
                "hàng tổng và phía dưới / rows of totals and below: " + passedOver,
                ""));
      }
      if (layout != null) {
        tellOfSheet();
      }
      rows.close();
      rows = null;
    }

    private void tellOfSheet() throws IOException {
      if (rows.lastTold() > 0 && rows.lastTold() % MAX_ROWS != 0) {
        remarks.add(
            Flaws.of(
                READ_AS,
                "vùng dữ liệu / dimension: dòng / row " + rows.lastTold(),
                "dòng / row " + lastRow));
      }
      if (filled != null || returned) {
        return;
      }
      List<String> merges =
          rows.merges().stream()
              .filter(merge -> merge.firstRow() >= firstRow && merge.firstRow() <= lastRow)
              .filter(merge -> merge.column() < width && isUsed(merge.column()))
              .map(Merge::toString)
              .limit(SHOWN)
              .toList();
      if (firstRow > 0 && !merges.isEmpty()) {
        String sheet = several ? tabs.get(tab).name() + ": " : "";
        remarks.add(Flaws.of(MERGED_CELLS, shown(sheet + String.join(", ", merges)), ""));
      }
    }

    private boolean isUsed(int column) {
      return speaksOf(layout.names().get(column));
    }

    private void header() throws IOException {
      if (ended || line < headerLine) {
        return;
      }
      List<String> names = headerLine == 0 ? findHeader() : headerBelow();
      if (names == null) {
        return;
      }
      if (!columns.missing(names).isEmpty()) {
        missing(names);
        return;
      }
      List<String> unknown =
          names.stream()
              .filter(name -> !columns.known().contains(name) && !name.equals(Cells.SHEET))
              .toList();
      if (!unknown.isEmpty()) {
        told.add(Flaws.of(UNKNOWN_COLUMN, shown(String.join(", ", unknown)), ""));
      }
      width = names.size();
      layout = layout(names);
    }

    /** Rejected rows that come back may have the sheet's name as a column already. */
    private TableLayout layout(List<String> names) {
      boolean told = several || columns.known().contains(Cells.SHEET);
      return TableLayout.of(
          names, columns.melted(), told && !names.contains(Cells.SHEET) ? Cells.SHEET : "");
    }

    private List<String> names(List<String[]> texts, int columnCount) {
      List<String> shown = SheetHeader.names(texts, columnCount);
      List<String> names = oldFonts ? HeaderNames.ofShown(shown, columns.known()) : shown;
      return columns.numbered(SheetHeader.unique(names, shown));
    }

    /** The header that begins with the current row. */
    private List<String> headerBelow() throws IOException {
      long last = line + headerLines - 1;
      List<String[]> texts = new ArrayList<>();
      int columnCount = 0;
      do {
        if (line > last) {
          ahead.add(new Row(line, current));
          break;
        }
        texts.add(Arrays.copyOf(current.texts, current.width));
        columnCount = Math.max(columnCount, current.width);
      } while (texts.size() < headerLines && nextRow());
      return names(texts, columnCount);
    }

    /**
     * The header that begins with the current row, when it has the columns; else null. Of the rows
     * that it may have, as many as give most of the columns that the feed speaks of.
     */
    private List<String> findHeader() throws IOException {
      List<Row> taken = new ArrayList<>(List.of(new Row(line, current.copy())));
      long last = line + headerLines - 1;
      while (taken.size() < headerLines && line < last && nextRow()) {
        taken.add(new Row(line, current.copy()));
      }
      List<String> best = null;
      int bestRows = 1;
      long bestKnown = 0;
      for (int count = 1; count <= taken.size() && taken.get(count - 1).line <= last; count++) {
        List<String[]> texts = taken.subList(0, count).stream().map(Row::texts).toList();
        int columnCount = texts.stream().mapToInt(row -> row.length).max().orElse(0);
        List<String> names = names(texts, columnCount);
        long known = names.stream().filter(name -> speaksOf(name)).count();
        if (known > bestKnown && columns.missing(names).isEmpty()) {
          best = names;
          bestKnown = known;
          bestRows = count;
        }
      }
      for (int i = taken.size() - 1; i >= bestRows; i--) {
        ahead.addFirst(taken.get(i));
      }
      line = taken.get(bestRows - 1).line;
      if (best == null && ++looked == HEADER_WITHIN) {
        missing(List.of());
      }
      return best;
    }

    private boolean speaksOf(String name) {
      return columns.known().contains(name) || columns.melted().contains(name);
    }

    /** The rows of this sheet cannot be understood. */
    private void missing(List<String> names) {
      ended = true;
      ready.add(
          new RawRecord(
              line,
              part(),
              Cells.none(),
              text(),
              List.of(
                  Flaws.of(
                      MISSING_COLUMNS,
                      shown(
                          (several ? tabs.get(tab).name() + ": " : "") + String.join(", ", names)),
                      String.join(", ", columns.missing(names))))));
    }

    private void row() {
      RowCells cells = current;
      if (ended || passedOver(cells)) {
        passedOver++;
        return;
      }
      if (cells.flaw != null) {
        ready.add(new RawRecord(line, part(), Cells.none(), text(), List.of(cells.flaw)));
        return;
      }
      if (book.marked() && XmlPart.marked(text())) {
        ready.add(
            new RawRecord(
                line,
                part(),
                Cells.none(),
                XmlPart.bytewise(text()),
                List.of(Flaws.of(NOT_UTF8, "", "UTF-8"))));
        return;
      }
      if (filled != null) {
        filled.fill(line, cells);
      }
      if (cells.width > width) {
        widen(cells.width);
      }
      firstRow = firstRow == 0 ? line : firstRow;
      lastRow = line;
      List<Breach> breaches = breaches(cells);
      layout.records(
          line,
          part(),
          returned ? inert(cells) : cells.texts,
          layout.extra() ? tabs.get(tab).name() : "",
          breaches,
          ready);
    }

    /** {@link CorrectedReader} takes off what was never put on in a workbook. */
    private String[] inert(RowCells cells) {
      return Arrays.stream(cells.texts, 0, cells.width)
          .map(text -> text == null ? null : Corrections.inert(text))
          .toArray(String[]::new);
    }

    private boolean passedOver(RowCells cells) {
      if (returned || (totals.isEmpty() && footer.isEmpty())) {
        return false;
      }
      String first = "";
      for (int i = 0; i < cells.width && first.isEmpty(); i++) {
        first = cells.texts[i] == null ? "" : cells.texts[i];
      }
      ended = says(first, footer);
      return ended || says(first, totals);
    }

    private boolean says(String text, Globs globs) {
      return oldFonts ? Readings.ofShown(text, globs::match) : globs.match(text);
    }

    /** A row has cells to the right of the header: they are kept under the column's letters. */
    private void widen(int columnCount) {
      List<String> names = new ArrayList<>(layout.names());
      for (int c = width; c < columnCount; c++) {
        names.add("[" + SheetHeader.letters(c) + "]");
      }
      if (!warned) {
        warned = true;
        told.add(
            Flaws.of(
                UNKNOWN_COLUMN, shown(String.join(", ", names.subList(width, columnCount))), ""));
      }
      width = columnCount;
      layout = layout(names);
    }

    /** What is told of single cells. A formula that nothing uses is no cell. */
    private List<Breach> breaches(RowCells cells) {
      if (!cells.hasErrors && cells.unresolved.isEmpty()) {
        return List.of();
      }
      List<Breach> breaches = new ArrayList<>();
      for (int c = 0; c < cells.width; c++) {
        String name = layout.names().get(c);
        if (cells.errors[c] != null) {
          breaches.add(PASSED_OVER.breach(name, cells.errors[c], ""));
        } else if (cells.unresolved.get(c)) {
          if (isUsed(c)) {
            breaches.add(
                FORMULA_WITHOUT_RESULT.breach(name, shown(cells.texts[c]), "kết quả / a result"));
          } else {
            breaches.add(PASSED_OVER.breach(name, shown(cells.texts[c]), ""));
            cells.texts[c] = null;
          }
        }
      }
      return breaches;
    }

    private String text() {
      return Arrays.stream(current.texts, 0, current.width)
          .map(cell -> cell == null ? "" : cell)
          .collect(Collectors.joining("\t"));
    }

    @Override
    public int part() {
      return tab <= 0 ? 0 : tab * PARTS_OF_SHEET;
    }

    @Override
    public long line() {
      return line + 1;
    }

    @Override
    public List<Breach> remarks() {
      List<Breach> all = new ArrayList<>(told);
      all.addAll(remarks);
      return all;
    }

    @Override
    public void close() throws IOException {
      try {
        if (rows != null) {
          rows.close();
        }
      } catch (Unreadable e) {
        // nothing more is read of it
      } finally {
        book.close();
        spool.close();
      }
    }
  }
}

package vn.tnmt.lakehouse.ingestion.format.csv;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.TOO_MANY_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNKNOWN_COLUMN;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_FIELD_COUNT;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.text.Lines;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLayout;
import vn.tnmt.lakehouse.ingestion.reader.text.RowText;
import vn.tnmt.lakehouse.ingestion.reader.text.TextRecords;
import vn.tnmt.lakehouse.ingestion.reader.text.Totals;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;

/**
 * CSV with header rows (RFC 4180), on bytes, with exact line numbers also where quoted cells hold
 * line breaks.
 *
 * <p>One bad row costs one row: a quote that is never closed would swallow the rest of the file, so
 * a row has limits ({@link vn.tnmt.lakehouse.ingestion.feed.RowLimits}); beyond them its first line
 * alone is told as broken (REC-05) and reading goes on with the line after it. Where the feed melts
 * wide columns, each non-blank melted cell is a record: the row's other cells, then the melted one;
 * its part is the column's number among the melted columns of the header.
 *
 * <p>Read in stretches that begin where {@link #cuts} says, a file gives the records that it gives
 * as a whole.
 */
final class CsvReader implements RecordReader {
  private final Csv format;
  private final KnownColumns columns;
  private final boolean bytewise;

  /** Encoding of the header when cells are handed out bytewise; empty when all is UTF-8. */
  private final String encoding;

  private final Totals totals;
  private final Totals footer;
  private final RowScanner rows;

  CsvReader(Csv format, KnownColumns columns) {
    this(format, columns, "");
  }

  /**
   * @param encoding of the header, when cells are to be handed out as one character a byte, for a
   *     decoder behind this reader, instead of REC-06 for bytes that are not UTF-8; empty when the
   *     file is UTF-8
   */
  CsvReader(Csv format, KnownColumns columns, String encoding) {
    if (format.delimiter() >= 0x80 || format.quote() >= 0x80) {
      throw new IllegalArgumentException("delimiter and quote must be ASCII characters");
    }
    this.format = format;
    this.columns = columns;
    this.bytewise = !encoding.isEmpty();
    this.encoding = encoding;
    this.totals = new Totals(format.totals(), bytewise);
    this.footer = new Totals(format.footer(), bytewise);
    this.rows = new RowScanner(format.limits());
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Rows(begin(bytes));
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    Rows found = new Rows(begin(head));
    found.readHeaderOnly();
    rows.open(bytes, line);
    return found;
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    Csv dialect = begin(bytes).format();
    List<RowStart> cuts = new ArrayList<>();
    if (header(dialect) == null) {
      return cuts;
    }
    long last = 0;
    boolean any = false;
    while (rows.next()) {
      // A row of totals belongs to the record before it, and the notes of a file to its first one.
      if (!rows.blank() && says(footer, dialect)) {
        break;
      }
      if (!rows.blank() && !says(totals, dialect)) {
        if (any && rows.offset() - last >= step && rows.offset() >= TextRecords.HEAD) {
          last = rows.offset();
          cuts.add(new RowStart(last, rows.number()));
        }
        any = true;
      }
    }
    return cuts;
  }

  private Dialects.Decided begin(InputStream bytes) throws IOException {
    rows.open(bytes);
    Dialects.Decided decided = new Dialects.Decided(format, "");
    if (format.detected()) {
      int read = rows.head();
      int length = Math.min(read, TextRecords.HEAD);
      boolean whole = length == read && rows.whole();
      decided = Dialects.decide(rows.bytes, length, whole, format, columns.known());
    }
    rows.dialect(decided.format().delimiter(), decided.format().quote());
    return decided;
  }

  /** The header rows; null when the file ends before. A row that cannot be cut is the last one. */
  private @Nullable List<List<String>> header(Csv dialect) throws IOException {
    List<List<String>> header = new ArrayList<>();
    while (header.size() < dialect.headerLines()) {
      if (rows.nextNumber() < dialect.headerLine() ? !rows.nextLine() : !rows.next()) {
        return null;
      }
      // Of several header rows one may have no names, as in the rows that receipts give back.
      boolean says = !rows.blank() || (dialect.headerLines() > 1 && rows.cells > 1);
      if (rows.number() >= dialect.headerLine() && says) {
        if (rows.unclosed() || rows.tooLong()) {
          return header;
        }
        header.add(CsvCells.texts(rows, dialect.quote(), bytewise));
      }
    }
    return header;
  }

  /** Whether the first text of the current row is one of those. */
  private boolean says(Totals texts, Csv dialect) {
    if (texts.none() || rows.cells == 0 || control()) {
      return false;
    }
    for (int i = 0; i < rows.cells; i++) {
      if (rows.to[i] > rows.from[i]) {
        String text = CsvCells.text(rows, i, (byte) dialect.quote(), bytewise);
        if (!text.isBlank()) {
          return texts.matches(text);
        }
      }
    }
    return false;
  }

  /** The record to report instead of the current row; null when the row is one. */
  private RawRecord unreadable(Csv dialect) {
    if (rows.tooLong()) {
      return RowText.tooLong(
          rows.number(), rows.bytes, rows.start, rows.end, dialect.limits().bytes());
    }
    if (rows.unclosed()) {
      return Flaws.line(
          rows.number(),
          rowText(),
          Flaws.of(
              rows.terminated() ? WRONG_FIELD_COUNT : FILE_CUT_OFF,
              "",
              String.valueOf(dialect.quote())));
    }
    return RowText.unreadable(
        rows.number(), rows.bytes, rows.start, rows.end, rows.ascii() || bytewise, control());
  }

  /** Where the encoding is decided later, VISCII's letters below 0x20 are no control characters. */
  private boolean control() {
    return rows.control()
        && (!bytewise || Lines.controlBesideLetters(rows.bytes, rows.start, rows.end));
  }

  private String rowText() {
    return RowText.text(rows.bytes, rows.start, rows.end, bytewise);
  }

  private final class Rows extends TextRecords {
    private final Csv dialect;
    private @Nullable RowLayout layout;
    private List<String> names = List.of();
    private boolean stopped;

    Rows(Dialects.Decided decided) {
      super(!totals.none() || !footer.none());
      this.dialect = decided.format();
      if (!decided.note().isEmpty()) {
        tell(Flaws.of(READ_AS, decided.note(), ""));
      }
    }

    /** For a stretch that begins behind the header: what is to be told was told before. */
    void readHeaderOnly() throws IOException {
      readHeader();
      forget();
    }

    @Override
    protected boolean read() throws IOException {
      if (stopped) {
        return false;
      }
      if (layout == null) {
        readHeader();
        return true;
      }
      if (!rows.next()) {
        return false;
      }
      if (!rows.blank()) {
        if (says(footer, dialect)) {
          stopped = true;
          passedOver(rows.number(), footer.quoted(rowText()));
        } else {
          row();
        }
      }
      return true;
    }

    /** Without a layout the rows of this file cannot be understood. */
    private void readHeader() throws IOException {
      List<List<String>> header = header(dialect);
      if (header == null) {
        stopped = true;
        return;
      }
      RawRecord flaw = unreadable(dialect);
      List<String> found =
          header.size() == 1 ? header.get(0) : HeaderRows.joined(header, dialect.headerJoin());
      names =
          columns.numbered(
              HeaderRows.unique(
                  bytewise ? HeaderNames.read(found, columns.known(), encoding) : found));
      if (flaw == null) {
        flaw = columnsFlaw(names);
      }
      if (flaw != null) {
        stopped = true;
        add(flaw);
        return;
      }
      List<String> unknown =
          names.stream().filter(name -> !columns.known().contains(name)).toList();
      if (!unknown.isEmpty()) {
        tell(Flaws.of(UNKNOWN_COLUMN, String.join(", ", unknown), ""));
      }
      layout = RowLayout.of(names, columns.melted());
    }

    private @Nullable RawRecord columnsFlaw(List<String> names) {
      int most = dialect.limits().columns();
      if (names.size() > most) {
        return Flaws.line(
            rows.number(),
            rowText(),
            Flaws.of(TOO_MANY_COLUMNS, Integer.toString(names.size()), "≤ " + most));
      }
      Set<String> missing = columns.missing(names);
      return missing.isEmpty()
          ? null
          : Flaws.line(
              rows.number(),
              rowText(),
              Flaws.of(MISSING_COLUMNS, String.join(", ", names), String.join(", ", missing)));
    }

    /** What a cell with stray quotes is read as is told, and how it stands in the file. */
    private void stray(int i, CsvCells.Plain plain) {
      int[] bounds = plain.bounds();
      tell(
          READ_AS.breach(
              names.get(i),
              RowText.text(plain.bytes(), bounds[2 * i], bounds[2 * i + 1], bytewise),
              RowText.text(
                  rows.bytes, rows.start + rows.from[i], rows.start + rows.to[i], bytewise)));
    }

    private void row() {
      RawRecord flaw = unreadable(dialect);
      if (flaw != null) {
        add(flaw);
      } else if (says(totals, dialect)) {
        totals(rows.number(), totals.quoted(rowText()));
      } else if (rows.cells != layout.columns()) {
        boolean broken = rows.cells < layout.columns() && !rows.terminated();
        add(
            Flaws.line(
                rows.number(),
                rowText(),
                Flaws.of(
                    broken ? FILE_CUT_OFF : WRONG_FIELD_COUNT,
                    Integer.toString(rows.cells),
                    Integer.toString(layout.columns()))));
      } else {
        CsvCells.Plain plain = CsvCells.plain(rows, (byte) dialect.quote());
        Cells.Kind kind =
            rows.ascii() ? Cells.Kind.ASCII : bytewise ? Cells.Kind.BYTEWISE : Cells.Kind.UTF8;
        if (!plain.stray().isEmpty()) {
          plain.stray().stream().forEach(i -> stray(i, plain));
        }
        layout.records(rows.number(), plain.bytes(), plain.bounds(), kind, this::add);
      }
    }
  }
}

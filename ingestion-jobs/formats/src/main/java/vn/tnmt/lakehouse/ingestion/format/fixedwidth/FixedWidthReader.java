package vn.tnmt.lakehouse.ingestion.format.fixedwidth;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_FIELD_COUNT;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.text.LineScanner;
import vn.tnmt.lakehouse.ingestion.reader.text.Lines;
import vn.tnmt.lakehouse.ingestion.reader.text.RowLayout;
import vn.tnmt.lakehouse.ingestion.reader.text.RowText;
import vn.tnmt.lakehouse.ingestion.reader.text.TextRecords;
import vn.tnmt.lakehouse.ingestion.reader.text.Totals;

/**
 * Text in columns of fixed positions: a line is a row, positions count characters (code points). A
 * line that ends early has empty cells for the rest; one with text behind the last column is broken
 * (REC-05), since its columns are not those agreed.
 */
final class FixedWidthReader implements RecordReader {
  private final FixedWidth format;
  private final KnownColumns columns;
  private final boolean bytewise;
  private final Totals totals;
  private final Totals footer;
  private final LineScanner lines;
  private final RowLayout layout;
  private final int[] from;
  private final int[] to;
  private final int width;

  /** Where each character of the current line begins, and behind them where the line ends. */
  private final int[] begins;

  /** First byte behind the last column, set by {@link #bounds}. */
  private int behind;

  /**
   * @param bytewise cells whose text is one character a byte, for a decoder behind this reader
   */
  FixedWidthReader(FixedWidth format, KnownColumns columns, boolean bytewise) {
    this.format = format;
    this.columns = columns;
    this.bytewise = bytewise;
    this.totals = new Totals(format.totals(), bytewise);
    this.footer = new Totals(format.footer(), bytewise);
    this.lines = new LineScanner(format.limits().bytes());
    List<FixedWidth.Span> spans = List.copyOf(format.columns().values());
    this.layout = RowLayout.of(new ArrayList<>(format.columns().keySet()), columns.melted());
    this.from = spans.stream().mapToInt(span -> span.from() - 1).toArray();
    this.to = spans.stream().mapToInt(FixedWidth.Span::to).toArray();
    this.width = Arrays.stream(to).max().orElse(0);
    this.begins = new int[width + 1];
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) {
    lines.open(bytes);
    return new Rows(false);
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    lines.open(head);
    lines.next();
    lines.open(bytes, line);
    return new Rows(true);
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    lines.open(bytes);
    List<RowStart> cuts = new ArrayList<>();
    long last = 0;
    boolean any = false;
    while (lines.next()) {
      if (lines.number() <= format.headerLine() || Lines.blank(lines)) {
        continue;
      }
      if (says(footer)) {
        break;
      }
      if (!says(totals)) {
        if (any && lines.offset() - last >= step && lines.offset() >= TextRecords.HEAD) {
          last = lines.offset();
          cuts.add(new RowStart(last, lines.number()));
        }
        any = true;
      }
    }
    return cuts;
  }

  /** Whether the first text of the current line is one of those. */
  private boolean says(Totals texts) {
    if (texts.none() || lines.tooLong()) {
      return false;
    }
    // The words of such a line seldom keep to the columns.
    if (texts.matches(RowText.text(lines.bytes, lines.start, lines.end, bytewise))) {
      return true;
    }
    int[] bounds = bounds(Lines.ascii(lines));
    for (int i = 0; i < bounds.length; i += 2) {
      String text =
          RowText.text(lines.bytes, lines.start + bounds[i], lines.start + bounds[i + 1], bytewise);
      if (!text.isBlank()) {
        return texts.matches(text);
      }
    }
    return false;
  }

  /**
   * First byte of each column's cell and the byte after its last, counted from the line's begin.
   */
  private int[] bounds(boolean ascii) {
    int length = lines.end - lines.start;
    int characters = 0;
    for (int i = 0; i < length && characters <= width; i++) {
      boolean begin = ascii || bytewise || (lines.bytes[lines.start + i] & 0xC0) != 0x80;
      if (begin) {
        begins[characters++] = i;
      }
    }
    int[] bounds = new int[2 * from.length];
    for (int i = 0; i < from.length; i++) {
      bounds[2 * i] = from[i] < characters ? begins[from[i]] : length;
      bounds[2 * i + 1] = to[i] < characters ? begins[to[i]] : length;
    }
    behind = characters > width ? begins[width] : length;
    return bounds;
  }

  private final class Rows extends TextRecords {
    private boolean stopped;

    Rows(boolean resumed) {
      super(!totals.none() || !footer.none());
      Set<String> missing = columns.missing(format.columns().keySet());
      if (!missing.isEmpty()) {
        stopped = true;
        if (!resumed) {
          String names = String.join(", ", format.columns().keySet());
          add(Flaws.file(MISSING_COLUMNS, names, String.join(", ", missing)));
        }
      }
    }

    @Override
    protected boolean read() throws IOException {
      if (stopped || !lines.next()) {
        return false;
      }
      if (lines.number() > format.headerLine() && !Lines.blank(lines)) {
        if (says(footer)) {
          stopped = true;
          passedOver(lines.number(), footer.quoted(text()));
        } else {
          row();
        }
      }
      return true;
    }

    private void row() {
      if (lines.tooLong()) {
        add(
            RowText.tooLong(
                lines.number(), lines.bytes, lines.start, lines.end, format.limits().bytes()));
        return;
      }
      boolean ascii = Lines.ascii(lines);
      RawRecord flaw =
          RowText.unreadable(
              lines.number(),
              lines.bytes,
              lines.start,
              lines.end,
              ascii || bytewise,
              Lines.control(lines));
      if (flaw != null) {
        add(flaw);
        return;
      }
      if (says(totals)) {
        totals(lines.number(), totals.quoted(text()));
        return;
      }
      int[] bounds = bounds(ascii);
      for (int i = lines.start + behind; i < lines.end; i++) {
        if (lines.bytes[i] > ' ' || lines.bytes[i] < 0) {
          add(
              Flaws.line(
                  lines.number(), text(), Flaws.of(WRONG_FIELD_COUNT, "> " + width, "≤ " + width)));
          return;
        }
      }
      byte[] own = Arrays.copyOfRange(lines.bytes, lines.start, lines.end);
      Cells.Kind kind = ascii ? Cells.Kind.ASCII : bytewise ? Cells.Kind.BYTEWISE : Cells.Kind.UTF8;
      layout.records(lines.number(), own, bounds, kind, this::add);
    }

    private String text() {
      return RowText.text(lines.bytes, lines.start, lines.end, bytewise);
    }
  }
}

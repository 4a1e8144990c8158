package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ROW_WITHOUT_VALUES;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNKNOWN_COLUMN;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.WRONG_FIELD_COUNT;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import vn.tnmt.lakehouse.ingestion.feed.Format;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * CSV with a header line (RFC 4180), on bytes, with exact line numbers also where quoted cells hold
 * line breaks.
 *
 * <p>One bad row costs one row: a quote that is never closed would swallow the rest of the file, so
 * a row may hold at most {@link #MAX_LINES_IN_ROW} lines; beyond that its first line alone is told
 * as broken (REC-05) and reading goes on with the line after it. Where the feed melts wide columns,
 * each non-blank melted cell is a record: the row's other cells, then the melted one; its part is
 * the column's number among the melted columns of the header.
 */
final class CsvReader implements RecordReader {
  static final int MAX_LINES_IN_ROW = 200;

  private final Format.Csv format;
  private final CsvColumns columns;

  /** Encoding of the header when cells are handed out bytewise; empty when all is UTF-8. */
  private final String bytewise;

  private final LineScanner lines = new LineScanner();

  /** Cells of the current row: begin and end, counted from the row's first byte. */
  private int[] from = new int[64];

  private int[] to = new int[64];
  private boolean[] quoted = new boolean[64];
  private int cells;

  CsvReader(Format.Csv format, CsvColumns columns) {
    this(format, columns, "");
  }

  /**
   * @param bytewise encoding of the header when cells are to be handed out bytewise (one character
   *     a byte); empty when the file is UTF-8
   */
  CsvReader(Format.Csv format, CsvColumns columns, String bytewise) {
    if (format.delimiter() >= 0x80 || format.quote() >= 0x80) {
      throw new IllegalArgumentException("delimiter and quote must be ASCII characters");
    }
    this.format = format;
    this.columns = columns;
    this.bytewise = bytewise;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) {
    lines.open(bytes);
    return new Rows();
  }

  private final class Rows extends FoundRecords {
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private Layout layout;
    private Breach told;
    private boolean stopped;

    @Override
    RawRecord find() throws IOException {
      while (ready.isEmpty() && !stopped && lines.next()) {
        if (Lines.blank(lines) || lines.number() < format.headerLine()) {
          continue;
        }
        if (layout == null) {
          stopped = !header();
        } else {
          row();
        }
      }
      RawRecord record = ready.poll();
      if (record == null || told == null) {
        return record;
      }
      List<Breach> breaches = new ArrayList<>(record.breaches());
      breaches.add(told);
      told = null;
      return new RawRecord(
          record.line(), record.part(), record.cells(), record.text(), List.copyOf(breaches));
    }

    /** Reads the header; false when the rows of this file cannot be understood. */
    private boolean header() throws IOException {
      RawRecord unreadable = cut();
      if (unreadable != null) {
        ready.add(unreadable);
        return false;
      }
      List<String> found = List.of(texts(oneByteEach()));
      List<String> names =
          names(bytewise.isEmpty() ? found : HeaderNames.read(found, columns.known(), bytewise));
      Set<String> missing = new TreeSet<>(columns.required());
      names.forEach(missing::remove);
      if (!columns.melted().isEmpty() && names.stream().noneMatch(columns.melted()::contains)) {
        missing.addAll(columns.melted());
      }
      if (!missing.isEmpty()) {
        ready.add(
            Flaws.line(
                lines.number(),
                lineText(),
                Flaws.of(MISSING_COLUMNS, String.join(", ", names), String.join(", ", missing))));
        return false;
      }
      List<String> unknown =
          names.stream().filter(name -> !columns.known().contains(name)).toList();
      if (!unknown.isEmpty()) {
        told = Flaws.of(UNKNOWN_COLUMN, String.join(", ", unknown), "");
      }
      layout = Layout.of(names, columns.melted());
      return true;
    }

    private void row() throws IOException {
      RawRecord unreadable = cut();
      if (unreadable != null) {
        ready.add(unreadable);
        return;
      }
      if (cells != layout.columns()) {
        boolean broken = cells < layout.columns() && !lines.terminated();
        ready.add(
            Flaws.line(
                lines.number(),
                lineText(),
                Flaws.of(
                    broken ? FILE_CUT_OFF : WRONG_FIELD_COUNT,
                    Integer.toString(cells),
                    Integer.toString(layout.columns()))));
        return;
      }
      layout.records(lines.number(), texts(oneByteEach()), ready);
    }
  }

  /**
   * Cuts the current line, and those that its quoted cells reach into, into cells. Gives the record
   * to report instead when that is impossible.
   */
  private RawRecord cut() throws IOException {
    if (!lines.tooLong() && !cutCells()) {
      lines.shrink();
      return Flaws.line(
          lines.number(),
          lineText(),
          Flaws.of(
              lines.terminated() ? WRONG_FIELD_COUNT : FILE_CUT_OFF,
              "",
              String.valueOf(format.quote())));
    }
    return bytewise.isEmpty()
        ? Lines.unreadable(lines, Lines.ascii(lines))
        : Lines.unreadableBytes(lines);
  }

  /** False when a quoted cell has no end. */
  private boolean cutCells() throws IOException {
    int joined = 1;
    cells = 0;
    int at = 0;
    while (true) {
      int begin = at;
      boolean inQuotes = begin < length() && byteAt(begin) == format.quote();
      boolean wasQuoted = inQuotes;
      if (inQuotes) {
        at++;
      }
      while (inQuotes || at < length() && byteAt(at) != format.delimiter()) {
        if (at >= length()) {
          if (joined++ == MAX_LINES_IN_ROW || !lines.extend()) {
            return false;
          }
        } else if (wasQuoted && byteAt(at++) == format.quote()) {
          inQuotes = !inQuotes;
        } else if (!wasQuoted) {
          at++;
        }
      }
      add(begin, at, wasQuoted);
      if (at >= length()) {
        return true;
      }
      at++;
    }
  }

  /** Whether the current line is to be taken one character a byte. */
  private boolean oneByteEach() {
    return !bytewise.isEmpty() || Lines.ascii(lines);
  }

  private int length() {
    return lines.end - lines.start;
  }

  private byte byteAt(int offset) {
    return lines.bytes[lines.start + offset];
  }

  private void add(int begin, int end, boolean isQuoted) {
    if (cells == from.length) {
      from = Arrays.copyOf(from, cells * 2);
      to = Arrays.copyOf(to, cells * 2);
      quoted = Arrays.copyOf(quoted, cells * 2);
    }
    from[cells] = begin;
    to[cells] = end;
    quoted[cells++] = isQuoted;
  }

  private String[] texts(boolean ascii) {
    String[] texts = new String[cells];
    for (int i = 0; i < cells; i++) {
      String text = Utf8.text(lines.bytes, lines.start + from[i], lines.start + to[i], ascii);
      texts[i] = quoted[i] ? unquoted(text) : text;
    }
    return texts;
  }

  /** Takes the quotes off; text after the closing quote is kept. */
  private String unquoted(String text) {
    int close = text.indexOf(format.quote(), 1);
    if (close == text.length() - 1) {
      return text.substring(1, close);
    }
    StringBuilder plain = new StringBuilder(text.length());
    boolean inside = true;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != format.quote()) {
        plain.append(c);
      } else if (inside && i + 1 < text.length() && text.charAt(i + 1) == c) {
        plain.append(c);
        i++;
      } else {
        inside = !inside;
      }
    }
    return plain.toString();
  }

  private String lineText() {
    boolean ascii = Lines.ascii(lines);
    return ascii || Utf8.valid(lines.bytes, lines.start, lines.end)
        ? Utf8.text(lines.bytes, lines.start, lines.end, ascii)
        : Utf8.bytewise(lines.bytes, lines.start, lines.end);
  }

  /** Header names: trimmed, NFC, each once (a repeated name gets its number). */
  private static List<String> names(List<String> texts) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>(texts.size());
    for (String text : texts) {
      String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
      String unique = name;
      for (int i = 2; !taken.add(unique); i++) {
        unique = name + "#" + i;
      }
      names.add(unique);
    }
    return names;
  }

  /**
   * How a file's columns become the cells of records.
   *
   * @param kept positions of the cells that every record of a row has
   * @param melted positions of the cells that are records of their own
   * @param shapes names of the cells: for each melted column, then for a row without a value
   */
  private record Layout(int columns, int[] kept, int[] melted, Header[] shapes) {
    static Layout of(List<String> names, Set<String> meltedNames) {
      int[] kept = positions(names, name -> !meltedNames.contains(name));
      int[] melted = positions(names, meltedNames::contains);
      List<String> keptNames = IntStream.of(kept).mapToObj(names::get).toList();
      Header[] shapes = new Header[melted.length + 1];
      for (int part = 0; part < melted.length; part++) {
        List<String> cellNames = new ArrayList<>(keptNames);
        cellNames.add(names.get(melted[part]));
        shapes[part] = Header.of(cellNames);
      }
      shapes[melted.length] = Header.of(keptNames);
      return new Layout(names.size(), kept, melted, shapes);
    }

    private static int[] positions(List<String> names, Predicate<String> wanted) {
      return IntStream.range(0, names.size()).filter(i -> wanted.test(names.get(i))).toArray();
    }

    void records(long line, String[] texts, Deque<RawRecord> out) {
      if (melted.length == 0) {
        out.add(new RawRecord(line, 0, new Cells(shapes[0], texts), "", List.of()));
        return;
      }
      for (int part = 0; part < melted.length; part++) {
        String value = texts[melted[part]];
        if (!value.isBlank()) {
          String[] values = kept(texts, kept.length + 1);
          values[kept.length] = value;
          out.add(new RawRecord(line, part, new Cells(shapes[part], values), "", List.of()));
        }
      }
      if (out.isEmpty()) {
        Cells cells = new Cells(shapes[melted.length], kept(texts, kept.length));
        out.add(new RawRecord(line, 0, cells, "", List.of(Flaws.of(ROW_WITHOUT_VALUES, "", ""))));
      }
    }

    private String[] kept(String[] texts, int length) {
      String[] values = new String[length];
      for (int i = 0; i < kept.length; i++) {
        values[i] = texts[kept[i]];
      }
      return values;
    }
  }
}

package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.BINARY_CONTENT;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.EMPTY_FILE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NAME_NOT_IN_PATTERN;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.text.Bytes;

/**
 * Answers for whole files, so that the readers of text formats need not: a name outside the pattern
 * (REC-03), nothing in the file (REC-01), binary content (REC-02), UTF-16 (REC-06). UTF-8 byte
 * order marks, one or more, and the Ctrl-Z with which DOS ends files are taken off. Every file
 * yields at least one record.
 */
public final class GuardedReader implements RecordReader {
  /** A file is binary when more than one in this many of its first bytes are control characters. */
  private static final int CONTROL_SHARE = 20;

  private static final int SHOWN_BYTES = 16;

  private final RecordReader reader;
  private final byte[] head = new byte[8192];

  private final boolean text;

  public GuardedReader(RecordReader reader) {
    this(reader, true);
  }

  private GuardedReader(RecordReader reader, boolean text) {
    this.reader = reader;
    this.text = text;
  }

  /** For formats that are not text, or tell their encoding themselves: only REC-01 and REC-03. */
  public static GuardedReader ofAnyBytes(RecordReader reader) {
    return new GuardedReader(reader, false);
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    Begin begin = begin(file.path(), file.recognised(), bytes);
    return new AtLeastOne(
        begin.flaw == null ? reader.open(file, begin.rest) : new OneRecord(begin.flaw));
  }

  @Override
  public boolean resumes() {
    return reader.resumes();
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    Begin begin = begin(file.path(), file.recognised(), head);
    return begin.flaw == null
        ? reader.resume(file, begin.rest, line, text ? new WithoutCtrlZ(bytes) : bytes)
        : new NoRecord();
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    Begin begin = begin("", true, bytes);
    return begin.flaw != null
        ? List.of()
        : reader.cuts(begin.rest, step).stream()
            .map(cut -> new RowStart(cut.offset() + begin.mark, cut.line()))
            .toList();
  }

  /**
   * @param flaw of the whole file; null when its records are to be read
   * @param mark bytes of the byte order mark
   */
  private record Begin(@Nullable RawRecord flaw, int mark, InputStream rest) {
    static Begin flawed(RawRecord flaw) {
      return new Begin(flaw, 0, InputStream.nullInputStream());
    }
  }

  private Begin begin(String path, boolean recognised, InputStream bytes) throws IOException {
    if (!recognised) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      return Begin.flawed(Flaws.file(NAME_NOT_IN_PATTERN, name, ""));
    }
    int length = bytes.readNBytes(head, 0, head.length);
    if (text && utf16(length)) {
      return Begin.flawed(Flaws.file(NOT_UTF8, "UTF-16", "UTF-8"));
    }
    if (text && binary(length)) {
      String kind = FileKinds.name(head, length);
      String shown = HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(length, SHOWN_BYTES));
      return Begin.flawed(Flaws.file(BINARY_CONTENT, kind.isEmpty() ? shown : kind, ""));
    }
    int mark = text ? Bytes.marks(head, length) : 0;
    if (length < head.length && blank(mark, length)) {
      return Begin.flawed(Flaws.file(EMPTY_FILE, "", ""));
    }
    InputStream rest =
        length < head.length
            ? new ByteArrayInputStream(head, mark, length - mark)
            : Rejoined.of(head, mark, length, bytes);
    return new Begin(null, mark, text ? new WithoutCtrlZ(rest) : rest);
  }

  /** Whether the text is UTF-16: by its mark, or as every other byte of its letters is 0. */
  private boolean utf16(int length) {
    if (length >= 2 && (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE))) {
      return true;
    }
    int[] zeros = new int[2];
    for (int i = 0; i < length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int most = Math.max(zeros[0], zeros[1]);
    return Math.min(zeros[0], zeros[1]) == 0 && most * 4 > length;
  }

  private boolean startsWith(int first, int second) {
    return (head[0] & 0xFF) == first && (head[1] & 0xFF) == second;
  }

  private boolean blank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (head[i] > ' ' || head[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean binary(int length) {
    int controls = 0;
    for (int i = 0; i < length; i++) {
      if (Utf8.control(head[i])) {
        controls++;
      }
    }
    return controls * CONTROL_SHARE > length;
  }

  private record NoRecord() implements Records {
    @Override
    public boolean hasNext() {
      return false;
    }

    @Override
    public RawRecord next() {
      throw new NoSuchElementException();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private record OneRecord(RawRecord record) implements Records {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public RawRecord next() {
      return record;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  /** The records of a reader; for a file that has none, the record that says so. */
  private static final class AtLeastOne implements Records {
    private final Records records;
    private boolean any;
    private boolean done;

    AtLeastOne(Records records) {
      this.records = records;
    }

    @Override
    public boolean hasNext() {
      return !done && (!any || records.hasNext());
    }

    @Override
    public RawRecord next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      boolean found = records.hasNext();
      done = !found || records instanceof OneRecord;
      any = true;
      return found ? records.next() : Flaws.file(EMPTY_FILE, "", "");
    }

    @Override
    public List<RowCount> counts() throws IOException {
      return records.counts();
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Hands out of each record only the cells that the feed uses ({@code keep: used}), so that what
 * else a file says, of persons above all, is in no table, receipt or fingerprint. The names that
 * are kept count, not those that are left out: a column that a publisher adds one day is left out.
 *
 * <p>The text of a line that could not be cut into cells is left out whole, as are the values in
 * what is told about cells that are not kept, and about a whole record or file unless the rule is
 * known to quote nothing of it.
 */
final class UsedCellsReader implements RecordReader {
  /**
   * What is told of a whole record or file in our own words, numbers and file names. All that is
   * not here may quote what the file says: a row of totals, a header that is a row of data, a sheet
   * or element named after somebody.
   */
  private static final Set<String> NEVER_QUOTE =
      Stream.of(
              BuiltInRules.EMPTY_FILE,
              BuiltInRules.NAME_NOT_IN_PATTERN,
              BuiltInRules.FILE_CUT_OFF,
              BuiltInRules.WRONG_FIELD_COUNT,
              BuiltInRules.GEOMETRY_REPAIRED,
              BuiltInRules.GEOMETRY_UNUSABLE,
              BuiltInRules.ROW_WITHOUT_VALUES,
              BuiltInRules.READ_AS,
              BuiltInRules.TOO_MANY_COLUMNS,
              BuiltInRules.RECORD_TOO_LONG,
              BuiltInRules.FILE_PROTECTED,
              BuiltInRules.RECORD_TOO_LARGE,
              BuiltInRules.COUNT_DIFFERS,
              BuiltInRules.KIND_NOT_READ,
              BuiltInRules.MERGED_CELLS)
          .map(BuiltInRules::code)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Line and column of what is broken, the line of a row of totals or of a footer: what these may
   * still tell.
   */
  private static final Map<String, Pattern> PLACES =
      Map.of(
          BuiltInRules.BROKEN_JSON.code(), Pattern.compile("\\d{1,10}:\\d{1,10}\\z"),
          BuiltInRules.BROKEN_XML.code(), Pattern.compile("\\d{1,10}:\\d{1,10}\\z"),
          BuiltInRules.TOTALS_LEFT_OUT.code(), Pattern.compile("\\d{1,19}(?=: )"),
          BuiltInRules.PASSED_OVER.code(), Pattern.compile("\\d{1,19}(?=: )"));

  private final RecordReader reader;
  private final Set<String> used;

  /**
   * @param used delivered names, and those of the names that readers give ({@code $geometry})
   */
  UsedCellsReader(RecordReader reader, Set<String> used) {
    this.reader = reader;
    this.used = used;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Used(reader.open(file, bytes));
  }

  @Override
  public boolean resumes() {
    return reader.resumes();
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    return new Used(reader.resume(file, head, line, bytes));
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    return reader.cuts(bytes, step);
  }

  /** The columns of a receipt are taken off later, and told then. */
  private boolean kept(String name) {
    return used.contains(name) || Corrections.ours(name);
  }

  /** What is left of one header; itself when nothing is left out. */
  private static final class Shape {
    private final Header header;
    private final int[] positions;

    Shape(Header header, int... positions) {
      this.header = header;
      this.positions = positions;
    }
  }

  private Shape shape(Header delivered) {
    int[] positions = new int[delivered.size()];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      if (kept(delivered.names().get(i))) {
        positions[names.size()] = i;
        names.add(delivered.names().get(i));
      }
    }
    return names.size() == positions.length
        ? new Shape(delivered, positions)
        : new Shape(Header.of(names), Arrays.copyOf(positions, names.size()));
  }

  private final class Used implements Records {
    /** Formats whose records have headers of their own would fill the map without end. */
    private static final int MOST_SHAPES = 4096;

    private final Records records;
    private final IdentityHashMap<Header, Shape> shapes = new IdentityHashMap<>();

    Used(Records records) {
      this.records = records;
    }

    @Override
    public SourceFile file(SourceFile opened) {
      return records.file(opened);
    }

    @Override
    public boolean hasNext() {
      return records.hasNext();
    }

    @Override
    public RawRecord next() {
      RawRecord record = records.next();
      boolean uncut = record.cells().isEmpty() && !record.text().isEmpty();
      List<Breach> breaches =
          record.breaches().stream().map(breach -> with(breach, told(breach, uncut))).toList();
      return new RawRecord(record.line(), record.part(), cells(record.cells()), "", breaches);
    }

    private String told(Breach breach, boolean uncut) {
      boolean whole =
          breach.column().isEmpty()
              ? NEVER_QUOTE.contains(breach.rule())
              : !uncut && kept(breach.column());
      if (whole) {
        return breach.value();
      }
      Pattern place = breach.column().isEmpty() ? PLACES.get(breach.rule()) : null;
      Matcher found = place == null ? null : place.matcher(breach.value());
      return found != null && found.lookingAt() ? found.group() : "";
    }

    private static Breach with(Breach breach, String value) {
      return value.equals(breach.value())
          ? breach
          : new Breach(breach.rule(), breach.severity(), breach.column(), value, breach.expected());
    }

    private Map<String, String> cells(Map<String, String> delivered) {
      Cells cells = Cells.copyOf(delivered);
      if (shapes.size() == MOST_SHAPES) {
        shapes.clear();
      }
      Shape shape = shapes.computeIfAbsent(cells.header(), UsedCellsReader.this::shape);
      if (shape.header == cells.header()) {
        return cells;
      }
      String[] values = new String[shape.positions.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = cells.text(shape.positions[i]);
      }
      return new Cells(shape.header, values);
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

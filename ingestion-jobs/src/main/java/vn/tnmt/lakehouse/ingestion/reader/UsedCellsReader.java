package vn.tnmt.lakehouse.ingestion.reader;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Hands out of each record only the cells that the feed uses ({@code keep: used}), so that what
 * else a file says, of persons above all, is in no table, receipt or fingerprint. The names that
 * are kept count, not those that are left out: a column that a publisher adds one day is left out.
 *
 * <p>The text of a line that could not be cut into cells is left out whole, as are the values in
 * what is told about it and about cells that are not kept.
 */
final class UsedCellsReader implements RecordReader {
  /** What quotes the header, which is a row of data in a file that has none. */
  private static final Set<String> NAMES_COLUMNS =
      Set.of(BuiltInRules.MISSING_COLUMNS.code(), BuiltInRules.UNKNOWN_COLUMN.code());

  private final RecordReader reader;
  private final Set<String> used;

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

  /** Our own names ({@code $geometry}, the columns of a receipt) say nothing of anybody. */
  private boolean kept(String name) {
    return used.contains(name) || name.startsWith("$") || Corrections.ours(name);
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
          record.breaches().stream()
              .map(breach -> uncut || !told(breach) ? without(breach) : breach)
              .toList();
      return new RawRecord(record.line(), record.part(), cells(record.cells()), "", breaches);
    }

    private boolean told(Breach breach) {
      return breach.column().isEmpty()
          ? !NAMES_COLUMNS.contains(breach.rule())
          : kept(breach.column());
    }

    private Breach without(Breach breach) {
      return new Breach(breach.rule(), breach.severity(), breach.column(), "", breach.expected());
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

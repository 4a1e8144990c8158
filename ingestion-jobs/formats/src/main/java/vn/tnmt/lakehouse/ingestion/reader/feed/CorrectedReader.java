package vn.tnmt.lakehouse.ingestion.reader.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Corrections;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Takes rejected rows back that a publisher has mended: the columns that we had added ({@link
 * Corrections}) are told once for each file (REC-52) and left out, and cells are what they were
 * before they were made inert. Other files pass as they are.
 */
public final class CorrectedReader implements RecordReader {
  private final RecordReader reader;

  CorrectedReader(RecordReader reader) {
    this.reader = reader;
  }

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Corrected(reader.open(file, bytes), false);
  }

  @Override
  public boolean resumes() {
    return reader.resumes();
  }

  @Override
  public Records resume(SourceFile file, InputStream head, long line, InputStream bytes)
      throws IOException {
    return new Corrected(reader.resume(file, head, line, bytes), true);
  }

  @Override
  public List<RowStart> cuts(InputStream bytes, long step) throws IOException {
    return reader.cuts(bytes, step);
  }

  /**
   * How the records of one header lose our columns.
   *
   * @param header what is left
   * @param kept positions of its names in the delivered header
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  private record Shape(Header delivered, Header header, int[] kept) {
    static Shape of(Header delivered) {
      List<String> names = delivered.names();
      int[] kept = new int[names.size()];
      List<String> own = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (!Corrections.ours(names.get(i))) {
          kept[own.size()] = i;
          own.add(names.get(i));
        }
      }
      return own.size() == names.size()
          ? new Shape(delivered, delivered, kept)
          : new Shape(delivered, Header.of(own), Arrays.copyOf(kept, own.size()));
    }

    boolean untouched() {
      return header == delivered;
    }

    Cells cells(Cells cells) {
      String[] values = new String[kept.length];
      for (int i = 0; i < kept.length; i++) {
        values[i] = Corrections.original(cells.text(kept[i]));
      }
      return new Cells(header, values);
    }
  }

  private static final class Corrected implements Records {
    /** Formats whose records have headers of their own would fill the map without end. */
    private static final int MOST_SHAPES = 4096;

    private final Records records;
    private final IdentityHashMap<Header, Shape> shapes = new IdentityHashMap<>();
    private Shape shape = Shape.of(Header.of());
    private boolean told;

    Corrected(Records records, boolean told) {
      this.records = records;
      this.told = told;
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
      if (record.cells().isEmpty()) {
        return record;
      }
      Cells cells = Cells.copyOf(record.cells());
      if (cells.header() != shape.delivered()) {
        shape = shape(cells.header());
      }
      if (shape.untouched()) {
        return record;
      }
      List<Breach> breaches = record.breaches();
      if (!told) {
        told = true;
        breaches = new ArrayList<>(breaches);
        Set<String> ours = new TreeSet<>(cells.header().names());
        ours.removeIf(name -> !Corrections.ours(name));
        breaches.add(Flaws.of(BuiltInRules.CORRECTION_COLUMNS, String.join(", ", ours), ""));
      }
      return new RawRecord(
          record.line(), record.part(), shape.cells(cells), record.text(), List.copyOf(breaches));
    }

    private Shape shape(Header header) {
      if (shapes.size() == MOST_SHAPES) {
        shapes.clear();
      }
      return shapes.computeIfAbsent(header, Shape::of);
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

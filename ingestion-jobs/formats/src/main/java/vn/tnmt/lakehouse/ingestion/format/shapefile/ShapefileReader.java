package vn.tnmt.lakehouse.ingestion.format.shapefile;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.CRS_NOT_ACCEPTED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_CUT_OFF;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.FILE_DAMAGED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.GEOMETRY_REPAIRED;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.GEOMETRY_UNUSABLE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.MISSING_COLUMNS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PASSED_OVER;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.READ_AS;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.UNKNOWN_COLUMN;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.format.Reading;
import vn.tnmt.lakehouse.ingestion.format.dbf.BundledParts;
import vn.tnmt.lakehouse.ingestion.format.dbf.DbfTable;
import vn.tnmt.lakehouse.ingestion.reader.BinaryGuard;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;
import vn.tnmt.lakehouse.ingestion.reader.KnownColumns;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RowCount;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.Unreadable;
import vn.tnmt.lakehouse.ingestion.reader.table.Globs;
import vn.tnmt.lakehouse.ingestion.reader.table.TableLayout;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * ESRI Shapefiles: a zip of .shp, .dbf, .prj and .cpg, as sent or as collecting bundles the parts
 * of a folder. The record's line is the shape's number.
 *
 * <p>Cells are the attributes, then {@code $geometry} as WKB in hexadecimal letters (absent for a
 * null shape). Where a feed reads several layers, or asks for it, cell {@code $layer} names the
 * layer; the records of the n-th one (from 0) have part n, or, where the feed melts, parts from n ×
 * 65,536 on.
 */
final class ShapefileReader implements BinaryGuard.Opening {
  private static final int PARTS_OF_LAYER = 1 << 16;
  private static final int SHOWN = 2048;
  private static final int INDEX_HEADER = 100;
  private static final int INDEX_ENTRY = 8;

  private final Shapefile format;
  private final KnownColumns columns;
  private final char decimal;
  private final boolean bytewise;
  private final ShapeWkb wkb = new ShapeWkb();

  ShapefileReader(Shapefile format, Reading reading) {
    this.format = format;
    this.columns = reading.columns();
    this.decimal = reading.decimal();
    this.bytewise = reading.bytewise();
  }

  @Override
  public BinaryGuard.Found open(SourceFile file, InputStream bytes) throws IOException {
    BundledParts parts = BundledParts.open(bytes, format.limits());
    try {
      return new Layers(parts, layers(parts));
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private List<String> layers(BundledParts parts) throws Unreadable {
    List<String> all = parts.stems("shp");
    List<String> found = all;
    if (!format.layer().isEmpty()) {
      Globs names = Globs.of(List.of(format.layer()));
      found = all.stream().filter(stem -> names.match(name(stem))).toList();
    }
    if (found.isEmpty() || (found.size() > 1 && !format.layer().contains("*"))) {
      throw Unreadable.damaged(
          "lớp / layers: " + String.join(", ", all.stream().limit(20).toList()),
          format.layer().isEmpty() ? "1 .shp" : "layer " + format.layer());
    }
    return found;
  }

  private static String name(String stem) {
    return stem.substring(stem.lastIndexOf('/') + 1);
  }

  private final class Layers implements BinaryGuard.Found {
    private final BundledParts parts;
    private final List<String> layers;
    private final boolean layerTold =
        format.layer().contains("*") || columns.known().contains(Cells.LAYER);
    private final Deque<RawRecord> ready = new ArrayDeque<>();
    private final List<Breach> told = new ArrayList<>();
    private final List<Breach> remarks = new ArrayList<>();
    private int layer = -1;
    private @Nullable InputStream shapeBytes;
    private @Nullable ShapeRecords shapes;
    private @Nullable DbfTable table;
    private List<Breach> always = List.of();
    private int width;
    private TableLayout layout;
    private TableLayout withGeometry;
    private boolean shapesEnded;
    private boolean tableEnded;
    private boolean skip;
    private long line;
    private long deleted;
    private long given;
    private long shapeCount;
    private final List<RowCount> counts = new ArrayList<>();

    Layers(BundledParts parts, List<String> layers) {
      this.parts = parts;
      this.layers = layers;
    }

    @Override
    public @Nullable RawRecord find() throws IOException {
      while (ready.isEmpty()) {
        if (shapes == null) {
          if (++layer >= layers.size()) {
            return null;
          }
          RawRecord refused = open(layers.get(layer));
          if (refused != null) {
            return refused;
          }
        }
        RawRecord record = skip ? null : next();
        if (record != null) {
          return record;
        }
        endOfLayer();
      }
      return ready.poll();
    }

    private RawRecord open(String stem) throws IOException {
      line = 0;
      deleted = 0;
      given = 0;
      shapeCount = 0;
      shapesEnded = false;
      skip = false;
      InputStream indexed = IndexedShapes.open(parts, stem);
      shapeBytes = indexed == null ? parts.open(stem, "shp") : indexed;
      if (indexed != null) {
        told.add(Flaws.of(READ_AS, name(stem) + ": theo thứ tự / in the order of .shx", ""));
      }
      shapes = ShapeRecords.open(shapeBytes);
      table = parts.has(stem, "dbf") ? parts.table(stem, decimal, bytewise) : null;
      tableEnded = table == null;
      List<String> names = new ArrayList<>(layerTold ? List.of(Cells.LAYER) : List.of());
      if (table == null) {
        told.add(Flaws.of(READ_AS, name(stem) + ": không có / no .dbf", ""));
      } else {
        names.addAll(table.names());
        told.addAll(table.doubts());
      }
      width = names.size();
      layout = TableLayout.of(names, columns.melted(), "");
      names.add(Cells.GEOMETRY);
      withGeometry = TableLayout.of(names, columns.melted(), "");
      crs(stem);
      return columns(names);
    }

    private void crs(String stem) throws IOException {
      Crs crs = format.crs().isEmpty() ? Crs.ofPrj(parts.text(stem, "prj")) : Crs.of(format.crs());
      always = List.of();
      if (crs.name().isEmpty()) {
        told.add(Flaws.of(READ_AS, name(stem) + ": không có / no .prj", Crs.ACCEPTED));
      } else if (!crs.accepted()) {
        always = List.of(Flaws.of(CRS_NOT_ACCEPTED, crs.name(), Crs.ACCEPTED));
      }
    }

    private @Nullable RawRecord columns(List<String> names) {
      Set<String> missing = columns.missing(names);
      if (!missing.isEmpty()) {
        skip = true;
        told.clear();
        return record(
            Cells.none(),
            "",
            List.of(
                Flaws.of(MISSING_COLUMNS, String.join(", ", names), String.join(", ", missing))));
      }
      List<String> unknown =
          names.stream()
              .filter(name -> !name.startsWith("$") && !columns.known().contains(name))
              .toList();
      if (!unknown.isEmpty()) {
        told.add(Flaws.of(UNKNOWN_COLUMN, String.join(", ", unknown), ""));
      }
      return null;
    }

    private @Nullable RawRecord next() throws IOException {
      while (true) {
        shapesEnded = shapesEnded || !shapes.next();
        tableEnded = tableEnded || !table.next();
        if (shapesEnded && tableEnded) {
          return null;
        }
        line++;
        shapeCount += shapesEnded ? 0 : 1;
        if (!tableEnded && table.flaw() == null && table.deleted()) {
          deleted++;
          continue;
        }
        given++;
        return record();
      }
    }

    private RawRecord record() throws IOException {
      List<Breach> breaches = new ArrayList<>(always);
      String[] values = attributes(breaches);
      String text = "";
      String geometry = null;
      if (shapesEnded) {
        breaches.add(Flaws.of(GEOMETRY_UNUSABLE, GeometryWords.NO_SHAPE, ""));
      } else if (!shapes.problem().isEmpty()) {
        breaches.add(
            shapes.cutOff()
                ? Flaws.of(FILE_CUT_OFF, ".shp: " + shapes.problem(), "")
                : Flaws.of(GEOMETRY_UNUSABLE, shapes.problem(), ""));
        text = shown();
      } else {
        geometry = wkb.of(shapes.bytes(), shapes.buffer(), shapes.content(), shapes.length());
        if (!wkb.problem().isEmpty()) {
          breaches.add(Flaws.of(GEOMETRY_UNUSABLE, wkb.problem(), ""));
          geometry = null;
          text = shown();
        } else if (!wkb.mended().isEmpty()) {
          breaches.add(Flaws.of(GEOMETRY_REPAIRED, wkb.mended(), ""));
        }
      }
      if (values == null) {
        return record(Cells.none(), text.isEmpty() ? table.text() : text, breaches);
      }
      if (geometry == null) {
        return records(layout, values, text, breaches);
      }
      String[] all = Arrays.copyOf(values, values.length + 1);
      all[values.length] = geometry;
      return records(withGeometry, all, text, breaches);
    }

    /** The first record of a shape; the others, of melted columns, are ready behind it. */
    private RawRecord records(TableLayout of, String[] values, String text, List<Breach> breaches) {
      of.records(line, part(), values, "", breaches, ready);
      RawRecord first = ready.poll();
      return new RawRecord(line, first.part(), first.cells(), text, withTold(first.breaches()));
    }

    /** Values of the table's record; null when it cannot be read. */
    private String @Nullable [] attributes(List<Breach> breaches) throws IOException {
      if (tableEnded && table != null) {
        breaches.add(
            Flaws.of(FILE_DAMAGED, ".dbf: không có bản ghi / no record " + line, ".dbf = .shp"));
      }
      int first = layerTold ? 1 : 0;
      String[] values = new String[width];
      Arrays.fill(values, "");
      if (layerTold) {
        values[0] = name(layers.get(layer));
      }
      if (tableEnded) {
        return values;
      }
      if (table.flaw() != null) {
        breaches.add(table.flaw());
        return null;
      }
      String[] read = table.values(0);
      System.arraycopy(read, 0, values, first, read.length);
      breaches.addAll(table.breaches());
      return values;
    }

    private String shown() {
      int length = Math.min(shapes.length(), SHOWN);
      return HexFormat.of().formatHex(shapes.bytes(), shapes.content(), shapes.content() + length);
    }

    private RawRecord record(Cells cells, String text, List<Breach> breaches) {
      return new RawRecord(line, part(), cells, text, withTold(breaches));
    }

    private List<Breach> withTold(List<Breach> breaches) {
      List<Breach> all = new ArrayList<>(breaches);
      all.addAll(told);
      told.clear();
      return List.copyOf(all);
    }

    private void endOfLayer() throws IOException {
      if (deleted > 0) {
        remarks.add(Flaws.of(PASSED_OVER, "bản ghi đã xóa / deleted records: " + deleted, ""));
      }
      if (!skip) {
        addCounts();
      }
      closeLayer();
    }

    /** What index and table of the layer say. */
    private void addCounts() throws IOException {
      long index = parts.has(stem(), "shx") ? indexed(stem()) : -1;
      if (index >= 0 && !shapes.cutOff()) {
        counts.add(new RowCount(part(), ".shx", index, shapeCount - given));
      }
      if (table != null) {
        remarks.addAll(table.remarks());
        counts.addAll(table.counts(part(), given));
      }
    }

    private String stem() {
      return layers.get(layer);
    }

    /** Records that the header of the index tells; -1 when it is no index. */
    private long indexed(String stem) throws IOException {
      try (InputStream in = parts.open(stem, "shx")) {
        byte[] head = in.readNBytes(INDEX_HEADER);
        ByteBuffer big = ByteBuffer.wrap(head);
        return head.length < INDEX_HEADER || big.getInt(0) != ShapeRecords.MAGIC
            ? -1
            : (big.getInt(24) * 2L - INDEX_HEADER) / INDEX_ENTRY;
      }
    }

    @Override
    public List<RowCount> counts() {
      return counts;
    }

    private void closeLayer() throws IOException {
      if (shapeBytes != null) {
        shapeBytes.close();
      }
      if (table != null) {
        table.close();
      }
      shapes = null;
      table = null;
    }

    @Override
    public long line() {
      return line + 1;
    }

    @Override
    public int part() {
      return Math.max(0, layer) * (columns.melted().isEmpty() ? 1 : PARTS_OF_LAYER);
    }

    @Override
    public List<Breach> remarks() {
      List<Breach> all = new ArrayList<>(told);
      all.addAll(remarks);
      return all;
    }

    @Override
    public void close() throws IOException {
      closeLayer();
      parts.close();
    }
  }
}

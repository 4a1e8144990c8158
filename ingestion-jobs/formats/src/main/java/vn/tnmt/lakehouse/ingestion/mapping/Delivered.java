package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Melt;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.text.Notation;

/**
 * The current record, as the sources of a mapping see it. Cell names are resolved to positions once
 * for each header, the file's name is taken apart once for each file.
 */
final class Delivered {
  /** More shapes than this come only from files with a new shape in every record. */
  private static final int MAX_SHAPES = 1000;

  private final FilePattern pattern;
  private final Format format;
  private final Map<String, Melt.Melted> melt;
  private final List<String> cellNames = new ArrayList<>();
  private final IdentityHashMap<Header, Shape> shapes = new IdentityHashMap<>();

  private SourceFile file;
  private Map<String, String> groups = Map.of();
  private Header header;
  private Shape shape;
  private Cells cells;

  Delivered(Feed feed) {
    this.melt = feed.melt().columns();
    this.pattern = feed.transport().pattern();
    this.format = feed.format();
  }

  /** Reads the text of one source from the current record; null when the record has none. */
  @FunctionalInterface
  interface Getter {
    String text();
  }

  /** To be called for every source before the first {@link #move}. */
  Getter getter(Source source) {
    return switch (source.kind()) {
      case CELL -> cell(source.name());
      case PATH -> () -> groups.get(source.name());
      case MELT ->
          switch (source.name()) {
            case "column" -> () -> shape.melted == null ? null : shape.lastName;
            case "parameter" -> () -> shape.melted == null ? null : shape.melted.parameter();
            case "unit" -> () -> shape.melted == null ? null : shape.melted.unit();
            default -> () -> shape.melted == null ? null : cells.text(cells.size() - 1);
          };
      case GEOMETRY -> cell(Cells.GEOMETRY);
      case SHEET, LAYER -> cell(source.toString());
      case NONE, ROW -> () -> null;
    };
  }

  /** A source's cell in the current record as bytes of UTF-8, without making its text. */
  final class CellBytes {
    private final int slot;
    byte[] bytes;
    int from;
    int to;

    private CellBytes(int slot) {
      this.slot = slot;
    }

    /** False where the record has no such cell, or has it only as text. */
    boolean find() {
      int position = shape.positions[slot];
      if (position < 0 || cells.bytes() == null) {
        return false;
      }
      bytes = cells.bytes();
      from = cells.from(position);
      to = cells.to(position);
      return true;
    }
  }

  /** Null for sources that are no cells; to be called as {@link #getter}. */
  @Nullable CellBytes bytes(Source source) {
    return source.kind() == Source.Kind.CELL ? new CellBytes(slot(source.name())) : null;
  }

  /** How the current record's cell of a source is written; to be called as {@link #getter}. */
  Supplier<Notation> notation(Source source) {
    return switch (source.kind()) {
      case CELL -> {
        int slot = slot(source.name());
        yield () -> header.notation(shape.positions[slot]);
      }
      case MELT -> () -> header.notation(header.size() - 1);
      default -> () -> Notation.UNKNOWN;
    };
  }

  private int slot(String name) {
    int slot = cellNames.indexOf(name);
    if (slot < 0) {
      slot = cellNames.size();
      cellNames.add(name);
    }
    return slot;
  }

  private Getter cell(String name) {
    int fixed = slot(name);
    return () -> {
      int position = shape.positions[fixed];
      return position < 0 ? null : cells.text(position);
    };
  }

  @SuppressWarnings("ReferenceEquality") // asked for every record: another instance is read anew
  void move(RawRecord record, SourceFile recordFile) {
    if (recordFile != file) {
      file = recordFile;
      groups = groups(recordFile);
    }
    cells = Cells.copyOf(record.cells());
    if (cells.header() != header) {
      header = cells.header();
      if (shapes.size() > MAX_SHAPES) {
        shapes.clear();
      }
      shape = shapes.computeIfAbsent(header, this::shape);
    }
  }

  private Map<String, String> groups(SourceFile of) {
    Map<String, String> found =
        pattern.match(of.delivered()).map(FilePattern.Match::groups).orElse(Map.of());
    Map<String, String> both = new HashMap<>(format.memberGroups(of.member()));
    both.putAll(found);
    return both;
  }

  private Shape shape(Header of) {
    int[] positions = cellNames.stream().mapToInt(of::position).toArray();
    String last = of.size() == 0 ? "" : of.names().get(of.size() - 1);
    return new Shape(positions, last, melt.get(last));
  }

  /**
   * @param positions of the cells that the mapping names, -1 for those that the header lacks
   * @param melted what the last cell measures; null when it is no melted one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  private record Shape(int[] positions, String lastName, Melt.@Nullable Melted melted) {}
}

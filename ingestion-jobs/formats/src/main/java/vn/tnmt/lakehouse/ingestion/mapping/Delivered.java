package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

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
            default ->
                () -> shape.melted == null ? null : Texts.unforced(cells.text(cells.size() - 1));
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

    /** False where the record has no such cell, has it only as text, or with signs around it. */
    boolean find() {
      int position = shape.positions[slot];
      if (position < 0 || cells.bytes() == null) {
        return false;
      }
      bytes = cells.bytes();
      from = cells.from(position);
      to = cells.to(position);
      return from == to || !Texts.mayBeForced(bytes[from]);
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
      return position < 0 ? null : Texts.unforced(cells.text(position));
    };
  }

  /**
   * Tells of the cells that the mapping uses: signs of a spreadsheet that were taken off (REC-22),
   * control characters in texts (REC-02), another column or field of the same name that says
   * something else (REC-39).
   */
  void tell(Outcome outcome) {
    for (int i = 0; i < shape.used.length; i++) {
      int position = shape.used[i];
      boolean cut = cells.bytes() != null;
      if (!cut
          || (cells.from(position) < cells.to(position)
              && Texts.mayBeForced(cells.bytes()[cells.from(position)]))) {
        tell(position, cells.text(position), outcome);
      }
      for (int other : shape.sameName.get(i)) {
        if (!Texts.clean(cells.text(position)).equals(Texts.clean(cells.text(other)))) {
          outcome.add(
              BuiltInRules.SEVERAL_VALUES,
              header.names().get(position),
              named(position) + ", " + named(other),
              "");
        }
      }
    }
  }

  private void tell(int position, String text, Outcome outcome) {
    String name = header.names().get(position);
    String controls = Texts.withControls(text);
    String unforced = Texts.unforced(text);
    if (controls != null) {
      outcome.add(BuiltInRules.BINARY_CONTENT, name, controls, "UTF-8");
    } else if (!unforced.equals(text)) {
      outcome.add(BuiltInRules.READ_AS, name, unforced, text);
    }
  }

  private String named(int position) {
    return header.names().get(position) + " = " + cells.text(position);
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
    int[] positions = cellNames.stream().mapToInt(name -> position(of, name)).toArray();
    String last = of.size() == 0 ? "" : of.names().get(of.size() - 1);
    int[] used =
        IntStream.concat(
                IntStream.of(positions),
                melt.containsKey(last) ? IntStream.of(of.size() - 1) : IntStream.empty())
            .filter(position -> position >= 0 && !of.names().get(position).startsWith("$"))
            .distinct()
            .toArray();
    List<int[]> sameName =
        IntStream.of(used).mapToObj(position -> sameName(of, of.names().get(position))).toList();
    return new Shape(positions, last, melt.get(last), used, sameName);
  }

  /** Of a cell; {@code name#1} is the first of that name. */
  private static int position(Header of, String name) {
    int position = of.position(name);
    return position < 0 && name.endsWith("#1")
        ? of.position(name.substring(0, name.length() - 2))
        : position;
  }

  /** Other cells of a name, of which the feed does not say which one counts. */
  private int[] sameName(Header of, String name) {
    return Stream.concat(
            IntStream.iterate(2, number -> of.position(name + "#" + number) >= 0, i -> i + 1)
                .mapToObj(number -> name + "#" + number),
            Stream.of(name + "[2]"))
        .filter(other -> !cellNames.contains(name + "#1"))
        .filter(other -> !cellNames.contains(other) && !melt.containsKey(other))
        .mapToInt(of::position)
        .filter(position -> position >= 0)
        .toArray();
  }

  /**
   * @param positions of the cells that the mapping names, -1 for those that the header lacks
   * @param melted what the last cell measures; null when it is no melted one
   * @param used positions of the cells that the mapping uses, each once
   * @param sameName for each of them, positions of others of its name
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
  private record Shape(
      int[] positions,
      String lastName,
      Melt.@Nullable Melted melted,
      int[] used,
      List<int[]> sameName) {}
}

package vn.tnmt.lakehouse.ingestion.reader.text;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ROW_WITHOUT_VALUES;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;

/**
 * How a file's columns become the cells of records.
 *
 * @param kept positions of the cells that every record of a row has
 * @param melted positions of the cells that are records of their own
 * @param shapes names of the cells: for each melted column, then for a row without a value
 */
@SuppressWarnings("ArrayRecordComponent")
public record RowLayout(int columns, int[] kept, int[] melted, Header[] shapes) {
  public static RowLayout of(List<String> names, Set<String> meltedNames) {
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
    return new RowLayout(names.size(), kept, melted, shapes);
  }

  private static int[] positions(List<String> names, Predicate<String> wanted) {
    return IntStream.range(0, names.size()).filter(i -> wanted.test(names.get(i))).toArray();
  }

  /**
   * The records of one row.
   *
   * @param bytes owned by the records from now on
   * @param bounds first byte and the byte after the last of each column's cell
   */
  public void records(
      long line, byte[] bytes, int[] bounds, Cells.Kind kind, Consumer<RawRecord> out) {
    if (melted.length == 0) {
      out.accept(new RawRecord(line, 0, new Cells(shapes[0], bytes, bounds, kind), "", List.of()));
      return;
    }
    boolean any = false;
    for (int part = 0; part < melted.length; part++) {
      int column = melted[part];
      if (!blank(bytes, bounds[2 * column], bounds[2 * column + 1], kind)) {
        int[] own = kept(bounds, kept.length + 1);
        own[2 * kept.length] = bounds[2 * column];
        own[2 * kept.length + 1] = bounds[2 * column + 1];
        out.accept(
            new RawRecord(line, part, new Cells(shapes[part], bytes, own, kind), "", List.of()));
        any = true;
      }
    }
    if (!any) {
      Cells cells = new Cells(shapes[melted.length], bytes, kept(bounds, kept.length), kind);
      out.accept(new RawRecord(line, 0, cells, "", List.of(Flaws.of(ROW_WITHOUT_VALUES, "", ""))));
    }
  }

  private int[] kept(int[] bounds, int cells) {
    int[] own = new int[2 * cells];
    for (int i = 0; i < kept.length; i++) {
      own[2 * i] = bounds[2 * kept[i]];
      own[2 * i + 1] = bounds[2 * kept[i] + 1];
    }
    return own;
  }

  private static boolean blank(byte[] bytes, int from, int to, Cells.Kind kind) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ') {
        return false;
      }
      if (bytes[i] < 0) {
        return kind == Cells.Kind.UTF8
            && new String(bytes, from, to - from, StandardCharsets.UTF_8).isBlank();
      }
    }
    return true;
  }
}

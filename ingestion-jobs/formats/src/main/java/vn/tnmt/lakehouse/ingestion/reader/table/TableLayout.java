package vn.tnmt.lakehouse.ingestion.reader.table;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.ROW_WITHOUT_VALUES;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.Header;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.tables.rule.Breach;
import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * How the columns of a table become the cells of records: one record a row, or, where the feed
 * melts, one for each melted cell that is not blank (the row's other cells, then the melted one).
 *
 * @param kept positions of the cells that every record of a row has
 * @param melted positions of the cells that are records of their own
 * @param shapes names of the cells: for each melted column, then for a row without a value
 * @param extra the cell before all others ({@code $sheet}) has no column
 */
@SuppressWarnings("ArrayRecordComponent")
public record TableLayout(
    List<String> names, int[] kept, int[] melted, Header[] shapes, boolean extra) {

  /**
   * The layout of a table whose columns have these names.
   *
   * @param extraName name of a cell before all others; empty for none
   */
  public static TableLayout of(List<String> names, Set<String> meltedNames, String extraName) {
    int[] kept = positions(names, name -> !meltedNames.contains(name));
    int[] melted = positions(names, meltedNames::contains);
    List<String> keptNames = new ArrayList<>();
    if (!extraName.isEmpty()) {
      keptNames.add(extraName);
    }
    IntStream.of(kept).mapToObj(names::get).forEach(keptNames::add);
    Header[] shapes = new Header[melted.length + 1];
    for (int part = 0; part < melted.length; part++) {
      List<String> cellNames = new ArrayList<>(keptNames);
      cellNames.add(names.get(melted[part]));
      shapes[part] = Header.of(cellNames);
    }
    shapes[melted.length] = Header.of(keptNames);
    return new TableLayout(List.copyOf(names), kept, melted, shapes, !extraName.isEmpty());
  }

  private static int[] positions(List<String> names, Predicate<String> wanted) {
    return IntStream.range(0, names.size()).filter(i -> wanted.test(names.get(i))).toArray();
  }

  /**
   * Hands on the records that a row is melted into.
   *
   * @param texts of the row; null, or none at its end, for blank
   * @param part of the first record
   * @param breaches of the row, told with its first record; those of a melted cell with its own,
   *     and those that block with all whose cells they are
   */
  public void records(
      long line,
      int part,
      @Nullable String[] texts,
      String extraText,
      List<Breach> breaches,
      Deque<RawRecord> out) {
    int before = out.size();
    for (int i = 0; i < melted.length; i++) {
      String value = text(texts, melted[i]);
      if (!value.isBlank()) {
        String[] values = kept(texts, extraText, 1);
        values[values.length - 1] = value;
        out.add(
            new RawRecord(
                line,
                part + i,
                new Cells(shapes[i], values),
                "",
                of(i, texts, breaches, out.size() == before)));
      }
    }
    if (out.size() == before) {
      List<Breach> all = breaches;
      if (melted.length > 0) {
        all = new ArrayList<>(breaches);
        all.add(Flaws.of(ROW_WITHOUT_VALUES, "", ""));
      }
      out.add(
          new RawRecord(
              line, part, new Cells(shapes[melted.length], kept(texts, extraText, 0)), "", all));
    }
  }

  /** What is told of the row with the record of one melted cell. */
  private List<Breach> of(
      int part, @Nullable String[] texts, List<Breach> breaches, boolean first) {
    if (breaches.isEmpty()) {
      return breaches;
    }
    return breaches.stream()
        .filter(
            breach -> {
              int of = meltedRecord(breach.column(), texts);
              return of < 0 ? first || breach.severity() == Severity.BLOCK : of == part;
            })
        .toList();
  }

  /** Which melted cell has this name and a record; -1 for none. */
  private int meltedRecord(String name, @Nullable String[] texts) {
    for (int i = 0; i < melted.length && !name.isEmpty(); i++) {
      if (names.get(melted[i]).equals(name)) {
        return text(texts, melted[i]).isBlank() ? -1 : i;
      }
    }
    return -1;
  }

  private String[] kept(String[] texts, String extraText, int more) {
    int first = extra ? 1 : 0;
    String[] values = new String[first + kept.length + more];
    if (extra) {
      values[0] = extraText;
    }
    for (int i = 0; i < kept.length; i++) {
      values[first + i] = text(texts, kept[i]);
    }
    return values;
  }

  private static String text(String[] texts, int at) {
    return at >= texts.length || texts[at] == null ? "" : texts[at];
  }
}

package vn.tnmt.lakehouse.transform.receipt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.format.RejectsDialect;

/**
 * How the rejected rows of a delivery are written: the publisher's columns in their order, and the
 * dialect of the feed, so that the mended file can be read by the same feed.
 *
 * @param columns of the publisher
 * @param complete false when there are more columns than {@link #MOST_COLUMNS}
 * @param headerLine line of the header; the lines above it are left empty
 * @param headerLines rows of the header; those above the last one are rows without names
 * @param decimalPoint whether {@code 1.5} is a number and a half to the feed; {@code 1.500} may be
 *     one and a half thousand otherwise, and stays a text
 * @param readable whether the feed reads one of the two files once it is mended
 */
public record RejectsForm(
    List<String> columns,
    boolean complete,
    char delimiter,
    char quote,
    int headerLine,
    int headerLines,
    boolean decimalPoint,
    boolean readable) {

  /** Columns of the publisher that are written; a hostile file has millions. */
  public static final int MOST_COLUMNS = 4_000;

  public RejectsForm {
    columns = List.copyOf(columns);
  }

  /**
   * The form for a feed.
   *
   * @param feed null when it is no longer configured
   * @param columns as {@link Columns} found them
   */
  public static RejectsForm of(@Nullable Feed feed, Columns columns) {
    if (feed == null) {
      return new RejectsForm(columns.inOrder(), columns.complete(), ',', '"', 1, 1, true, false);
    }
    boolean point = feed.conventions().decimal() != ',';
    RejectsDialect dialect = feed.format().rejects().orElse(RejectsDialect.USUAL);
    return new RejectsForm(
        columns.inOrder(),
        columns.complete(),
        dialect.delimiter(),
        dialect.quote(),
        dialect.headerLine(),
        dialect.headerLines(),
        point,
        feed.format().rejects().isPresent());
  }

  /**
   * Finds the publisher's columns from the records: by their position in the record, melted ones
   * (of which a record has one, at its end) by the record's part.
   */
  public static final class Columns {
    private record At(int position, int part) {}

    private final Map<String, At> found = new HashMap<>();
    private boolean complete = true;

    /** A column of a record of this part. */
    public void add(String name, int position, int part) {
      At at = found.get(name);
      if (at == null && found.size() == MOST_COLUMNS) {
        complete = false;
      } else if (at == null
          || position < at.position
          || (position == at.position && part < at.part)) {
        found.put(name, new At(position, part));
      }
    }

    /** All columns of a record. */
    public void add(List<String> names, int part) {
      for (int i = 0; i < names.size(); i++) {
        add(names.get(i), i, part);
      }
    }

    List<String> inOrder() {
      List<String> names = new ArrayList<>(found.keySet());
      names.sort(
          Comparator.comparingInt((String name) -> found.get(name).position)
              .thenComparingInt(name -> found.get(name).part)
              .thenComparing(Comparator.naturalOrder()));
      return names;
    }

    boolean complete() {
      return complete;
    }
  }
}

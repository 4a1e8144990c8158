package vn.tnmt.lakehouse.ingestion.reader;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.NOT_UTF8;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.RECORD_TOO_LARGE;
import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.REPEATED_NAME;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.text.HeaderNames;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * Collects the cells of one record after the other, for formats whose records name their own
 * fields. Records of the same names share a {@link Header}.
 *
 * <p>A name that stands twice keeps both values, the second as {@code name#2} (REC-37). A record of
 * more than {@link #MAX_RECORD} characters or {@link #MAX_CELLS} cells loses what goes beyond, and
 * says so (REC-38): it never fills the memory. Marked bytes that are no text are told once
 * (REC-06).
 */
public final class CellsBuilder {
  /** Characters of all cells of a record. */
  public static final int MAX_RECORD = 32 << 20;

  static final int MAX_CELLS = 100_000;

  private final Predicate<String> marked;
  private final UnaryOperator<String> unmark;
  private final Map<String, String> cells = new LinkedHashMap<>();
  private final List<Breach> breaches = new ArrayList<>();
  private Header header = Header.of();
  private long size;
  private boolean tooLarge;
  private @Nullable String repeated;

  /** For text that was decoded by {@link EscapingUtf8}. */
  public CellsBuilder() {
    this(EscapingUtf8::marked, EscapingUtf8::bytewise);
  }

  /**
   * @param marked whether a text holds marks of bytes that could not be decoded
   * @param unmark the text with the bytes instead of the marks
   */
  public CellsBuilder(Predicate<String> marked, UnaryOperator<String> unmark) {
    this.marked = marked;
    this.unmark = unmark;
  }

  /** Begins a record. */
  public void clear() {
    cells.clear();
    breaches.clear();
    size = 0;
    tooLarge = false;
    repeated = null;
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  /** Characters that the record may still take. */
  public int room() {
    return (int) Math.max(0, MAX_RECORD - size);
  }

  /** Tells that a value was left out because the record has no room for it. */
  public void leaveOut() {
    tooLarge = true;
  }

  /** Adds a cell; its name is cleaned as those of tables are. */
  public void put(String delivered, String text) {
    String name = HeaderNames.clean(delivered);
    if (name.length() + text.length() > room() || cells.size() == MAX_CELLS) {
      tooLarge = true;
      return;
    }
    size += name.length() + text.length();
    if (cells.putIfAbsent(name, text) == null) {
      return;
    }
    repeated = repeated == null ? name : repeated;
    int number = 2;
    while (cells.putIfAbsent(name + "#" + number, text) != null) {
      number++;
    }
  }

  public void add(Breach breach) {
    breaches.add(breach);
  }

  public RawRecord record(long line) {
    Map<String, String> texts = cells;
    if (anyMarked()) {
      texts = new LinkedHashMap<>();
      for (Map.Entry<String, String> cell : cells.entrySet()) {
        texts.put(unmark.apply(cell.getKey()), unmark.apply(cell.getValue()));
      }
      breaches.add(Flaws.of(NOT_UTF8, "", "UTF-8"));
    }
    if (repeated != null) {
      breaches.add(Flaws.of(REPEATED_NAME, unmark.apply(repeated), ""));
    }
    if (tooLarge) {
      breaches.add(
          Flaws.of(RECORD_TOO_LARGE, "", "≤ %d, ≤ %d cells".formatted(MAX_RECORD, MAX_CELLS)));
    }
    if (!sameNames(texts)) {
      header = Header.of(List.copyOf(texts.keySet()));
    }
    return new RawRecord(
        line,
        0,
        new Cells(header, texts.values().toArray(String[]::new)),
        "",
        List.copyOf(breaches));
  }

  private boolean anyMarked() {
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      if (marked.test(cell.getValue()) || marked.test(cell.getKey())) {
        return true;
      }
    }
    return false;
  }

  private boolean sameNames(Map<String, String> texts) {
    if (texts.size() != header.size()) {
      return false;
    }
    int i = 0;
    for (String name : texts.keySet()) {
      if (!name.equals(header.names().get(i++))) {
        return false;
      }
    }
    return true;
  }
}

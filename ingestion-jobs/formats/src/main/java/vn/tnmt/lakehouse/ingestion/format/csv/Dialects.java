package vn.tnmt.lakehouse.ingestion.format.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides what a feed leaves to each file: delimiter, quote, line of the header. Evidence is the
 * head of the file alone, so that whoever reads a part of the file decides the same: first, how
 * many of the column names that the feed knows a header has; then, how many of the following rows
 * are as long as the header; then, how many cells stand in quotes.
 */
final class Dialects {
  private static final int MAX_ROWS = 60;
  private static final int MAX_HEADER_ROW = 30;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final char[] QUOTES = {'"', '\''};

  private Dialects() {}

  /**
   * @param format with everything decided
   * @param note what was decided, in words; empty when nothing was to be decided
   */
  record Decided(Csv format, String note) {}

  private record Row(long line, List<String> texts, int inQuotes) {}

  private record Reading(Csv format, long names, long even, long inQuotes) {
    boolean betterThan(Reading other) {
      if (names != other.names) {
        return names > other.names;
      }
      return even != other.even ? even > other.even : inQuotes > other.inQuotes;
    }
  }

  /**
   * @param length bytes of the head
   * @param whole whether the file ends there
   * @param known names of columns that the feed uses
   */
  static Decided decide(byte[] head, int length, boolean whole, Csv format, Set<String> known) {
    if (!format.detected()) {
      return new Decided(format, "");
    }
    Reading best = null;
    for (char delimiter : candidates(format.delimiter(), DELIMITERS)) {
      for (char quote : candidates(format.quote(), QUOTES)) {
        if (delimiter != quote) {
          List<Row> rows = rows(head, length, whole, format.decided(delimiter, quote, 1));
          Reading reading = reading(rows, format.decided(delimiter, quote, 1), format, known);
          best = best == null || reading.betterThan(best) ? reading : best;
        }
      }
    }
    return new Decided(best.format, note(format, best.format));
  }

  private static char[] candidates(char given, char[] all) {
    return given == Csv.AUTO ? all : new char[] {given};
  }

  private static List<Row> rows(byte[] head, int length, boolean whole, Csv format) {
    RowScanner scanner = new RowScanner(format.limits());
    scanner.dialect(format.delimiter(), format.quote());
    scanner.open(new ByteArrayInputStream(head, 0, length));
    List<Row> rows = new ArrayList<>();
    try {
      while (rows.size() < MAX_ROWS && scanner.next()) {
        boolean cutOff = !whole && !scanner.terminated();
        if ((!scanner.blank() || scanner.cells > 1) && !cutOff && !scanner.unclosed()) {
          rows.add(row(scanner, format));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
    return rows;
  }

  private static Row row(RowScanner scanner, Csv format) {
    int inQuotes = 0;
    for (int i = 0; i < scanner.cells; i++) {
      int last = scanner.start + scanner.to[i] - 1;
      boolean closed = scanner.to[i] - scanner.from[i] > 1 && scanner.bytes[last] == format.quote();
      inQuotes += closed && scanner.quoted(i) ? 1 : 0;
    }
    return new Row(scanner.number(), CsvCells.texts(scanner, format.quote(), false), inQuotes);
  }

  private static Reading reading(List<Row> rows, Csv dialect, Csv given, Set<String> known) {
    Reading best = null;
    for (int i = 0; i < rows.size() && i < MAX_HEADER_ROW; i++) {
      Row top = rows.get(i);
      boolean candidate = given.headerLine() == Csv.AUTO_LINE || top.line >= given.headerLine();
      if (given.headerLines() == 1 && top.texts.stream().allMatch(String::isBlank)) {
        continue;
      }
      if (candidate && i + given.headerLines() <= rows.size()) {
        int line = given.headerLine() == Csv.AUTO_LINE ? (int) top.line : given.headerLine();
        Reading reading = reading(rows, i, line, dialect, known);
        best = best == null || reading.betterThan(best) ? reading : best;
        if (given.headerLine() != Csv.AUTO_LINE) {
          break;
        }
      }
    }
    int line = given.headerLine() == Csv.AUTO_LINE ? 1 : given.headerLine();
    return best != null
        ? best
        : new Reading(dialect.decided(dialect.delimiter(), dialect.quote(), line), 0, 0, 0);
  }

  private static Reading reading(List<Row> rows, int at, int line, Csv dialect, Set<String> known) {
    int below = at + dialect.headerLines();
    List<List<String>> header = rows.subList(at, below).stream().map(Row::texts).toList();
    List<String> names = HeaderRows.joined(header, dialect.headerJoin());
    long matches = names.stream().distinct().filter(known::contains).count();
    long even =
        names.size() < 2
            ? 0
            : rows.subList(below, rows.size()).stream()
                .filter(row -> row.texts.size() == names.size())
                .count();
    long inQuotes = rows.stream().mapToLong(Row::inQuotes).sum();
    return new Reading(
        dialect.decided(dialect.delimiter(), dialect.quote(), line), matches, even, inQuotes);
  }

  private static String note(Csv given, Csv found) {
    List<String> parts = new ArrayList<>();
    if (given.delimiter() == Csv.AUTO) {
      parts.add("delimiter: \"" + (found.delimiter() == '\t' ? "\\t" : found.delimiter()) + "\"");
    }
    if (given.quote() == Csv.AUTO) {
      parts.add("quote: " + (found.quote() == '"' ? "'\"'" : "\"" + found.quote() + "\""));
    }
    if (given.headerLine() == Csv.AUTO_LINE) {
      parts.add("headerLine: " + found.headerLine());
    }
    return String.join(", ", parts);
  }
}

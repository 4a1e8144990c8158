package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the bytes of a file are cut into records. */
public sealed interface Format extends Serializable {

  /**
   * Text with separators, RFC 4180.
   *
   * @param delimiter between cells; {@link #AUTO} decides by the head of each file
   * @param quote around cells that hold delimiters or line breaks; {@link #AUTO} likewise
   * @param headerLine line of the header, counted from 1; lines above it are skipped; {@link
   *     #AUTO_LINE} looks for the line with the column names that the feed knows
   * @param headerLines header rows, joined to one name for each column
   * @param headerJoin what stands between the joined names
   * @param totals texts of the first cell by which rows of totals are known
   */
  record Csv(
      char delimiter,
      char quote,
      int headerLine,
      int headerLines,
      String headerJoin,
      List<String> totals,
      RowLimits limits)
      implements Format {
    public static final char AUTO = 0;
    public static final int AUTO_LINE = 0;
    public static final String HEADER_JOIN = " / ";

    public Csv {
      totals = List.copyOf(totals);
    }

    /** One header row, no totals, the usual limits. */
    public Csv(char delimiter, char quote, int headerLine) {
      this(delimiter, quote, headerLine, 1, HEADER_JOIN, List.of(), RowLimits.USUAL);
    }

    /** Whether each file is looked into before it is read. */
    public boolean detected() {
      return delimiter == AUTO || quote == AUTO || headerLine == AUTO_LINE;
    }

    /** This format with what was {@link #AUTO} decided. */
    public Csv decided(char delimiterFound, char quoteFound, int headerLineFound) {
      return new Csv(
          delimiterFound, quoteFound, headerLineFound, headerLines, headerJoin, totals, limits);
    }
  }

  /**
   * Text in columns of fixed positions; a line is a row.
   *
   * @param columns name → where its cell stands, in the order of the feed
   * @param headerLine last line before the data, not interpreted; 0 when data begin at once
   * @param totals texts of the first cell by which rows of totals are known
   */
  record FixedWidth(
      Map<String, Span> columns, int headerLine, List<String> totals, RowLimits limits)
      implements Format {
    public FixedWidth {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      totals = List.copyOf(totals);
    }

    /**
     * @param from first character, counted from 1
     * @param to last character
     */
    public record Span(int from, int to) implements Serializable {}
  }

  /** A GeoJSON FeatureCollection (RFC 7946); cells are the features' properties. */
  record GeoJson() implements Format {}

  /**
   * The text file of an automatic station (Thông tư 10/2021/TT-BTNMT, Điều 39, Phụ lục 15, Bảng
   * 34). Cells: {@code symbol, value, unit, time, status}.
   */
  record StationText() implements Format {}
}

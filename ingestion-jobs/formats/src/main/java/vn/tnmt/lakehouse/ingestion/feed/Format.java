package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the bytes of a file are cut into records. */
public sealed interface Format extends Serializable {

  /** How the records stand in what is unpacked; this format itself when nothing is packed. */
  default Format content() {
    return this;
  }

  /** Whether records may have a {@code $geometry}. */
  default boolean hasGeometry() {
    return false;
  }

  /** Files of a format, packed. */
  record Archived(Format content, Archive archive) implements Format {
    @Override
    public boolean hasGeometry() {
      return content.hasGeometry();
    }
  }

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
  record GeoJson() implements Format {
    @Override
    public boolean hasGeometry() {
      return true;
    }
  }

  /**
   * The text file of an automatic station (Thông tư 10/2021/TT-BTNMT, Điều 39, Phụ lục 15, Bảng
   * 34). Cells: {@code symbol, value, unit, time, status}.
   */
  record StationText() implements Format {}

  /**
   * One JSON object a line; cells are the object's members.
   *
   * @param flatten whether members of members are cells of their own, named {@code a.b}
   */
  record NdJson(boolean flatten) implements Format {}

  /**
   * A JSON document with a list of objects in it; cells are the objects' members.
   *
   * @param records JSON pointer (RFC 6901) to the list; empty when the document is the list
   */
  record Json(String records, boolean flatten) implements Format {
    public Json {
      if (!records.isEmpty() && !records.startsWith("/")) {
        throw new IllegalArgumentException("a JSON pointer is empty or begins with /: " + records);
      }
    }

    /** The names and numbers that the pointer goes through. */
    public List<String> path() {
      return Arrays.stream(records.split("/", -1))
          .skip(1)
          .map(step -> step.replace("~1", "/").replace("~0", "~"))
          .toList();
    }
  }

  /**
   * XML with one element for each record.
   *
   * @param record name of the element, without prefix
   * @param parents names of elements around it whose fields each record has, too
   */
  record Xml(String record, Set<String> parents) implements Format {
    public Xml {
      parents = Set.copyOf(parents);
    }
  }

  /** KML; a record is a placemark. */
  record Kml() implements Format {
    @Override
    public boolean hasGeometry() {
      return true;
    }
  }

  /**
   * A GeoPackage; a record is a row of one table.
   *
   * @param layer the table; empty when the file has only one
   */
  record GeoPackage(String layer) implements Format {
    @Override
    public boolean hasGeometry() {
      return true;
    }
  }

  /** Parquet or GeoParquet; cells are the columns. */
  record Parquet() implements Format {
    @Override
    public boolean hasGeometry() {
      return true;
    }
  }

  /**
   * Tables in a workbook, XLSX or XLS (which of them, the content says).
   *
   * @param sheet name, number counted from 1, {@code *} for every visible sheet or a name with
   *     {@code *}; empty for the first visible sheet
   * @param headerLine row of the header, counted from 1; 0 to find the row that has the columns
   * @param headerLines rows of the header; the names above fill to the right
   * @param totals first cells of rows that are passed over; {@code *} is any text
   * @param footer first cells of rows with which a table ends; {@code *} is any text
   */
  record Workbook(
      String sheet,
      int headerLine,
      int headerLines,
      List<String> totals,
      List<String> footer,
      FileLimits limits)
      implements Format {}

  /**
   * A dBase or FoxPro table; cells are its fields.
   *
   * @param keepDeleted whether records that are marked as deleted are data
   */
  record Dbf(boolean keepDeleted, FileLimits limits) implements Format {}

  /**
   * An ESRI Shapefile; cells are the attributes and {@code $geometry}.
   *
   * @param layer name of the layers to read, {@code *} being any text; empty for the only one
   * @param crs of the coordinates, whatever the .prj says; empty to believe the .prj
   */
  record Shapefile(String layer, String crs, FileLimits limits) implements Format {
    @Override
    public boolean hasGeometry() {
      return true;
    }
  }
}

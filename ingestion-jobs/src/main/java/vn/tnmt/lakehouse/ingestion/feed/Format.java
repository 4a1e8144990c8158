package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.List;

/** How the bytes of a file are cut into records. */
public sealed interface Format extends Serializable {

  /**
   * Text with separators, RFC 4180.
   *
   * @param headerLine line of the header, counted from 1; lines above it are skipped
   */
  record Csv(char delimiter, char quote, int headerLine) implements Format {}

  /** A GeoJSON FeatureCollection (RFC 7946); cells are the features' properties. */
  record GeoJson() implements Format {}

  /**
   * The text file of an automatic station (Thông tư 10/2021/TT-BTNMT, Điều 39, Phụ lục 15, Bảng
   * 34). Cells: {@code symbol, value, unit, time, status}.
   */
  record StationText() implements Format {}

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
  record Shapefile(String layer, String crs, FileLimits limits) implements Format {}
}

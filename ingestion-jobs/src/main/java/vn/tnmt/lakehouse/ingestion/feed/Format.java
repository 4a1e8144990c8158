package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

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
}

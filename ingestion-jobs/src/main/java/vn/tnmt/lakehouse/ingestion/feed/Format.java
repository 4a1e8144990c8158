package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
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
   * @param headerLine line of the header, counted from 1; lines above it are skipped
   */
  record Csv(char delimiter, char quote, int headerLine) implements Format {}

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
}

package vn.tnmt.lakehouse.ingestion.format.kml;

import static vn.tnmt.lakehouse.tables.rule.BuiltInRules.PART_NOT_IN_FILE;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.Cells;
import vn.tnmt.lakehouse.ingestion.reader.CellsBuilder;
import vn.tnmt.lakehouse.ingestion.reader.Flaws;
import vn.tnmt.lakehouse.ingestion.reader.FoundRecords;
import vn.tnmt.lakehouse.ingestion.reader.RawRecord;
import vn.tnmt.lakehouse.ingestion.reader.RecordReader;
import vn.tnmt.lakehouse.ingestion.reader.SourceFile;
import vn.tnmt.lakehouse.ingestion.reader.xml.XmlEvents;
import vn.tnmt.lakehouse.ingestion.reader.xml.XmlText;
import vn.tnmt.lakehouse.tables.rule.Breach;

/**
 * KML 2.2 and 2.3: a record is a {@code Placemark}; its line is its number, counted from 1.
 *
 * <p>Cells: children of plain text ({@code name}, {@code description}, …), {@code $id}, the values
 * of {@code ExtendedData} (both {@code Data} and {@code SimpleData}) under their names, and {@code
 * $geometry} as GeoJSON with numbers as written. A geometry of a kind that GeoJSON lacks (a track,
 * a model) keeps its kind only, so that it is told as unusable (REC-17). Coordinates of KML are WGS
 * 84 by definition.
 */
final class KmlReader implements RecordReader {
  private static final Set<String> GEOMETRIES =
      Set.of(
          "Point",
          "LineString",
          "LinearRing",
          "Polygon",
          "MultiGeometry",
          "Model",
          "Track",
          "MultiTrack");
  private static final Map<String, String> MULTIPLE =
      Map.of("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
  private static final Pattern LOOSE_NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int MAX_DEPTH = 50;

  /** What a part of a geometry costs besides its text. */
  private static final int PART = 32;

  private final CellsBuilder cells = new CellsBuilder(XmlText::marked, XmlText::unmark);

  @Override
  public Records open(SourceFile file, InputStream bytes) throws IOException {
    return new Placemarks(bytes);
  }

  private final class Placemarks extends FoundRecords {
    private final InputStream bytes;
    private @Nullable XmlEvents xml;
    private long number;
    private boolean reading;

    /** Characters of the current geometry. */
    private long size;

    private boolean finished;

    Placemarks(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    protected @Nullable RawRecord find() throws IOException {
      if (finished) {
        return null;
      }
      try {
        if (xml == null) {
          xml = XmlEvents.open(bytes);
        }
        int event;
        do {
          event = xml.next();
          if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("Placemark")) {
            return placemark();
          }
        } while (event != XMLStreamConstants.END_DOCUMENT);
        finished = true;
        return number == 0 ? Flaws.file(PART_NOT_IN_FILE, "", "<Placemark>") : null;
      } catch (XmlEvents.Flawed e) {
        finished = true;
        if (reading) {
          cells.add(e.breach());
          return cells.record(number);
        }
        return Flaws.line(number + 1, "", e.breach());
      }
    }

    private RawRecord placemark() throws IOException, XmlEvents.Flawed {
      number++;
      reading = true;
      cells.clear();
      String id = xml.attribute("id");
      if (id != null) {
        cells.put(Cells.ID, id);
      }
      while (child()) {
        String name = xml.name();
        if (GEOMETRIES.contains(name)) {
          size = 0;
          Shape shape = geometry(name, 0);
          cells.put(Cells.GEOMETRY, shape.json());
        } else if (name.equals("ExtendedData")) {
          extendedData(0);
        } else {
          leaf(name);
        }
      }
      reading = false;
      Breach doubt = xml.takeDoubt();
      if (doubt != null) {
        cells.add(doubt);
      }
      return cells.record(number);
    }

    /** Goes to the next child of the current element; false at the element's end. */
    private boolean child() throws IOException, XmlEvents.Flawed {
      while (true) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          return true;
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
          return false;
        }
      }
    }

    /** Puts the text of the current element, unless it holds elements. */
    private void leaf(String name) throws IOException, XmlEvents.Flawed {
      StringBuilder text = new StringBuilder();
      if (text(text)) {
        cells.put(name, text.toString());
      }
    }

    /** Reads to the end of the current element; false when it holds elements. */
    private boolean text(StringBuilder text) throws IOException, XmlEvents.Flawed {
      boolean plain = true;
      int depth = 1;
      while (depth > 0) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          depth++;
          plain = false;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        } else if (XmlEvents.isText(event) && !xml.appendText(text, cells.room())) {
          cells.leaveOut();
        }
      }
      return plain;
    }

    private void extendedData(int depth) throws IOException, XmlEvents.Flawed {
      while (child()) {
        String element = xml.name();
        String name = xml.attribute("name");
        if (element.equals("SchemaData") && depth < MAX_DEPTH) {
          extendedData(depth + 1);
        } else if (element.equals("Data")) {
          while (child()) {
            String inner = xml.name();
            if (inner.equals("value")) {
              leaf(name == null ? inner : name);
            } else {
              text(new StringBuilder());
            }
          }
        } else {
          leaf(name == null ? element : name);
        }
      }
    }

    private Shape geometry(String kind, int depth) throws IOException, XmlEvents.Flawed {
      switch (kind) {
        case "Point", "LineString", "LinearRing" -> {
          String positions = "";
          while (child()) {
            if (xml.name().equals("coordinates")) {
              positions = positions(kind.equals("Point"));
            } else {
              text(new StringBuilder());
            }
          }
          return new Shape(kind.equals("LinearRing") ? "LineString" : kind, positions);
        }
        case "Polygon" -> {
          return polygon();
        }
        case "MultiGeometry" -> {
          return depth == MAX_DEPTH ? skipped(kind) : multiple(depth);
        }
        default -> {
          return skipped(kind);
        }
      }
    }

    private Shape skipped(String kind) throws IOException, XmlEvents.Flawed {
      text(new StringBuilder());
      return new Shape(kind, "");
    }

    private Shape polygon() throws IOException, XmlEvents.Flawed {
      List<String> rings = new ArrayList<>();
      while (child()) {
        boolean outer = xml.name().equals("outerBoundaryIs");
        if (!outer && !xml.name().equals("innerBoundaryIs")) {
          text(new StringBuilder());
          continue;
        }
        while (child()) {
          if (xml.name().equals("LinearRing")) {
            rings.add(outer ? 0 : rings.size(), geometry("LinearRing", 0).coordinates);
          } else {
            text(new StringBuilder());
          }
        }
      }
      return new Shape("Polygon", "[" + String.join(",", rings) + "]");
    }

    private Shape multiple(int depth) throws IOException, XmlEvents.Flawed {
      List<Shape> parts = new ArrayList<>();
      while (child()) {
        if (!GEOMETRIES.contains(xml.name())) {
          text(new StringBuilder());
          continue;
        }
        size += PART;
        parts.add(geometry(xml.name(), depth + 1));
      }
      String kind = parts.isEmpty() ? "" : parts.get(0).kind;
      if (MULTIPLE.containsKey(kind) && parts.stream().allMatch(part -> part.kind.equals(kind))) {
        return new Shape(
            MULTIPLE.get(kind),
            "[" + String.join(",", parts.stream().map(Shape::coordinates).toList()) + "]");
      }
      return new Shape(
          "GeometryCollection",
          "[" + String.join(",", parts.stream().map(Shape::json).toList()) + "]");
    }

    /** The text of {@code coordinates} as GeoJSON: one position, or a list of them. */
    private String positions(boolean one) throws IOException, XmlEvents.Flawed {
      StringBuilder text = new StringBuilder();
      text(text);
      size += text.length() + PART;
      if (size > cells.room()) {
        cells.leaveOut();
        return "[]";
      }
      StringBuilder json = new StringBuilder(text.length() + 16);
      for (String tuple : SPACE.split(text.toString().strip(), -1)) {
        if (tuple.isEmpty()) {
          continue;
        }
        json.append(json.length() == 0 ? "[" : ",[");
        String before = "";
        for (String part : tuple.split(",", -1)) {
          json.append(before).append(number(part));
          before = ",";
        }
        json.append(']');
      }
      return one ? json.toString() : "[" + json + "]";
    }

    private static String number(String text) {
      if (NUMBER.matcher(text).matches()) {
        return text;
      }
      return LOOSE_NUMBER.matcher(text).matches() && text.length() < 50
          ? Double.toString(Double.parseDouble(text))
          : "null";
    }
  }

  /**
   * A geometry.
   *
   * @param kind type in GeoJSON
   * @param coordinates as GeoJSON, or the members of a collection; empty when there are none
   */
  private record Shape(String kind, String coordinates) {
    String json() {
      if (coordinates.isEmpty()) {
        return "{\"type\":\"" + kind + "\"}";
      }
      String member = kind.equals("GeometryCollection") ? "geometries" : "coordinates";
      return "{\"type\":\"" + kind + "\",\"" + member + "\":" + coordinates + "}";
    }
  }
}

package vn.tnmt.lakehouse.ingestion.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;
import vn.tnmt.lakehouse.ingestion.reader.json.GeoJsonCrs;

/**
 * A GeoJSON geometry (RFC 7946, section 3.1) as JTS, in two dimensions.
 *
 * @param geometry null when the text is no geometry
 * @param problem what was mended on the way (rings closed), or why there is no geometry; empty when
 *     all was well
 * @param crs the system that the geometry names (GeoJSON 2008); empty for WGS 84
 */
record GeoJsonGeometry(@Nullable Geometry geometry, String problem, String crs) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // The same numbers; a third of the time of a large boundary is reading numbers.
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();
  private static final String NESTING =
      "tọa độ không lồng đúng theo loại hình / coordinates are not nested as the type demands";

  private static final GeometryFactory GEOMETRIES = new GeometryFactory(new PrecisionModel(), 4326);

  static GeoJsonGeometry parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Reading reading = new Reading();
      Geometry geometry = reading.geometry(json);
      return new GeoJsonGeometry(geometry, reading.problem, reading.crs);
    } catch (JsonProcessingException e) {
      return new GeoJsonGeometry(null, "không phải JSON / not JSON", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One geometry being read; methods give null, with the problem set, for what is none. */
  private static final class Reading {
    private String problem = "";
    private String crs = "";

    private @Nullable Geometry wrong(String what) {
      problem = what;
      return null;
    }

    @Nullable Geometry geometry(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        return wrong("không phải đối tượng JSON / not an object");
      }
      String type = "";
      Node coordinates = null;
      List<Geometry> members = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("type")) {
          type = json.getText();
          json.skipChildren();
        } else if (name.equals("coordinates")) {
          coordinates = Node.read(json);
        } else if (name.equals("geometries") && value == JsonToken.START_ARRAY) {
          members = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            Geometry member = geometry(json);
            if (member == null) {
              return null;
            }
            members.add(member);
          }
        } else if (name.equals("crs") && crs.isEmpty()) {
          crs = GeoJsonCrs.foreign(json);
        } else {
          json.skipChildren();
        }
      }
      if (type.equals("GeometryCollection") && members != null) {
        return GEOMETRIES.createGeometryCollection(members.toArray(Geometry[]::new));
      }
      return coordinates == null
          ? wrong("không có tọa độ / no coordinates")
          : of(type, coordinates);
    }

    private Geometry of(String type, Node node) {
      return switch (type) {
        case "Point" -> point(node);
        case "LineString" -> line(node);
        case "Polygon" -> polygon(node);
        case "MultiPoint" -> {
          List<Point> parts = new ArrayList<>();
          yield all(node, part -> parts.add(point(part)), parts)
              ? GEOMETRIES.createMultiPoint(parts.toArray(Point[]::new))
              : null;
        }
        case "MultiLineString" -> {
          List<LineString> parts = new ArrayList<>();
          yield all(node, part -> parts.add(line(part)), parts)
              ? GEOMETRIES.createMultiLineString(parts.toArray(LineString[]::new))
              : null;
        }
        case "MultiPolygon" -> {
          List<Polygon> parts = new ArrayList<>();
          yield all(node, part -> parts.add(polygon(part)), parts)
              ? GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new))
              : null;
        }
        default -> wrong(GeometryWords.unknownType(type));
      };
    }

    private boolean all(Node node, java.util.function.Consumer<Node> add, List<?> parts) {
      if (node.children == null) {
        wrong(NESTING);
        return false;
      }
      node.children.forEach(add);
      return !parts.contains(null);
    }

    private @Nullable Point point(Node node) {
      Coordinate position = position(node);
      return position == null ? null : GEOMETRIES.createPoint(position);
    }

    private @Nullable LineString line(Node node) {
      Coordinate[] positions = positions(node);
      if (positions == null || positions.length < 2) {
        wrong(GeometryWords.SHORT_LINE);
        return null;
      }
      return GEOMETRIES.createLineString(positions);
    }

    private @Nullable Polygon polygon(Node node) {
      if (node.children == null || node.children.isEmpty()) {
        wrong(GeometryWords.NO_RINGS);
        return null;
      }
      List<LinearRing> rings = new ArrayList<>();
      for (Node child : node.children) {
        LinearRing ring = ring(child);
        if (ring == null) {
          return null;
        }
        rings.add(ring);
      }
      return GEOMETRIES.createPolygon(
          rings.get(0), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
    }

    private @Nullable LinearRing ring(Node node) {
      Coordinate[] positions = positions(node);
      if (positions == null) {
        return null;
      }
      int last = positions.length - 1;
      if (last > 0 && !positions[0].equals2D(positions[last])) {
        problem = GeometryWords.RING_NOT_CLOSED;
        positions = java.util.Arrays.copyOf(positions, positions.length + 1);
        positions[last + 1] = positions[0].copy();
      }
      if (positions.length < 4) {
        wrong(GeometryWords.SHORT_RING);
        return null;
      }
      return GEOMETRIES.createLinearRing(positions);
    }

    private Coordinate @Nullable [] positions(Node node) {
      if (node.children == null) {
        wrong(NESTING);
        return null;
      }
      Coordinate[] positions = new Coordinate[node.children.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = position(node.children.get(i));
        if (positions[i] == null) {
          return null;
        }
      }
      return positions;
    }

    private @Nullable Coordinate position(Node node) {
      if (node.position == null
          || !Double.isFinite(node.position.x)
          || !Double.isFinite(node.position.y)) {
        wrong(GeometryWords.NO_POSITION);
        return null;
      }
      return node.position;
    }
  }

  /** Nested arrays: a position at the bottom, lists above. Neither for anything else. */
  private static final class Node {
    private static final Node NOTHING = new Node(null, null);

    private final @Nullable List<Node> children;
    private final @Nullable Coordinate position;

    private Node(@Nullable List<Node> children, @Nullable Coordinate position) {
      this.children = children;
      this.position = position;
    }

    static Node read(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        return NOTHING;
      }
      JsonToken token = json.nextToken();
      if (token.isNumeric()) {
        double x = number(json);
        token = json.nextToken();
        double y = token.isNumeric() ? number(json) : Double.NaN;
        while (token != JsonToken.END_ARRAY) {
          json.skipChildren();
          token = json.nextToken();
        }
        return new Node(null, new Coordinate(x, y));
      }
      List<Node> children = new ArrayList<>();
      for (; token != JsonToken.END_ARRAY; token = json.nextToken()) {
        children.add(read(json));
      }
      return new Node(children, null);
    }

    /** NaN for a number that a double cannot hold. */
    private static double number(JsonParser json) throws IOException {
      double value = json.getDoubleValue();
      return value == 0 && Numbers.vanished(json.getText()) ? Double.NaN : value;
    }
  }
}

package vn.tnmt.lakehouse.ingestion.mapping;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
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

/**
 * A geometry in hexadecimal WKB (OGC 06-103r4, chapter 8) or EWKB (PostGIS) as JTS, in two
 * dimensions. Not JTS's own reader: that one closes rings silently and nests without a limit.
 *
 * @param geometry null when the text is no geometry
 * @param problem what was mended on the way (rings closed), or why there is no geometry; empty when
 *     all was well
 */
record WkbGeometry(@Nullable Geometry geometry, String problem) {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory(new PrecisionModel(), 4326);
  private static final HexFormat HEX = HexFormat.of();
  private static final int DEEPEST = 16;
  private static final int GLANCE = 10;
  private static final int LON_LAT = 4326;

  /** Whether a text is hexadecimal, as far as a glance shows; no geometry in JSON begins so. */
  static boolean looksLike(String text) {
    return !text.isEmpty() && text.chars().limit(GLANCE).allMatch(HexFormat::isHexDigit);
  }

  static WkbGeometry parse(String text) {
    Reading reading = new Reading();
    try {
      reading.in = ByteBuffer.wrap(HEX.parseHex(text));
      Geometry geometry = reading.geometry(0, 0);
      return reading.in.hasRemaining()
          ? new WkbGeometry(null, "thừa byte phía sau / bytes behind the geometry")
          : new WkbGeometry(geometry, reading.problem);
    } catch (Wrong e) {
      return new WkbGeometry(null, e.getMessage());
    } catch (BufferUnderflowException e) {
      return new WkbGeometry(null, GeometryWords.CUT_OFF);
    } catch (IllegalArgumentException e) {
      return new WkbGeometry(null, "không phải hệ mười sáu / not hexadecimal");
    }
  }

  /** No geometry, and why; thrown and caught in this file only. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String what) {
      super(what, null, false, false);
    }
  }

  private static final class Reading {
    private ByteBuffer in;
    private String problem = "";

    /**
     * @param only the type that a member of a multi-geometry must have; 0 for any
     */
    Geometry geometry(int depth, int only) {
      if (depth > DEEPEST) {
        throw new Wrong("lồng quá sâu / nested too deep");
      }
      byte order = in.get();
      if (order != 0 && order != 1) {
        throw new Wrong("thứ tự byte / byte order " + order);
      }
      in.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int head = in.getInt();
      // EWKB marks dimensions and SRID with high bits, WKB counts dimensions in thousands.
      int code = head & 0x0FFF_FFFF;
      int type = code % 1000;
      int iso = code / 1000;
      if (iso > 3) {
        throw new Wrong(GeometryWords.unknownType(code));
      }
      boolean z = (head & 0x8000_0000) != 0 || iso == 1 || iso == 3;
      boolean m = (head & 0x4000_0000) != 0 || iso == 2 || iso == 3;
      int dimensions = 2 + (z ? 1 : 0) + (m ? 1 : 0);
      int srid = (head & 0x2000_0000) != 0 ? in.getInt() : 0;
      if (srid != 0 && srid != LON_LAT) {
        throw new Wrong("SRID " + srid);
      }
      if (only != 0 && type != only) {
        throw new Wrong("phần loại / a member of type %d ≠ %d".formatted(type, only));
      }
      return switch (type) {
        case 1 -> point(dimensions);
        case 2 -> line(dimensions);
        case 3 -> polygon(dimensions);
        case 4 -> GEOMETRIES.createMultiPoint(members(depth, 1).toArray(Point[]::new));
        case 5 -> GEOMETRIES.createMultiLineString(members(depth, 2).toArray(LineString[]::new));
        case 6 -> GEOMETRIES.createMultiPolygon(members(depth, 3).toArray(Polygon[]::new));
        case 7 -> GEOMETRIES.createGeometryCollection(members(depth, 0).toArray(Geometry[]::new));
        default -> throw new Wrong(GeometryWords.unknownType(code));
      };
    }

    private List<Geometry> members(int depth, int only) {
      // A member has a byte order and a type at least.
      int count = count(5);
      List<Geometry> members = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        members.add(geometry(depth + 1, only));
      }
      return members;
    }

    /** A count of things that still fit into what is left. */
    private int count(int bytesEach) {
      int count = in.getInt();
      if (count < 0 || (long) count * bytesEach > in.remaining()) {
        throw new Wrong(GeometryWords.CUT_OFF);
      }
      return count;
    }

    private Point point(int dimensions) {
      Coordinate position = position(dimensions);
      if (Double.isNaN(position.x) && Double.isNaN(position.y)) {
        return GEOMETRIES.createPoint();
      }
      return GEOMETRIES.createPoint(finite(position));
    }

    private LineString line(int dimensions) {
      Coordinate[] positions = positions(dimensions);
      if (positions.length == 1) {
        throw new Wrong(GeometryWords.SHORT_LINE);
      }
      return GEOMETRIES.createLineString(positions);
    }

    private Polygon polygon(int dimensions) {
      int count = count(4);
      List<LinearRing> rings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rings.add(ring(positions(dimensions)));
      }
      return count == 0
          ? GEOMETRIES.createPolygon()
          : GEOMETRIES.createPolygon(
              rings.get(0), rings.subList(1, count).toArray(LinearRing[]::new));
    }

    private LinearRing ring(Coordinate[] given) {
      Coordinate[] positions = given;
      int last = positions.length - 1;
      if (last > 0 && !positions[0].equals2D(positions[last])) {
        problem = GeometryWords.RING_NOT_CLOSED;
        positions = java.util.Arrays.copyOf(positions, positions.length + 1);
        positions[last + 1] = positions[0].copy();
      }
      if (positions.length < 4) {
        throw new Wrong(GeometryWords.SHORT_RING);
      }
      return GEOMETRIES.createLinearRing(positions);
    }

    private Coordinate[] positions(int dimensions) {
      Coordinate[] positions = new Coordinate[count(dimensions * Double.BYTES)];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = finite(position(dimensions));
      }
      return positions;
    }

    private Coordinate position(int dimensions) {
      double x = in.getDouble();
      double y = in.getDouble();
      for (int i = 2; i < dimensions; i++) {
        in.getDouble();
      }
      return new Coordinate(x, y);
    }

    private static Coordinate finite(Coordinate position) {
      if (!Double.isFinite(position.x) || !Double.isFinite(position.y)) {
        throw new Wrong(GeometryWords.NO_POSITION);
      }
      return position;
    }
  }
}

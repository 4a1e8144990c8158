package vn.tnmt.lakehouse.transform.report;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;

/**
 * A province in the units of the drawing. Small islands become dots; what the boundary leaves out
 * of an archipelago comes from {@link Archipelago}; a province without a boundary is a circle.
 *
 * @param path SVG path data
 * @param middle where the letter stands, inside the largest part
 * @param land corners of the outline
 */
record Territory(Province province, String path, Coordinate middle, List<Coordinate> land) {
  /** Units of the drawing per degree of latitude. */
  private static final double SCALE = 400;

  private static final double WEST = 101.8;
  private static final double EAST = 118.2;
  private static final double SOUTH = 6.0;
  private static final double NORTH = 23.9;
  private static final double SHRINK = Math.cos(Math.toRadians(16));

  static final int WIDTH = x(EAST);
  static final int HEIGHT = y(SOUTH);

  /** Parts smaller than this would vanish. */
  private static final int SMALL = 34;

  private static final int DOT = 20;
  private static final int CIRCLE = 80;

  static Territory of(Province province) {
    Geometry outline = outline(province);
    StringBuilder path = new StringBuilder();
    Set<Long> dotted = new HashSet<>();
    Coordinate middle = place(province.lon(), province.lat());
    List<Coordinate> land = List.of(middle);
    if (outline == null) {
      dot(path, middle, CIRCLE);
    } else {
      middle = parts(path, outline, dotted);
      land = Arrays.stream(outline.getCoordinates()).map(c -> place(c.x, c.y)).toList();
    }
    for (Archipelago archipelago : Archipelago.values()) {
      if (archipelago.province().equals(province.code()) && !archipelago.reachedBy(outline)) {
        archipelago.islands().forEach(island -> island(path, place(island.x, island.y), dotted));
      }
    }
    return new Territory(province, path.toString(), middle, land);
  }

  /** Where a position on the globe lies in the drawing. */
  static Coordinate place(double lon, double lat) {
    return new Coordinate(x(lon), y(lat));
  }

  static int x(double lon) {
    return (int) Math.round((lon - WEST) * SHRINK * SCALE);
  }

  private static int y(double lat) {
    return (int) Math.round((NORTH - lat) * SCALE);
  }

  private static @Nullable Geometry outline(Province province) {
    if (province.outline() == null) {
      return null;
    }
    try {
      return new WKTReader().read(province.outline());
    } catch (ParseException e) {
      throw new IllegalArgumentException("Outline of province " + province.code(), e);
    }
  }

  /** Draws all parts; returns the middle of the largest. */
  private static Coordinate parts(StringBuilder path, Geometry outline, Set<Long> dotted) {
    Polygon largest = null;
    for (int i = 0; i < outline.getNumGeometries(); i++) {
      Polygon part = (Polygon) outline.getGeometryN(i);
      part(path, part, dotted);
      if (largest == null || part.getArea() > largest.getArea()) {
        largest = part;
      }
    }
    Coordinate middle = MaximumInscribedCircle.getCenter(largest, 0.03).getCoordinate();
    return place(middle.x, middle.y);
  }

  private static void part(StringBuilder path, Polygon part, Set<Long> dotted) {
    Envelope box = part.getEnvelopeInternal();
    if (Math.max(box.getWidth() * SHRINK, box.getHeight()) * SCALE < SMALL) {
      Coordinate centre = box.centre();
      island(path, place(centre.x, centre.y), dotted);
      return;
    }
    ring(path, part.getExteriorRing());
    for (int i = 0; i < part.getNumInteriorRing(); i++) {
      ring(path, part.getInteriorRingN(i));
    }
  }

  /** An island as a dot, unless another of the province already stands there. */
  private static void island(StringBuilder path, Coordinate at, Set<Long> dotted) {
    if (dotted.add(Math.round(at.x / (2 * DOT)) * 100_000 + Math.round(at.y / (2 * DOT)))) {
      dot(path, at, DOT);
    }
  }

  private static void dot(StringBuilder path, Coordinate at, int radius) {
    path.append(
        "M%1$d %2$da%3$d %3$d 0 1 0 %4$d 0a%3$d %3$d 0 1 0-%4$d 0z"
            .formatted((int) at.x - radius, (int) at.y, radius, 2 * radius));
  }

  /** Whole units, each point relative to the one before. */
  private static void ring(StringBuilder path, LinearRing ring) {
    int lastX = 0;
    int lastY = 0;
    for (int i = 0; i < ring.getNumPoints() - 1; i++) {
      Coordinate at = place(ring.getCoordinateN(i).x, ring.getCoordinateN(i).y);
      int dx = (int) at.x - lastX;
      int dy = (int) at.y - lastY;
      if (i > 0 && dx == 0 && dy == 0) {
        continue;
      }
      path.append(i == 0 ? "M" : i == 1 ? "l" : dx < 0 ? "" : " ")
          .append(dx)
          .append(dy < 0 ? "" : " ")
          .append(dy);
      lastX = (int) at.x;
      lastY = (int) at.y;
    }
    path.append('z');
  }
}

package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.ingestion.reader.GeometryWords;

/**
 * A shape as WKB in hexadecimal letters (OGC simple features 1.2, little-endian, ISO codes for Z
 * and M), copied point by point without an object for any of them. One instance serves one thread.
 *
 * <p>Rings that run clockwise are outer ones, the others are holes (ESRI 1998, page 8); a hole lies
 * in the smallest outer ring around it. A hole outside all of them, and every ring when none runs
 * clockwise, is taken for an outer ring. Where two outer rings then lie in each other, directions
 * say nothing, and what lies in an odd number of rings is a hole.
 */
final class ShapeWkb {
  private static final byte[] HEX = hex();
  private static final int BOX = 36;
  private static final double NO_DATA = -1e38;

  /** How many points are looked at to find rings in each other; a tenth of a second. */
  private static final int LOOKS = 1 << 24;

  private static final int SAMPLES = 16;

  private byte[] out = new byte[1 << 12];
  private int size;
  private String problem = "";
  private String mended = "";

  private byte[] in;
  private ByteBuffer little;
  private int points;
  private int zs;
  private int ms;
  private int code;

  private static byte[] hex() {
    byte[] pairs = new byte[512];
    for (int i = 0; i < 256; i++) {
      String pair = "%02X".formatted(i);
      pairs[2 * i] = (byte) pair.charAt(0);
      pairs[2 * i + 1] = (byte) pair.charAt(1);
    }
    return pairs;
  }

  /** Why the last shape could not be used; empty when it could. */
  String problem() {
    return problem;
  }

  /** What was mended in the last shape; empty when nothing was. */
  String mended() {
    return mended;
  }

  /**
   * The shape that begins at a position; null when there is none (a null shape) or when it cannot
   * be used.
   *
   * @param length of the content, not less than {@link Shapes#needed}
   */
  @Nullable String of(byte[] bytes, ByteBuffer view, int at, int length) {
    in = bytes;
    little = view;
    size = 0;
    problem = "";
    mended = "";
    int type = little.getInt(at);
    code = 0;
    zs = -1;
    ms = -1;
    boolean made =
        switch (Shapes.flat(type)) {
          case Shapes.NULL -> false;
          case Shapes.POINT -> point(at, type, length);
          case Shapes.MULTIPOINT -> multiPoint(at, type, length);
          case Shapes.POLYLINE, Shapes.POLYGON -> parts(at, type, length);
          default -> wrong("MultiPatch");
        };
    return made ? new String(out, 0, size, StandardCharsets.ISO_8859_1) : null;
  }

  private boolean wrong(String what) {
    problem = what;
    return false;
  }

  private boolean point(int at, int type, int length) {
    points = at + 4;
    if (Shapes.hasZ(type)) {
      zs = at + 20;
      ms = length >= 36 && little.getDouble(at + 28) > NO_DATA ? at + 28 : -1;
    } else if (Shapes.hasM(type)) {
      ms = little.getDouble(at + 20) > NO_DATA ? at + 20 : -1;
    }
    dimensions();
    head(1);
    return positions(0, 1);
  }

  private boolean multiPoint(int at, int type, int length) {
    int count = little.getInt(at + BOX);
    points = at + BOX + 4;
    more(type, count, at, length);
    if (count == 0) {
      return wrong(GeometryWords.NO_SHAPE);
    }
    head(4);
    int4(count);
    for (int i = 0; i < count; i++) {
      head(1);
      if (!positions(i, i + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean parts(int at, int type, int length) {
    int partCount = little.getInt(at + BOX);
    int count = little.getInt(at + BOX + 4);
    points = at + BOX + 8 + 4 * partCount;
    more(type, count, at, length);
    if (partCount == 0 || count == 0) {
      return wrong(GeometryWords.NO_SHAPE);
    }
    int[] ends = new int[partCount];
    int before = 0;
    for (int i = 0; i < partCount; i++) {
      int begin = little.getInt(at + BOX + 8 + 4 * i);
      if (begin < before || begin > count || (i == 0 && begin != 0)) {
        return wrong("phần / part %d: điểm / point %d > %d".formatted(i, begin, count));
      }
      if (i > 0) {
        ends[i - 1] = begin;
      }
      before = begin;
    }
    ends[partCount - 1] = count;
    return Shapes.flat(type) == Shapes.POLYLINE ? lines(ends) : polygons(ends);
  }

  private boolean lines(int[] ends) {
    if (ends.length > 1) {
      head(5);
      int4(ends.length);
    }
    int begin = 0;
    for (int end : ends) {
      if (end - begin < 2) {
        return wrong(GeometryWords.SHORT_LINE);
      }
      head(2);
      int4(end - begin);
      if (!positions(begin, end)) {
        return false;
      }
      begin = end;
    }
    return true;
  }

  private boolean polygons(int[] ends) {
    if (ends.length == 1) {
      head(3);
      int4(1);
      return ring(0, ends[0]);
    }
    int[] shells = shells(ends);
    if (shells == null) {
      return false;
    }
    int outer = 0;
    for (int i = 0; i < shells.length; i++) {
      outer += shells[i] == i ? 1 : 0;
    }
    if (outer > 1) {
      head(6);
      int4(outer);
    }
    int[] holes = new int[shells.length];
    for (int i = 0; i < shells.length; i++) {
      holes[shells[i]] += shells[i] == i ? 0 : 1;
    }
    // Rings in the order of their shells: first of each shell, then the others, by counting.
    int[] order = new int[shells.length];
    int[] place = new int[shells.length];
    int next = 0;
    for (int i = 0; i < shells.length; i++) {
      if (shells[i] == i) {
        order[next] = i;
        place[i] = next + 1;
        next += 1 + holes[i];
      }
    }
    for (int i = 0; i < shells.length; i++) {
      if (shells[i] != i) {
        order[place[shells[i]]++] = i;
      }
    }
    for (int ring : order) {
      if (shells[ring] == ring) {
        head(3);
        int4(1 + holes[ring]);
      }
      if (!ring(ring == 0 ? 0 : ends[ring - 1], ends[ring])) {
        return false;
      }
    }
    return true;
  }

  /** For each ring the ring that it is a hole of, or itself; null when a position is no number. */
  private int @Nullable [] shells(int[] ends) {
    int count = ends.length;
    double[] areas = new double[count];
    double[] boxes = new double[count * 4];
    int outer = 0;
    int begin = 0;
    for (int i = 0; i < count; i++) {
      areas[i] = area(begin, ends[i], boxes, i * 4);
      if (Double.isNaN(areas[i])) {
        wrong(GeometryWords.NO_POSITION);
        return null;
      }
      outer += areas[i] < 0 ? 1 : 0;
      begin = ends[i];
    }
    int[] shells = new int[count];
    int[] byArea = outer == 0 ? new int[0] : outers(areas, outer);
    for (int i = 0; i < count; i++) {
      shells[i] = i;
      if (areas[i] >= 0 && outer > 0) {
        int from = i == 0 ? 0 : ends[i - 1];
        shells[i] = around(byArea, from, ends, boxes, i);
      }
    }
    int[] places = places(ends, areas, boxes, shells);
    if (!Arrays.equals(places, shells)) {
      mended = GeometryWords.RINGS_TURNED;
    }
    return places;
  }

  /** The shells by how rings lie in each other, where outer rings do that; else as given. */
  private int[] places(int[] ends, double[] areas, double[] boxes, int[] shells) {
    if (!nested(boxes, shells)) {
      return shells;
    }
    int[] places = new int[shells.length];
    long looks = LOOKS;
    for (int i = 0; i < places.length; i++) {
      int smallest = i;
      int around = 0;
      int from = i == 0 ? 0 : ends[i - 1];
      for (int j = 0; j < places.length; j++) {
        if (Math.abs(areas[j]) <= Math.abs(areas[i]) || !within(boxes, i, j)) {
          continue;
        }
        int outerFrom = j == 0 ? 0 : ends[j - 1];
        looks -= ends[j] - outerFrom;
        if (looks < 0) {
          return shells;
        }
        if (!contains(outerFrom, ends[j], from, ends[i])) {
          continue;
        }
        looks -= (long) SAMPLES * (ends[j] - outerFrom);
        if (crosses(outerFrom, ends[j], from, ends[i])) {
          return shells;
        }
        around++;
        if (smallest == i || Math.abs(areas[j]) < Math.abs(areas[smallest])) {
          smallest = j;
        }
      }
      places[i] = around % 2 == 0 ? i : smallest;
    }
    return places;
  }

  private static boolean nested(double[] boxes, int[] shells) {
    for (int i = 0; i < shells.length; i++) {
      for (int j = 0; j < shells.length; j++) {
        if (i != j && shells[i] == i && shells[j] == j && within(boxes, i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether points of a ring, some of them at most, lie outside another one. */
  private boolean crosses(int outerFrom, int outerTo, int from, int to) {
    int step = Math.max(1, (to - from) / SAMPLES);
    for (int p = from; p < to; p += step) {
      if (side(outerFrom, outerTo, x(p), y(p)) < 0) {
        return true;
      }
    }
    return false;
  }

  /** The outer rings, smallest first. */
  private static int[] outers(double[] areas, int count) {
    Integer[] rings = new Integer[count];
    int n = 0;
    for (int i = 0; i < areas.length; i++) {
      if (areas[i] < 0) {
        rings[n++] = i;
      }
    }
    Arrays.sort(rings, (a, b) -> Double.compare(areas[b], areas[a]));
    return Arrays.stream(rings).mapToInt(Integer::intValue).toArray();
  }

  private int around(int[] outers, int from, int[] ends, double[] boxes, int hole) {
    if (outers.length == 1) {
      int only = outers[0];
      return within(boxes, hole, only) ? only : hole;
    }
    for (int outer : outers) {
      if (within(boxes, hole, outer)
          && contains(outer == 0 ? 0 : ends[outer - 1], ends[outer], from, ends[hole])) {
        return outer;
      }
    }
    return hole;
  }

  private static boolean within(double[] boxes, int inner, int outer) {
    int i = inner * 4;
    int o = outer * 4;
    return boxes[i] >= boxes[o]
        && boxes[i + 1] >= boxes[o + 1]
        && boxes[i + 2] <= boxes[o + 2]
        && boxes[i + 3] <= boxes[o + 3];
  }

  /** Whether a ring lies in another one, by its first point that is not on the other's border. */
  private boolean contains(int outerFrom, int outerTo, int from, int to) {
    for (int p = from; p < to; p++) {
      int side = side(outerFrom, outerTo, x(p), y(p));
      if (side != 0) {
        return side > 0;
      }
    }
    return true;
  }

  /** 1 inside, -1 outside, 0 on the border. */
  private int side(int from, int to, double px, double py) {
    boolean inside = false;
    for (int i = from, j = to - 1; i < to; j = i++) {
      double xi = x(i);
      double yi = y(i);
      double xj = x(j);
      double yj = y(j);
      double cross = (px - xi) * (yj - yi) - (py - yi) * (xj - xi);
      if (cross == 0
          && px >= Math.min(xi, xj)
          && px <= Math.max(xi, xj)
          && py >= Math.min(yi, yj)
          && py <= Math.max(yi, yj)) {
        return 0;
      }
      if (yi > py != yj > py && px < (xj - xi) * (py - yi) / (yj - yi) + xi) {
        inside = !inside;
      }
    }
    return inside ? 1 : -1;
  }

  /** Twice the signed area, negative for clockwise; fills the ring's box. */
  private double area(int from, int to, double[] boxes, int box) {
    double west = Double.POSITIVE_INFINITY;
    double south = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    double north = Double.NEGATIVE_INFINITY;
    double sum = 0;
    if (from < to) {
      double x0 = x(from);
      double y0 = y(from);
      double lastX = x(to - 1) - x0;
      double lastY = y(to - 1) - y0;
      for (int i = from; i < to; i++) {
        double x = x(i);
        double y = y(i);
        west = Math.min(west, x);
        south = Math.min(south, y);
        east = Math.max(east, x);
        north = Math.max(north, y);
        sum += lastX * (y - y0) - (x - x0) * lastY;
        lastX = x - x0;
        lastY = y - y0;
      }
    }
    boxes[box] = west;
    boxes[box + 1] = south;
    boxes[box + 2] = east;
    boxes[box + 3] = north;
    return sum;
  }

  private double x(int point) {
    return little.getDouble(points + 16 * point);
  }

  private double y(int point) {
    return little.getDouble(points + 16 * point + 8);
  }

  private boolean ring(int from, int to) {
    boolean closed =
        to > from
            && Arrays.equals(
                in,
                points + 16 * from,
                points + 16 * from + 16,
                in,
                points + 16 * (to - 1),
                points + 16 * to);
    if (to - from < 3) {
      return wrong(GeometryWords.SHORT_RING);
    }
    if (closed && to - from < 4) {
      return wrong(GeometryWords.SHORT_RING);
    }
    int4(to - from + (closed ? 0 : 1));
    if (!positions(from, to)) {
      return false;
    }
    if (!closed) {
      mended = GeometryWords.RING_NOT_CLOSED;
      return positions(from, from + 1);
    }
    return true;
  }

  private void more(int type, int count, int at, int length) {
    int end = points + 16 * count;
    if (Shapes.hasZ(type)) {
      zs = end + 16;
      end = zs + 8 * count;
    }
    if ((Shapes.hasZ(type) && end + 16 + 8L * count <= at + (long) length) || Shapes.hasM(type)) {
      ms = end + 16;
      boolean any = false;
      for (int i = 0; i < count && !any; i++) {
        any = little.getDouble(ms + 8 * i) > NO_DATA;
      }
      ms = any ? ms : -1;
    }
    dimensions();
  }

  private void dimensions() {
    code = (zs >= 0 ? 1000 : 0) + (ms >= 0 ? 2000 : 0);
  }

  private void head(int type) {
    grow(10);
    out[size++] = '0';
    out[size++] = '1';
    int4(code + type);
  }

  private void int4(int value) {
    grow(8);
    for (int shift = 0; shift < 32; shift += 8) {
      int pair = (value >> shift & 0xFF) * 2;
      out[size++] = HEX[pair];
      out[size++] = HEX[pair + 1];
    }
  }

  private boolean positions(int from, int to) {
    int each = 2 + (zs >= 0 ? 1 : 0) + (ms >= 0 ? 1 : 0);
    grow((to - from) * each * 16);
    if (each == 2) {
      int at = points + 16 * from;
      for (int end = points + 16 * to; at < end; at += 8) {
        if (notANumber(at)) {
          return wrong(GeometryWords.NO_POSITION);
        }
        eight(at);
      }
      return true;
    }
    for (int i = from; i < to; i++) {
      int at = points + 16 * i;
      if (notANumber(at) || notANumber(at + 8)) {
        return wrong(GeometryWords.NO_POSITION);
      }
      eight(at);
      eight(at + 8);
      if (zs >= 0) {
        eight(zs + 8 * i);
      }
      if (ms >= 0) {
        eight(ms + 8 * i);
      }
    }
    return true;
  }

  /** NaN or infinite. */
  private boolean notANumber(int at) {
    return (in[at + 7] & 0x7F) == 0x7F && (in[at + 6] & 0xF0) == 0xF0;
  }

  private void eight(int at) {
    byte[] target = out;
    int to = size;
    for (int i = at; i < at + 8; i++) {
      int pair = (in[i] & 0xFF) * 2;
      target[to] = HEX[pair];
      target[to + 1] = HEX[pair + 1];
      to += 2;
    }
    size = to;
  }

  private void grow(int more) {
    if (size + more > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
    }
  }
}

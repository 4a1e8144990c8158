package vn.tnmt.lakehouse.transform.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.page.Html;
import vn.tnmt.lakehouse.transform.page.Texts;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.report.ReportData.Province;

/**
 * Draws the whole national territory as SVG: mainland and islands in one frame, in place, with quần
 * đảo Hoàng Sa (Đà Nẵng) and quần đảo Trường Sa (Khánh Hoà) always shown and labelled.
 *
 * <p>Equirectangular, true to scale at 16° N; the frame spans 102–118.2° E and 6–23.9° N. What a
 * boundary leaves out of the two archipelagos is drawn from {@link Archipelago}.
 */
final class NationMap {
  /** Units of the drawing per degree of latitude. */
  private static final double SCALE = 400;

  private static final double WEST = 101.8;
  private static final double EAST = 118.2;
  private static final double SOUTH = 6.0;
  private static final double NORTH = 23.9;
  private static final double SHRINK = Math.cos(Math.toRadians(16));
  private static final int WIDTH = x(EAST);
  private static final int HEIGHT = y(SOUTH);

  /** Parts of a territory smaller than this would vanish: they are drawn as dots. */
  private static final int SMALL = 34;

  private static final int NAMED = 3;

  private final Scale scale;
  private final Texts texts;
  private final String id;

  NationMap(Scale scale, Texts texts) {
    this.scale = scale;
    this.texts = texts;
    this.id = Views.key(scale);
  }

  /** The drawing; provinces carry {@code data-p} with their code. */
  Html draw(List<Province> provinces) {
    List<Shape> shapes = provinces.stream().map(this::shape).toList();
    StringBuilder svg = new StringBuilder(64 * 1024);
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" tabindex=\"0\" aria-labelledby=\"caption-%s\" aria-describedby=\"map-help\">"
            .formatted(WIDTH, HEIGHT, id));
    svg.append(
        "<defs><pattern id=\"hatch-%s\" width=\"46\" height=\"46\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path fill=\"#e9ecee\" d=\"M0 0h46v46H0z\"/><path fill=\"#9aa4ac\" d=\"M0 0h14v46H0z\"/></pattern></defs>"
            .formatted(id));
    label(svg, 113.6, 14.1, "sea", texts.say("east-sea"));
    shapes.forEach(shape -> svg.append(shape.markup()));
    svg.append("<path class=\"chosen\" d=\"\"/>");
    shapes.stream().filter(shape -> !shape.letter().isEmpty()).forEach(shape -> letter(svg, shape));
    for (Archipelago archipelago : Archipelago.values()) {
      label(svg, archipelago.lon(), archipelago.lat(), "isle", texts.say(archipelago.key()));
      label(
          svg,
          archipelago.lon(),
          archipelago.lat() - 0.36,
          "isle of",
          texts.say(archipelago.key() + "-of"));
    }
    names(svg, shapes);
    return new Html(svg.append("</svg>").toString());
  }

  private record Shape(
      Province province,
      String markup,
      Coordinate point,
      List<Coordinate> land,
      String letter,
      String ink,
      Integer value) {}

  private Shape shape(Province province) {
    Integer value = Views.value(scale, province);
    String fill = value == null ? "url(#hatch-" + id + ")" : scale.of(value).colour();
    Set<Long> dotted = new HashSet<>();
    StringBuilder path = new StringBuilder();
    Coordinate point = place(province.lon(), province.lat());
    Geometry outline = outline(province);
    if (outline == null) {
      dot(path, point, 80);
    } else {
      Polygon largest = null;
      for (int i = 0; i < outline.getNumGeometries(); i++) {
        Polygon part = (Polygon) outline.getGeometryN(i);
        part(path, part, dotted);
        if (largest == null || part.getArea() > largest.getArea()) {
          largest = part;
        }
      }
      Coordinate centre = MaximumInscribedCircle.getCenter(largest, 0.01).getCoordinate();
      point = place(centre.x, centre.y);
    }
    for (Archipelago archipelago : Archipelago.values()) {
      if (archipelago.province().equals(province.code()) && !archipelago.reachedBy(outline)) {
        archipelago.islands().forEach(island -> island(path, place(island.x, island.y), dotted));
      }
    }
    List<Coordinate> land =
        outline == null
            ? List.of(point)
            : Arrays.stream(outline.getCoordinates()).map(c -> place(c.x, c.y)).toList();
    String markup =
        "<path class=\"province\" data-p=\"%s\" data-x=\"%d\" data-y=\"%d\" fill=\"%s\" d=\"%s\"/>"
            .formatted(Html.escape(province.code()), (int) point.x, (int) point.y, fill, path);
    return value == null
        ? new Shape(province, markup, point, land, "–", "#1a2026", null)
        : new Shape(
            province, markup, point, land, scale.of(value).letter(), scale.of(value).ink(), value);
  }

  private static Geometry outline(Province province) {
    if (province.outline() == null) {
      return null;
    }
    try {
      return new WKTReader().read(province.outline());
    } catch (ParseException e) {
      throw new IllegalArgumentException("Outline of province " + province.code(), e);
    }
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
    if (dotted.add(Math.round(at.x / 40) * 100_000 + Math.round(at.y / 40))) {
      dot(path, at, 20);
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

  private static void letter(StringBuilder svg, Shape shape) {
    svg.append(
        "<text class=\"letter\" x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
            .formatted((int) shape.point().x, (int) shape.point().y, shape.ink(), shape.letter()));
  }

  private static void label(StringBuilder svg, double lon, double lat, String css, Words words) {
    Coordinate at = place(lon, lat);
    svg.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
            .formatted(css, (int) at.x, (int) at.y, words.svg().markup()));
  }

  /**
   * The provinces that are worst off are named on the map itself: beside the land, where nothing is
   * covered, with a line to their letter.
   */
  private void names(StringBuilder svg, List<Shape> shapes) {
    List<Shape> named =
        shapes.stream()
            .filter(shape -> shape.value() != null)
            .sorted(Views.worstFirst(scale, Shape::value, shape -> shape.province().code()))
            .limit(NAMED)
            .sorted(Comparator.comparingDouble(shape -> shape.point().y))
            .toList();
    int free = 0;
    for (Shape shape : named) {
      Coordinate from = shape.point();
      boolean west = shape.province().lat() < 11 && shape.province().lon() < 105.6;
      int y = Math.max((int) from.y, free);
      free = y + 160;
      int x = west ? shore(shapes, y, true) - 90 : shore(shapes, y, false) + 90;
      int side = west ? -1 : 1;
      Words text =
          Words.concat(shape.province().name(), Words.same(" "), Figures.whole(shape.value()));
      svg.append(
          "<path class=\"lead-line\" d=\"M%d %dL%d %d\"/><text class=\"name%s\" x=\"%d\" y=\"%d\">%s</text>"
              .formatted(
                  (int) from.x + side * 60,
                  (int) from.y,
                  x - side * 20,
                  y,
                  west ? " west" : "",
                  x,
                  y,
                  text.svg().markup()));
    }
  }

  /** The outermost land of the mainland near the height of {@code y}. */
  private static int shore(List<Shape> shapes, int y, boolean west) {
    IntStream xs =
        shapes.stream()
            .flatMap(shape -> shape.land().stream())
            .filter(at -> Math.abs(at.y - y) < 130 && at.x < x(110))
            .mapToInt(at -> (int) at.x);
    return west ? xs.min().orElse(x(104)) : xs.max().orElse(x(109.5));
  }

  private static Coordinate place(double lon, double lat) {
    return new Coordinate(x(lon), y(lat));
  }

  private static int x(double lon) {
    return (int) Math.round((lon - WEST) * SHRINK * SCALE);
  }

  private static int y(double lat) {
    return (int) Math.round((NORTH - lat) * SCALE);
  }
}

package vn.tnmt.lakehouse.orchestration.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.overlayng.CoverageUnion;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.operation.union.CascadedPolygonUnion;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * Generated province boundaries: nothing surveyed, nothing copied, good enough for a map.
 *
 * <p>A commune is given what lies nearer to its centre than to any other's (Voronoi), land is what
 * lies near to a centre, and a province is the union of its communes. All borders are cut against
 * each other once and the faces between them are dealt out, so that neighbours share borders vertex
 * by vertex. Hoàng Sa and Trường Sa are small polygons at the places of their best known islands,
 * drawn larger than they are so that a national map shows them.
 */
final class Boundaries {
  /** 1e-5 degree, about a metre: the grid on which all vertices lie. */
  private static final GeometryFactory GRID =
      new GeometryFactory(new PrecisionModel(100_000), 4326);

  /** Degrees: gaps and inlets narrower than twice this become land. */
  private static final double CLOSING = 0.07;

  private static final double KM_PER_DEGREE = 111.2;

  /** Islands of Hoàng Sa: Hoàng Sa, Phú Lâm, Linh Côn, Quang Ảnh, Cây, Duy Mộng, Tri Tôn. */
  private static final double[][] HOANG_SA = {
    {111.61, 16.53},
    {112.33, 16.83},
    {112.73, 16.67},
    {111.50, 16.45},
    {112.27, 16.98},
    {111.74, 16.46},
    {111.25, 15.86}
  };

  /**
   * Islands of Trường Sa: Trường Sa, Song Tử Tây, Thị Tứ, Ba Bình, Nam Yết, Sinh Tồn, Sơn Ca, Phan
   * Vinh, Trường Sa Đông, An Bang.
   */
  private static final double[][] TRUONG_SA = {
    {111.92, 8.64}, {114.33, 11.43}, {114.28, 11.05}, {114.37, 10.38}, {114.37, 10.18},
    {114.33, 9.89}, {114.48, 10.28}, {113.69, 8.97}, {112.34, 8.93}, {112.92, 7.89}
  };

  private Boundaries() {}

  /** Province code → boundary, in the order of the provinces. */
  static Map<String, MultiPolygon> of(Territory territory) {
    Map<String, List<Polygon>> parts =
        deal(territory.communes().stream().filter(c -> !c.archipelago()).toList());
    territory.communes().stream()
        .filter(Commune::archipelago)
        .forEach(c -> parts.get(c.provinceCode()).addAll(islands(c)));
    Map<String, MultiPolygon> boundaries = new LinkedHashMap<>();
    for (Province p : territory.provinces()) {
      MultiPolygon boundary = GRID.createMultiPolygon(parts.get(p.code()).toArray(Polygon[]::new));
      // where the union begins its rings is not determined
      boundary.normalize();
      boundaries.put(p.code(), boundary);
    }
    return boundaries;
  }

  /** Cuts all borders against each other and gives each face of land to a province. */
  private static Map<String, List<Polygon>> deal(List<Commune> communes) {
    Geometry land = land(communes);
    Map<LineSegment, LineString> borders = new LinkedHashMap<>();
    wiggle(land, borders);
    cellsByProvince(communes)
        .values()
        .forEach(cells -> wiggle(CoverageUnion.union(cells), borders));
    Polygonizer polygonizer = new Polygonizer();
    polygonizer.add(UnaryUnionNG.union(collect(borders.values()), GRID.getPrecisionModel()));

    IndexedPointInAreaLocator onLand = new IndexedPointInAreaLocator(land);
    Map<String, List<Polygon>> faces = new LinkedHashMap<>();
    for (Object face : polygonizer.getPolygons()) {
      Coordinate inside = ((Polygon) face).getInteriorPoint().getCoordinate();
      if (onLand.locate(inside) == Location.INTERIOR) {
        String province = nearest(communes, inside).provinceCode();
        faces.computeIfAbsent(province, p -> new ArrayList<>()).add((Polygon) face);
      }
    }
    faces.replaceAll((province, parts) -> polygons(CoverageUnion.union(collect(parts))));
    return faces;
  }

  /** Everything near to a centre, the gaps between circles closed, lakes filled. */
  private static Geometry land(List<Commune> communes) {
    List<Geometry> circles = new ArrayList<>();
    for (Commune c : communes) {
      double radius = Math.max(0.03, 1.3 * c.radiusKm() / KM_PER_DEGREE);
      circles.add(new GeometryFactory().createPoint(c.centre()).buffer(radius, 3));
    }
    Geometry union = CascadedPolygonUnion.union(circles).buffer(CLOSING, 3).buffer(-CLOSING, 3);
    return collect(
        polygons(union).stream()
            .map(p -> GRID.createPolygon(p.getExteriorRing().getCoordinates()))
            .toList());
  }

  private static Map<String, Geometry> cellsByProvince(List<Commune> communes) {
    Map<Coordinate, String> provinceOf = new HashMap<>();
    communes.forEach(c -> provinceOf.put(c.centre(), c.provinceCode()));
    VoronoiDiagramBuilder voronoi = new VoronoiDiagramBuilder();
    voronoi.setSites(provinceOf.keySet());
    voronoi.setClipEnvelope(new Envelope(101, 111, 7.5, 24.5));
    Geometry diagram = voronoi.getDiagram(GRID);
    Map<String, List<Polygon>> cells = new TreeMap<>();
    for (Polygon cell : polygons(diagram)) {
      String province = provinceOf.get((Coordinate) cell.getUserData());
      cells.computeIfAbsent(province, p -> new ArrayList<>()).add(cell);
    }
    Map<String, Geometry> collected = new TreeMap<>();
    cells.forEach((province, list) -> collected.put(province, collect(list)));
    return collected;
  }

  /** Each segment once, whichever neighbour brings it and in whichever direction, made uneven. */
  private static void wiggle(Geometry area, Map<LineSegment, LineString> borders) {
    for (Object line : LinearComponentExtracter.getLines(area)) {
      Coordinate[] c = ((LineString) line).getCoordinates();
      for (int i = 1; i < c.length; i++) {
        LineSegment segment = new LineSegment(c[i - 1], c[i]);
        segment.normalize();
        borders.computeIfAbsent(segment, Boundaries::wiggled);
      }
    }
  }

  private static LineString wiggled(LineSegment s) {
    double length = s.getLength();
    if (length < 0.015) {
      return s.toGeometry(GRID);
    }
    SplittableRandom random = new SplittableRandom(s.hashCode());
    return GRID.createLineString(
        new Coordinate[] {
          s.p0,
          s.pointAlongOffset(0.3, length * random.nextDouble(-0.13, 0.13)),
          s.pointAlongOffset(0.7, length * random.nextDouble(-0.13, 0.13)),
          s.p1
        });
  }

  private static Commune nearest(List<Commune> communes, Coordinate place) {
    return communes.stream()
        .min(Comparator.comparingDouble(c -> c.centre().distance(place)))
        .orElseThrow();
  }

  private static List<Polygon> islands(Commune archipelago) {
    List<Polygon> islands = new ArrayList<>();
    for (double[] place : archipelago.code().equals(Territory.HOANG_SA) ? HOANG_SA : TRUONG_SA) {
      Coordinate centre = new Coordinate(place[0], place[1]);
      SplittableRandom random = new SplittableRandom(centre.hashCode());
      Coordinate[] ring = new Coordinate[13];
      for (int i = 0; i < 12; i++) {
        double radius = random.nextDouble(0.04, 0.07);
        double angle = -Math.PI * i / 6;
        ring[i] =
            new Coordinate(
                centre.x + 1.3 * radius * Math.cos(angle), centre.y + radius * Math.sin(angle));
        GRID.getPrecisionModel().makePrecise(ring[i]);
      }
      ring[12] = ring[0];
      islands.add(GRID.createPolygon(ring));
    }
    return islands;
  }

  private static Geometry collect(Collection<? extends Geometry> parts) {
    return GRID.createGeometryCollection(parts.toArray(Geometry[]::new));
  }

  @SuppressWarnings("unchecked")
  private static List<Polygon> polygons(Geometry geometry) {
    return (List<Polygon>) PolygonExtracter.getPolygons(geometry);
  }
}

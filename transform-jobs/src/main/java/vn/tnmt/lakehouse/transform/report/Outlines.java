package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.io.WKTWriter;
import org.locationtech.jts.precision.GeometryPrecisionReducer;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * Boundaries as light as a page needs them. Neighbours keep their common edge; no island is lost.
 */
final class Outlines {
  /** About 600 m: two thirds of a pixel on the map at its full size. */
  private static final double TOLERANCE = 0.006;

  private static final GeometryFactory GRID = new GeometryFactory(new PrecisionModel(1000), 4326);

  private Outlines() {}

  /**
   * @param boundaries polygons or multipolygons, lon/lat, by any key
   * @return WKT with three decimals (about 100 m) by the same keys
   */
  static Map<String, String> simplify(SortedMap<String, Geometry> boundaries) {
    List<String> keys = List.copyOf(boundaries.keySet());
    Geometry[] coverage = boundaries.values().toArray(Geometry[]::new);
    CoverageSimplifier simplifier = new CoverageSimplifier(coverage);
    simplifier.setRemovableRingSizeFactor(0);
    Geometry[] simple = simplifier.simplify(TOLERANCE);
    Map<String, String> outlines = new LinkedHashMap<>();
    for (int i = 0; i < simple.length; i++) {
      Geometry fine =
          simple[i].isValid()
              ? simple[i]
              : TopologyPreservingSimplifier.simplify(coverage[i], TOLERANCE);
      outlines.put(keys.get(i), wkt(fine, coverage[i]));
    }
    return outlines;
  }

  private static String wkt(Geometry simple, Geometry original) {
    List<Polygon> parts = new ArrayList<>();
    for (int i = 0; i < simple.getNumGeometries(); i++) {
      Geometry rounded =
          GeometryPrecisionReducer.reduceKeepCollapsed(
              simple.getGeometryN(i), GRID.getPrecisionModel());
      int before = parts.size();
      PolygonExtracter.getPolygons(rounded, parts);
      if (parts.size() == before) {
        parts.add(speck(simple.getGeometryN(i)));
      }
    }
    Geometry all = GRID.createMultiPolygon(parts.toArray(Polygon[]::new));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("No polygon in " + original.getGeometryType());
    }
    return new WKTWriter().write(all);
  }

  /** An islet that vanishes in the grid, as its smallest square. */
  private static Polygon speck(Geometry islet) {
    var centre = islet.getEnvelopeInternal().centre();
    GRID.getPrecisionModel().makePrecise(centre);
    var box = new org.locationtech.jts.geom.Envelope(centre);
    box.expandBy(0.001);
    return (Polygon) GRID.toGeometry(box);
  }
}

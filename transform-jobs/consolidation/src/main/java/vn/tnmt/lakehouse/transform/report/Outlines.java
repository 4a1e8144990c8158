package vn.tnmt.lakehouse.transform.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.WKTWriter;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * Boundaries as light as a page needs them. Neighbours keep their common edge; no island is lost.
 */
final class Outlines {
  /** About 800 m: a pixel on the map at its full size. */
  private static final double TOLERANCE = 0.008;

  private Outlines() {}

  /**
   * Makes boundaries small enough for the page.
   *
   * @param boundaries polygons or multipolygons, lon/lat, by any key
   * @return WKT with three decimals (about 100 m) by the same keys
   */
  static Map<String, String> simplify(SortedMap<String, Geometry> boundaries) {
    List<String> keys = List.copyOf(boundaries.keySet());
    Geometry[] coverage = boundaries.values().toArray(Geometry[]::new);
    CoverageSimplifier simplifier = new CoverageSimplifier(coverage);
    simplifier.setRemovableRingSizeFactor(0);
    Geometry[] simple = simplifier.simplify(TOLERANCE);
    WKTWriter writer = new WKTWriter();
    writer.setPrecisionModel(new PrecisionModel(1000));
    Map<String, String> outlines = new LinkedHashMap<>();
    for (int i = 0; i < simple.length; i++) {
      // boundaries that overlap are no coverage: simplified each for itself
      Geometry outline =
          simple[i].isValid()
              ? simple[i]
              : TopologyPreservingSimplifier.simplify(coverage[i], TOLERANCE);
      outlines.put(keys.get(i), writer.write(outline));
    }
    return outlines;
  }
}

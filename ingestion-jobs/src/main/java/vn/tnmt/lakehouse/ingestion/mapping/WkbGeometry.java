package vn.tnmt.lakehouse.ingestion.mapping;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * A geometry that readers of binary formats give: WKB in hexadecimal letters, ISO or EWKB codes.
 *
 * @param geometry null when the text is no geometry
 * @param problem why there is none; empty when there is
 */
record WkbGeometry(Geometry geometry, String problem) {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory(new PrecisionModel(), 4326);

  /** Whether a text is to be read here, and not as GeoJSON. */
  static boolean isHex(String text) {
    return text.startsWith("00") || text.startsWith("01");
  }

  static WkbGeometry parse(String text) {
    try {
      Geometry geometry = new WKBReader(GEOMETRIES).read(WKBReader.hexToBytes(text));
      Finite finite = new Finite();
      geometry.apply(finite);
      return finite.broken
          ? new WkbGeometry(null, "a position that is not two numbers")
          : new WkbGeometry(geometry, "");
    } catch (ParseException | RuntimeException e) {
      return new WkbGeometry(null, "not WKB");
    }
  }

  private static final class Finite implements CoordinateSequenceFilter {
    private boolean broken;

    @Override
    public void filter(CoordinateSequence points, int i) {
      broken |= !Double.isFinite(points.getX(i)) || !Double.isFinite(points.getY(i));
    }

    @Override
    public boolean isDone() {
      return broken;
    }

    @Override
    public boolean isGeometryChanged() {
      return false;
    }
  }
}

package vn.tnmt.lakehouse.tables.geo;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * A geometry made valid (OGC simple features), or the reason why it cannot be used.
 *
 * @param geometry valid, of the same dimension as the one given; null when it is unusable
 * @param problem what was wrong with the geometry given, with the place; empty when nothing was
 */
public record Validity(@Nullable Geometry geometry, String problem) {
  public static Validity of(Geometry given) {
    if (given.isEmpty()) {
      return new Validity(null, "empty");
    }
    Envelope box = given.getEnvelopeInternal();
    if (!(box.getMinX() >= -180
        && box.getMaxX() <= 180
        && box.getMinY() >= -90
        && box.getMaxY() <= 90)) {
      return new Validity(null, "not lon/lat: " + box);
    }
    TopologyValidationError error = new IsValidOp(given).getValidationError();
    if (error == null) {
      return new Validity(given, "");
    }
    Geometry fixed = GeometryFixer.fix(given);
    boolean usable =
        !fixed.isEmpty()
            && fixed.getDimension() == given.getDimension()
            && given instanceof Polygonal == fixed instanceof Polygonal;
    return new Validity(usable ? fixed : null, error.toString());
  }

  public boolean usable() {
    return geometry != null;
  }

  public boolean repaired() {
    return geometry != null && !problem.isEmpty();
  }
}

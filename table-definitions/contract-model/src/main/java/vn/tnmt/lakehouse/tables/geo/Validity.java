package vn.tnmt.lakehouse.tables.geo;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
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
      return new Validity(null, "rỗng / empty");
    }
    Envelope box = given.getEnvelopeInternal();
    if (Axes.of(box) != Axes.LON_LAT) {
      return new Validity(null, "không phải kinh độ, vĩ độ / not lon/lat: " + Axes.text(box));
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
    Coordinate at = error.getCoordinate();
    return new Validity(
        usable ? fixed : null,
        at == null ? words(error) : words(error) + " (%s %s)".formatted(at.x, at.y));
  }

  private static String words(TopologyValidationError error) {
    String vietnamese =
        switch (error.getErrorType()) {
          case TopologyValidationError.SELF_INTERSECTION,
              TopologyValidationError.RING_SELF_INTERSECTION ->
              "tự cắt";
          case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "lỗ nằm ngoài vòng ngoài";
          case TopologyValidationError.NESTED_HOLES -> "lỗ lồng trong lỗ";
          case TopologyValidationError.DISCONNECTED_INTERIOR -> "phần trong bị chia cắt";
          case TopologyValidationError.NESTED_SHELLS -> "vòng ngoài lồng nhau";
          case TopologyValidationError.DUPLICATE_RINGS -> "hai vòng trùng nhau";
          case TopologyValidationError.TOO_FEW_POINTS -> "quá ít điểm";
          case TopologyValidationError.RING_NOT_CLOSED -> "vòng chưa khép kín";
          default -> "tọa độ không hợp lệ";
        };
    return vietnamese + " / " + error.getMessage();
  }

  public boolean usable() {
    return geometry != null;
  }

  public boolean repaired() {
    return geometry != null && !problem.isEmpty();
  }
}

package vn.tnmt.lakehouse.tables.geo;

import java.math.BigDecimal;
import org.locationtech.jts.geom.Envelope;

/** What the coordinates of a geometry are, as far as its bounds tell. */
public enum Axes {
  LON_LAT,
  /** Latitude first: no place on the globe as it stands, but one with x and y exchanged. */
  SWAPPED,
  /** Eastings and northings such as VN-2000 has within Vietnam, in either order. */
  METRES,
  OTHER;

  private static final double[] EASTING = {100_000, 1_200_000};
  private static final double[] NORTHING = {500_000, 2_800_000};

  /** Of a geometry that is not empty. */
  public static Axes of(Envelope box) {
    double west = box.getMinX();
    double east = box.getMaxX();
    double south = box.getMinY();
    double north = box.getMaxY();
    if (within(west, east, -180, 180) && within(south, north, -90, 90)) {
      return LON_LAT;
    }
    if (within(west, east, -90, 90) && within(south, north, -180, 180)) {
      return SWAPPED;
    }
    boolean metres =
        (within(west, east, EASTING) && within(south, north, NORTHING))
            || (within(west, east, NORTHING) && within(south, north, EASTING));
    return metres ? METRES : OTHER;
  }

  private static boolean within(double least, double most, double... limits) {
    return least >= limits[0] && most <= limits[1];
  }

  /** Bounds as text: {@code x 587000–588000, y 2325000–2326000}. */
  public static String text(Envelope box) {
    return "x %s–%s, y %s–%s"
        .formatted(
            plain(box.getMinX()), plain(box.getMaxX()), plain(box.getMinY()), plain(box.getMaxY()));
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : "?";
  }
}

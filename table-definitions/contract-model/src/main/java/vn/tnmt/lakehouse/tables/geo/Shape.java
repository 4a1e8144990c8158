package vn.tnmt.lakehouse.tables.geo;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;

/**
 * A geometry in the columns of a spatial table.
 *
 * @param wkb two-dimensional, little-endian, without SRID
 * @param geohash of the centroid, {@link Geohash#LENGTH} characters
 */
@SuppressWarnings("ArrayRecordComponent")
public record Shape(
    byte[] wkb, double xmin, double ymin, double xmax, double ymax, String geohash) {

  /** Of a geometry that is not empty. */
  public static Shape of(Geometry geometry) {
    Envelope box = geometry.getEnvelopeInternal();
    Coordinate centre = geometry.getCentroid().getCoordinate();
    return new Shape(
        new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN).write(geometry),
        box.getMinX(),
        box.getMinY(),
        box.getMaxX(),
        box.getMaxY(),
        Geohash.of(centre.x, centre.y));
  }
}

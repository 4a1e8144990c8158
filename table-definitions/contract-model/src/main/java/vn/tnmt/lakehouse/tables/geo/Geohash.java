package vn.tnmt.lakehouse.tables.geo;

import org.jspecify.annotations.Nullable;

/**
 * Geohash: longitude and latitude bits interleaved, five bits a character, so that sorting by it
 * keeps neighbours together.
 */
public final class Geohash {
  /** Characters that tables hold: cells of about 5 m. */
  public static final int LENGTH = 9;

  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

  private Geohash() {}

  /** Geohash of {@link #LENGTH} characters; null when there is no such point on the globe. */
  public static String of(double lon, double lat) {
    return of(lon, lat, LENGTH);
  }

  /** Null for a longitude or latitude out of range or not a number. */
  public static @Nullable String of(double lon, double lat, int length) {
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
      return null;
    }
    double west = -180;
    double east = 180;
    double south = -90;
    double north = 90;
    char[] hash = new char[length];
    boolean longitude = true;
    for (int i = 0; i < length; i++) {
      int bits = 0;
      for (int bit = 0; bit < 5; bit++) {
        bits <<= 1;
        double middle = longitude ? (west + east) / 2 : (south + north) / 2;
        boolean upper = (longitude ? lon : lat) >= middle;
        if (upper) {
          bits |= 1;
        }
        if (longitude) {
          west = upper ? middle : west;
          east = upper ? east : middle;
        } else {
          south = upper ? middle : south;
          north = upper ? north : middle;
        }
        longitude = !longitude;
      }
      hash[i] = ALPHABET.charAt(bits);
    }
    return new String(hash);
  }
}

package vn.tnmt.lakehouse.transform.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * The two archipelagos that every national map shows and labels, with the unit that administers
 * them (special zones Hoàng Sa of Đà Nẵng and Trường Sa of Khánh Hoà, Nghị quyết 202/2025/QH15).
 *
 * <p>Positions of the islands are approximate, good for a dot on a map of the nation.
 */
enum Archipelago {
  HOANG_SA(
      "hoang-sa",
      "48",
      112.0,
      17.66,
      new Envelope(111.0, 113.0, 15.6, 17.3),
      111.61,
      16.53,
      112.34,
      16.83,
      112.73,
      16.67,
      111.20,
      15.78,
      111.71,
      16.45,
      111.60,
      16.51,
      112.27,
      16.97,
      112.52,
      16.33,
      111.75,
      16.57,
      112.33,
      16.95),
  TRUONG_SA(
      "truong-sa",
      "56",
      114.1,
      12.3,
      new Envelope(111.4, 118.0, 6.4, 12.1),
      111.92,
      8.65,
      114.33,
      11.43,
      114.35,
      11.45,
      114.37,
      10.18,
      114.48,
      10.38,
      114.33,
      9.89,
      113.69,
      8.97,
      112.92,
      7.89,
      111.67,
      8.66,
      114.37,
      10.38,
      114.28,
      11.05,
      114.42,
      10.67,
      115.02,
      11.08,
      115.80,
      10.73,
      113.83,
      7.38,
      112.58,
      8.86,
      113.36,
      8.87,
      114.70,
      8.80);

  private final String key;
  private final String province;
  private final double lon;
  private final double lat;

  @SuppressWarnings("ImmutableEnumChecker") // nobody widens it
  private final Envelope box;

  @SuppressWarnings("ImmutableEnumChecker") // nobody moves them
  private final List<Coordinate> islands;

  Archipelago(
      String key, String province, double lon, double lat, Envelope box, double... islands) {
    this.key = key;
    this.province = province;
    this.lon = lon;
    this.lat = lat;
    this.box = box;
    List<Coordinate> list = new ArrayList<>();
    for (int i = 0; i < islands.length; i += 2) {
      list.add(new Coordinate(islands[i], islands[i + 1]));
    }
    this.islands = List.copyOf(list);
  }

  /** Text key of the name. */
  String key() {
    return key;
  }

  /** Code of the administering province. */
  String province() {
    return province;
  }

  /** Longitude of the label's middle. */
  double lon() {
    return lon;
  }

  /** Latitude of the label. */
  double lat() {
    return lat;
  }

  List<Coordinate> islands() {
    return islands;
  }

  /** Whether a boundary has a part within the archipelago, so that nothing need be added to it. */
  boolean reachedBy(@Nullable Geometry outline) {
    if (outline == null) {
      return false;
    }
    for (int i = 0; i < outline.getNumGeometries(); i++) {
      if (box.contains(outline.getGeometryN(i).getEnvelopeInternal())) {
        return true;
      }
    }
    return false;
  }
}

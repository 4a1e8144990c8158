package vn.tnmt.lakehouse.ingestion.mapping;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import vn.tnmt.lakehouse.ingestion.feed.Source;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.geo.Axes;
import vn.tnmt.lakehouse.tables.geo.Geohash;
import vn.tnmt.lakehouse.tables.geo.Shape;
import vn.tnmt.lakehouse.tables.geo.Validity;
import vn.tnmt.lakehouse.tables.rule.BuiltInRules;

/**
 * Fills geometry columns: from the record's geometry (GeoJSON, or WKB in hexadecimal), made valid
 * (REC-16) or refused (REC-17); or, where the contract has no geometry, from the row's {@code lon}
 * and {@code lat}.
 */
final class GeometryStep implements RowMapping.Step {
  private static final String COLUMN = "geometry";

  private final Delivered.Getter text;
  private final int wkb;
  private final int xmin;
  private final int ymin;
  private final int xmax;
  private final int ymax;
  private final int geohash;

  private GeometryStep(Delivered.Getter text, Map<String, Integer> targets) {
    this.text = text;
    this.wkb = targets.getOrDefault("", -1);
    this.xmin = targets.getOrDefault("xmin", -1);
    this.ymin = targets.getOrDefault("ymin", -1);
    this.xmax = targets.getOrDefault("xmax", -1);
    this.ymax = targets.getOrDefault("ymax", -1);
    this.geohash = targets.getOrDefault("geohash", -1);
  }

  /** Collects the columns that come from the geometry. */
  static final class Builder {
    private final Contract contract;
    private final Map<String, Integer> targets = new HashMap<>();

    Builder(Contract contract) {
      this.contract = contract;
    }

    void fill(String name, int index) {
      targets.put(name, index);
    }

    boolean any() {
      return !targets.isEmpty();
    }

    RowMapping.Step build(Delivered delivered) {
      boolean point = ofPoint(contract);
      GeometryStep step =
          new GeometryStep(
              point ? () -> null : delivered.getter(Source.parse("$geometry")), targets);
      return point ? step.ofPoint(contract.index("lon"), contract.index("lat")) : step;
    }
  }

  /** Whether bounds and geohash are those of {@code lon} and {@code lat}. */
  static boolean ofPoint(Contract contract) {
    return contract.find(COLUMN).isEmpty()
        && contract.find("lon").isPresent()
        && contract.find("lat").isPresent();
  }

  private RowMapping.Step ofPoint(int lon, int lat) {
    return (row, outcome) -> {
      if (row[lon] instanceof Double x && row[lat] instanceof Double y) {
        fill(row, null, x, y, x, y, Geohash.of(x, y));
      }
    };
  }

  @Override
  public void run(Object[] row, Outcome outcome) {
    String json = text.text();
    if (json == null || json.isBlank()) {
      return;
    }
    if (WkbGeometry.looksLike(json)) {
      WkbGeometry parsed = WkbGeometry.parse(json);
      settle(row, outcome, parsed.geometry(), parsed.problem(), "WKB, EPSG:4326");
    } else {
      GeoJsonGeometry parsed = GeoJsonGeometry.parse(json);
      if (!parsed.crs().isEmpty()) {
        outcome.add(BuiltInRules.WRONG_CRS, COLUMN, parsed.crs(), "EPSG:4326");
        return;
      }
      settle(row, outcome, parsed.geometry(), parsed.problem(), "GeoJSON");
    }
  }

  /**
   * @param geometry null when there is none, and {@code told} says why
   * @param told what was mended while it was read
   */
  private void settle(
      Object[] row, Outcome outcome, @Nullable Geometry geometry, String told, String expected) {
    if (geometry == null) {
      outcome.add(BuiltInRules.GEOMETRY_UNUSABLE, COLUMN, told, expected);
      return;
    }
    if (misplaced(geometry, outcome)) {
      return;
    }
    Validity validity = Validity.of(geometry);
    if (!validity.usable()) {
      outcome.add(BuiltInRules.GEOMETRY_UNUSABLE, COLUMN, validity.problem(), "");
      return;
    }
    if (validity.repaired() || !told.isEmpty()) {
      String problem = validity.repaired() ? validity.problem() : told;
      outcome.add(BuiltInRules.GEOMETRY_REPAIRED, COLUMN, problem, "");
    }
    Shape shape = Shape.of(validity.geometry());
    fill(row, shape.wkb(), shape.xmin(), shape.ymin(), shape.xmax(), shape.ymax(), shape.geohash());
  }

  /** Coordinates that are told by what they are: the words that points get. */
  private static boolean misplaced(Geometry geometry, Outcome outcome) {
    Axes axes = geometry.isEmpty() ? Axes.OTHER : Axes.of(geometry.getEnvelopeInternal());
    if (axes != Axes.SWAPPED && axes != Axes.METRES) {
      return false;
    }
    outcome.add(
        axes == Axes.SWAPPED ? BuiltInRules.AXES_SWAPPED : BuiltInRules.METRES_NOT_DEGREES,
        COLUMN,
        Axes.text(geometry.getEnvelopeInternal()),
        "WGS 84 (EPSG:4326): lon 102–118, lat 6–24");
    return true;
  }

  private void fill(
      Object[] row,
      byte @Nullable [] geometry,
      double west,
      double south,
      double east,
      double north,
      String hash) {
    set(row, wkb, geometry);
    set(row, xmin, west);
    set(row, ymin, south);
    set(row, xmax, east);
    set(row, ymax, north);
    set(row, geohash, hash);
  }

  private static void set(Object[] row, int index, Object value) {
    if (index >= 0) {
      row[index] = value;
    }
  }
}

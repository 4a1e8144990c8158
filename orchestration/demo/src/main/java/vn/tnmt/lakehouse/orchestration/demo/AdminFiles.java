package vn.tnmt.lakehouse.orchestration.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Commune;
import vn.tnmt.lakehouse.orchestration.demo.Territory.Province;

/**
 * What the Department of Survey, Mapping and Geographic Information sends: provinces with generated
 * boundaries as GeoJSON, communes without boundaries as CSV.
 */
final class AdminFiles {
  static final String PUBLISHER = "cuc-ddbd";
  static final String PROVINCES = "province";
  static final String COMMUNES = "commune";

  private AdminFiles() {}

  static Stream<DemoFile> of(Territory territory, LocalDate date, Instant sent) {
    String stamp = DateTimeFormatter.BASIC_ISO_DATE.format(date);
    CsvDraft communes = new CsvDraft("code,name,province_code,area_km2");
    for (Commune c : territory.communes()) {
      communes.line(
          String.join(",", c.code(), c.fullName(), c.provinceCode(), c.areaKm2()), Fate.ACCEPTED);
    }
    return Stream.of(
        new DemoFile(
            PUBLISHER,
            PROVINCES,
            1,
            PUBLISHER + "/dia-gioi/tinh_" + stamp + ".geojson",
            sent,
            geoJson(territory).getBytes(StandardCharsets.UTF_8),
            Collections.nCopies(territory.provinces().size(), Fate.ACCEPTED)),
        new DemoFile(
            PUBLISHER,
            COMMUNES,
            1,
            PUBLISHER + "/dia-gioi/xa_" + stamp + ".csv",
            sent,
            communes.bytes(),
            communes.fates()));
  }

  private static String geoJson(Territory territory) {
    Map<String, MultiPolygon> boundaries = Boundaries.of(territory);
    StringBuilder json = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[\n");
    String separator = "";
    for (Province p : territory.provinces()) {
      json.append(separator)
          .append("{\"type\":\"Feature\",\"properties\":{\"code\":\"")
          .append(p.code())
          .append("\",\"name\":\"")
          .append(p.name())
          .append("\",\"name_en\":\"")
          .append(p.nameEn())
          .append("\",\"area_km2\":")
          .append(p.areaKm2())
          .append(
              ",\"boundary_kind\":\"generated\",\"note\":\"Ranh giới sinh tự động cho bản trình"
                  + " diễn, không phải địa giới hành chính / generated for the demo, not an"
                  + " administrative boundary\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[");
      MultiPolygon boundary = boundaries.get(p.code());
      for (int i = 0; i < boundary.getNumGeometries(); i++) {
        json.append(i == 0 ? "[" : ",[");
        Polygon part = (Polygon) boundary.getGeometryN(i);
        // RFC 7946: the outer ring counter-clockwise, holes clockwise
        ring(json, part.getExteriorRing().reverse().getCoordinates());
        for (int hole = 0; hole < part.getNumInteriorRing(); hole++) {
          json.append(',');
          ring(json, part.getInteriorRingN(hole).reverse().getCoordinates());
        }
        json.append(']');
      }
      json.append("]}}");
      separator = ",\n";
    }
    return json.append("\n]}\n").toString();
  }

  private static void ring(StringBuilder json, Coordinate[] ring) {
    String separator = "[";
    for (Coordinate c : ring) {
      json.append(separator).append('[').append(c.x).append(',').append(c.y).append(']');
      separator = ",";
    }
    json.append(']');
  }
}

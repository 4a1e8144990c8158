package vn.tnmt.lakehouse.ingestion.format.shapefile;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The coordinate system that a file names.
 *
 * @param name as the file names it; empty when it names none
 * @param accepted whether it is WGS 84, longitude and latitude in degrees
 */
record Crs(String name, boolean accepted) {
  static final String ACCEPTED = "WGS 84 (EPSG:4326)";

  private static final Pattern FIRST =
      Pattern.compile("\\s*(?i)([A-Z]+)\\s*[\\[(]\\s*\"([^\"]{0,100})\"");
  private static final Set<String> WGS84 = Set.of("gcswgs1984", "wgs84", "wgs1984");

  /** Of {@code EPSG:xxxx}. */
  static Crs of(String code) {
    return new Crs(code, code.equals("EPSG:4326"));
  }

  /** Of a .prj: WKT by ESRI or OGC, version 1 or 2. */
  static Crs ofPrj(String wkt) {
    if (wkt.isBlank()) {
      return new Crs("", true);
    }
    Matcher first = FIRST.matcher(wkt);
    if (!first.lookingAt()) {
      return new Crs(wkt.length() > 40 ? wkt.substring(0, 40) : wkt, false);
    }
    String keyword = first.group(1).toUpperCase(Locale.ROOT);
    String plain = first.group(2).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    boolean geographic = keyword.startsWith("GEOG") || keyword.equals("GEODCRS");
    return new Crs(first.group(2), geographic && WGS84.contains(plain));
  }
}

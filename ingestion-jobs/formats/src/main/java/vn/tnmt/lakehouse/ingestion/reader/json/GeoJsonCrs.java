package vn.tnmt.lakehouse.ingestion.reader.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code crs} member of the first GeoJSON (2008), which RFC 7946 took away: programs still
 * write it, and a file that names another system than WGS 84 has other coordinates.
 */
public final class GeoJsonCrs {
  private static final Set<String> WGS84 =
      Set.of("CRS84", "CRS84H", "OGC:CRS84", "EPSG:4326", "EPSG:4979", "4326", "WGS84", "WGS 84");

  private GeoJsonCrs() {}

  /**
   * Reads the current value. Gives the name, number or address of a system that is not WGS 84;
   * empty when there is none.
   */
  public static String foreign(JsonParser json) throws IOException {
    String found = "";
    int depth = 0;
    do {
      JsonToken token = json.currentToken();
      if (token == null) {
        return "";
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isScalarValue()
          && found.isEmpty()
          && (depth == 0 || names(json.currentName()))
          && token != JsonToken.VALUE_NULL) {
        found = json.getText();
      }
    } while (depth > 0 && json.nextToken() != null);
    return isWgs84(found) ? "" : found;
  }

  private static boolean names(String member) {
    return "name".equals(member) || "code".equals(member) || "href".equals(member);
  }

  /** Whether a name of a coordinate system, as files write it, is that of WGS 84. */
  public static boolean isWgs84(String name) {
    String plain = name.strip().toUpperCase(Locale.ROOT);
    // urn:ogc:def:crs:EPSG::4326, urn:ogc:def:crs:OGC:1.3:CRS84,
    // http://www.opengis.net/def/crs/OGC/1.3/CRS84
    boolean epsg = plain.contains("EPSG");
    String last = plain.substring(Math.max(plain.lastIndexOf(':'), plain.lastIndexOf('/')) + 1);
    return plain.isEmpty()
        || WGS84.contains(plain)
        || ((plain.contains(":") || plain.contains("/"))
            && WGS84.contains(epsg ? "EPSG:" + last : last));
  }
}

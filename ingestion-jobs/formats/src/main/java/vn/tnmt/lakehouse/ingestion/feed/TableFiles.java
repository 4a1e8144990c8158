package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code format:} of workbooks, dBase tables and Shapefiles. */
final class TableFiles {
  private static final Pattern EPSG = Pattern.compile("EPSG:[1-9][0-9]{3,5}");

  private TableFiles() {}

  static Format workbook(YamlNode node) {
    node.only(Set.of("type", "sheet", "headerLine", "headerLines", "totals", "footer", "limits"));
    boolean auto = node.find("headerLine").filter(at -> at.text().equals("auto")).isPresent();
    return new Format.Workbook(
        node.text("sheet", ""),
        auto ? 0 : FeedNodes.atLeast(1, node, "headerLine", 1),
        FeedNodes.atLeast(1, node, "headerLines", 1),
        node.texts("totals"),
        node.texts("footer"),
        FileLimits.of(node));
  }

  static Format dbf(YamlNode node) {
    node.only(Set.of("type", "deleted", "limits"));
    boolean keep =
        node.find("deleted")
            .map(value -> FeedNodes.choice(value, Set.of("drop", "keep")).equals("keep"))
            .orElse(false);
    return new Format.Dbf(keep, FileLimits.of(node));
  }

  static Format shapefile(YamlNode node) {
    node.only(Set.of("type", "layer", "crs", "limits"));
    String crs = node.text("crs", "");
    if (!crs.isEmpty() && !EPSG.matcher(crs).matches()) {
      throw node.require("crs")
          .error("hệ tọa độ lạ / unknown coordinate system '" + crs + "'", "such as EPSG:4326");
    }
    return new Format.Shapefile(node.text("layer", ""), crs, FileLimits.of(node));
  }
}

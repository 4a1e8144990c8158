package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import vn.tnmt.lakehouse.core.yaml.YamlNode;

/** {@code format:} of a feed. */
final class FormatParser {
  private FormatParser() {}

  static Format format(YamlNode node) {
    return switch (FeedNodes.choice(
        node.require("type"),
        Set.of("csv", "dbf", "geojson", "shapefile", "station-text", "xls", "xlsx"))) {
      case "csv" -> csv(node);
      case "geojson" -> {
        node.only(Set.of("type"));
        yield new Format.GeoJson();
      }
      case "xlsx", "xls" -> TableFiles.workbook(node);
      case "dbf" -> TableFiles.dbf(node);
      case "shapefile" -> TableFiles.shapefile(node);
      default -> {
        node.only(Set.of("type"));
        yield new Format.StationText();
      }
    };
  }

  private static Format csv(YamlNode node) {
    node.only(Set.of("type", "delimiter", "quote", "headerLine"));
    char delimiter = FeedNodes.character(node, "delimiter", ',');
    char quote = FeedNodes.character(node, "quote", '"');
    if (delimiter == quote) {
      throw node.error(
          "dấu phân cách trùng dấu nháy / delimiter and quote are the same character", "");
    }
    return new Format.Csv(delimiter, quote, FeedNodes.atLeast(1, node, "headerLine", 1));
  }
}

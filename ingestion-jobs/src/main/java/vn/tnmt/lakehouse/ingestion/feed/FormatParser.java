package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import vn.tnmt.lakehouse.core.yaml.YamlNode;

/** {@code format:} of a feed. */
final class FormatParser {
  private FormatParser() {}

  static Format format(YamlNode node) {
    return switch (FeedNodes.choice(
        node.require("type"), Set.of("csv", "fixed-width", "geojson", "station-text"))) {
      case "csv" -> TextFormats.csv(node);
      case "fixed-width" -> TextFormats.fixedWidth(node);
      case "geojson" -> {
        node.only(Set.of("type"));
        yield new Format.GeoJson();
      }
      default -> {
        node.only(Set.of("type"));
        yield new Format.StationText();
      }
    };
  }
}

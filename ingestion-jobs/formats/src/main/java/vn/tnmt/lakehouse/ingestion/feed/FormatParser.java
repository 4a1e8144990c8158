package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code format:} of a feed. */
final class FormatParser {
  private FormatParser() {}

  static Format format(YamlNode node) {
    Format content = content(node.without(ArchiveParser.KEYS));
    return ArchiveParser.archive(node)
        .<Format>map(archive -> new Format.Archived(content, archive))
        .orElse(content);
  }

  private static Format content(YamlNode node) {
    return switch (FeedNodes.choice(
        node.require("type"),
        Set.of(
            "csv",
            "dbf",
            "fixed-width",
            "geojson",
            "gpkg",
            "json",
            "kml",
            "ndjson",
            "parquet",
            "shapefile",
            "station-text",
            "xls",
            "xlsx",
            "xml"))) {
      case "csv" -> TextFormats.csv(node);
      case "fixed-width" -> TextFormats.fixedWidth(node);
      case "geojson" -> {
        node.only(Set.of("type"));
        yield new Format.GeoJson();
      }
      case "xml" -> {
        node.only(Set.of("type", "record", "parents"));
        yield new Format.Xml(node.require("record").text(), Set.copyOf(node.texts("parents")));
      }
      case "gpkg" -> {
        node.only(Set.of("type", "layer"));
        yield new Format.GeoPackage(node.text("layer", ""));
      }
      case "parquet" -> {
        node.only(Set.of("type"));
        yield new Format.Parquet();
      }
      case "kml" -> {
        node.only(Set.of("type"));
        yield new Format.Kml();
      }
      case "ndjson" -> {
        node.only(Set.of("type", "flatten"));
        yield new Format.NdJson(node.flag("flatten", false));
      }
      case "json" -> {
        node.only(Set.of("type", "records", "flatten"));
        boolean flatten = node.flag("flatten", false);
        yield node.find("records")
            .map(records -> FeedNodes.understood(records, text -> new Format.Json(text, flatten)))
            .orElseGet(() -> new Format.Json("", flatten));
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
}

package vn.tnmt.lakehouse.ingestion.feed;

import java.nio.file.Path;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code transport:} of a feed. */
final class TransportParser {
  static final int DEFAULT_LOOKBACK_DAYS = 30;

  private TransportParser() {}

  static Transport transport(YamlNode node) {
    String type =
        FeedNodes.choice(
            node.require("type"),
            Set.of("directory", "https", "http", "s3", "sftp", "ftp", "jdbc"));
    return switch (type) {
      case "https", "http" -> HttpTransportParser.http(node, lookbackDays(node));
      case "s3" -> S3TransportParser.s3(node, lookbackDays(node));
      case "sftp" -> RemoteFolderParser.sftp(node);
      case "ftp" -> RemoteFolderParser.ftp(node);
      case "jdbc" -> JdbcParser.jdbc(node);
      default -> directory(node);
    };
  }

  private static Transport directory(YamlNode node) {
    node.only(Set.of("type", "root", "pattern", "lookbackDays", "quietSeconds"));
    return new Transport.Directory(
        FeedNodes.understood(node.require("root"), Path::of).toString(),
        FeedNodes.understood(node.require("pattern"), FilePattern::parse),
        lookbackDays(node),
        FeedNodes.atLeast(0, node, "quietSeconds", 0));
  }

  private static int lookbackDays(YamlNode node) {
    return FeedNodes.atLeast(0, node, "lookbackDays", DEFAULT_LOOKBACK_DAYS);
  }
}

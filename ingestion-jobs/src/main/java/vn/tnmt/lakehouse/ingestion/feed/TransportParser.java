package vn.tnmt.lakehouse.ingestion.feed;

import java.nio.file.Path;
import java.util.Set;
import vn.tnmt.lakehouse.core.yaml.YamlNode;

/** {@code transport:} of a feed. */
final class TransportParser {
  static final int DEFAULT_LOOKBACK_DAYS = 30;

  private TransportParser() {}

  static Transport transport(YamlNode node) {
    return switch (FeedNodes.choice(node.require("type"), Set.of("directory", "sftp", "ftp"))) {
      case "sftp" -> RemoteFolderParser.sftp(node);
      case "ftp" -> RemoteFolderParser.ftp(node);
      default -> directory(node);
    };
  }

  private static Transport directory(YamlNode node) {
    node.only(Set.of("type", "root", "pattern", "lookbackDays"));
    return new Transport.Directory(
        FeedNodes.understood(node.require("root"), Path::of).toString(),
        FeedNodes.understood(node.require("pattern"), FilePattern::parse),
        FeedNodes.atLeast(0, node, "lookbackDays", DEFAULT_LOOKBACK_DAYS));
  }
}

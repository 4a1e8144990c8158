package vn.tnmt.lakehouse.ingestion.collect.directory;

import java.nio.file.Path;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** {@code transport: {type: directory, …}} of a feed. */
public final class DirectoryType implements TransportType {
  @Override
  public Set<String> names() {
    return Set.of("directory");
  }

  @Override
  public Directory parse(YamlNode node) {
    node.only(Set.of("type", "root", "pattern", "lookbackDays", "quietSeconds"));
    return new Directory(
        FeedNodes.understood(node.require("root"), Path::of).toString(),
        FeedNodes.understood(node.require("pattern"), FilePattern::parse),
        FeedNodes.lookbackDays(node),
        FeedNodes.atLeast(0, node, "quietSeconds", 0));
  }
}

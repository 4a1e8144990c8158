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
        node.require("root").understood(Path::of).toString(),
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node),
        node.atLeast(0, "quietSeconds", 0));
  }
}

package vn.tnmt.lakehouse.ingestion.collect.toy;

import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.feed.FeedNodes;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.TransportType;

/** A transport as somebody else would add it: this package and a line in META-INF/services. */
public final class ToyType implements TransportType {
  @Override
  public Set<String> names() {
    return Set.of("toy");
  }

  @Override
  public Toy parse(YamlNode node) {
    node.only(Set.of("type", "file", "text", "pattern", "lookbackDays"));
    return new Toy(
        node.require("file").text(),
        node.require("text").text(),
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node));
  }
}

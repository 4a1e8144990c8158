package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/**
 * A transport as it is known to a program that has none, such as a publisher's validator: which
 * files are the feed's. The other keys are taken as they are written.
 *
 * @param location all keys but those that tell files apart, as text
 */
public record WrittenTransport(FilePattern pattern, int lookbackDays, String location)
    implements Transport {
  static WrittenTransport parse(YamlNode node) {
    return new WrittenTransport(
        node.require("pattern").understood(FilePattern::parse),
        FeedNodes.lookbackDays(node),
        PublisherFeeds.mapping(node.without(Set.of("pattern", "lookbackDays"))).toString());
  }
}

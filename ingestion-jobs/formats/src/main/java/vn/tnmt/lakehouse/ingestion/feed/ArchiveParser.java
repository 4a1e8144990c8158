package vn.tnmt.lakehouse.ingestion.feed;

import java.util.Optional;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;

/** {@code archive:}, {@code members:} and {@code archiveLimits:} of a feed's format. */
final class ArchiveParser {
  static final Set<String> KEYS = Set.of("archive", "members", "archiveLimits");

  private ArchiveParser() {}

  static Optional<Archive> archive(YamlNode format) {
    if (format.find("archive").isEmpty()) {
      for (String key : KEYS) {
        format
            .find(key)
            .ifPresent(
                value -> {
                  throw value.error("thiếu archive / '" + key + "' without 'archive'", "");
                });
      }
      return Optional.empty();
    }
    String kind =
        FeedNodes.choice(format.require("archive"), Set.of("auto", "zip", "tar", "tar.gz", "gz"));
    return Optional.of(
        new Archive(
            switch (kind) {
              case "zip" -> Archive.Kind.ZIP;
              case "tar" -> Archive.Kind.TAR;
              case "tar.gz" -> Archive.Kind.TAR_GZ;
              case "gz" -> Archive.Kind.GZ;
              default -> Archive.Kind.AUTO;
            },
            format
                .find("members")
                .map(members -> FeedNodes.understood(members, FilePattern::parse))
                .orElseGet(() -> FilePattern.parse("**/*")),
            format.find("archiveLimits").map(ArchiveParser::limits).orElse(Archive.Limits.USUAL)));
  }

  private static Archive.Limits limits(YamlNode node) {
    node.only(Set.of("entries", "unpackedMB", "ratio", "depth", "pathLength"));
    Archive.Limits usual = Archive.Limits.USUAL;
    return new Archive.Limits(
        FeedNodes.atLeast(1, node, "entries", usual.entries()),
        (long) FeedNodes.atLeast(1, node, "unpackedMB", (int) (usual.unpackedBytes() >> 20)) << 20,
        FeedNodes.atLeast(1, node, "ratio", usual.ratio()),
        FeedNodes.atLeast(1, node, "depth", usual.depth()),
        FeedNodes.atLeast(1, node, "pathLength", usual.pathLength()));
  }
}

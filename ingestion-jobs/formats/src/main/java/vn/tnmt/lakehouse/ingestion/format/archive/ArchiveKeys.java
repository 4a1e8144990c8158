package vn.tnmt.lakehouse.ingestion.format.archive;

import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.base.yaml.YamlNode;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.format.Format;
import vn.tnmt.lakehouse.ingestion.format.Packing;

/** {@code archive:}, {@code members:} and {@code archiveLimits:} of a feed's format. */
public final class ArchiveKeys implements Packing {
  private static final Map<String, Archive.Kind> KINDS =
      Map.of(
          "auto", Archive.Kind.AUTO,
          "zip", Archive.Kind.ZIP,
          "tar", Archive.Kind.TAR,
          "tar.gz", Archive.Kind.TAR_GZ,
          "gz", Archive.Kind.GZ);

  @Override
  public Set<String> keys() {
    return Set.of("archive", "members", "archiveLimits");
  }

  @Override
  public Format pack(Format content, YamlNode format) {
    if (format.find("archive").isPresent()) {
      return new Archived(content, archive(format));
    }
    for (String key : keys()) {
      format
          .find(key)
          .ifPresent(
              value -> {
                throw value.error("thiếu archive / '" + key + "' without 'archive'", "");
              });
    }
    return content;
  }

  private static Archive archive(YamlNode format) {
    return new Archive(
        KINDS.get(format.require("archive").choice(KINDS.keySet())),
        format
            .find("members")
            .map(members -> members.understood(FilePattern::parse))
            .orElseGet(() -> FilePattern.parse("**/*")),
        format.find("archiveLimits").map(ArchiveKeys::limits).orElse(Archive.Limits.USUAL));
  }

  private static Archive.Limits limits(YamlNode node) {
    node.only(Set.of("entries", "unpackedMB", "ratio", "depth", "pathLength"));
    Archive.Limits usual = Archive.Limits.USUAL;
    return new Archive.Limits(
        node.atLeast(1, "entries", usual.entries()),
        (long) node.atLeast(1, "unpackedMB", (int) (usual.unpackedBytes() >> 20)) << 20,
        node.atLeast(1, "ratio", usual.ratio()),
        node.atLeast(1, "depth", usual.depth()),
        node.atLeast(1, "pathLength", usual.pathLength()));
  }
}

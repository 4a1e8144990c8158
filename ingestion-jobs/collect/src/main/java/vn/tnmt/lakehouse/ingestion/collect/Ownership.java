package vn.tnmt.lakehouse.ingestion.collect;

import java.util.List;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * Whose a file is that is not in a feed's own pattern, where several feeds look into one folder: of
 * the feed in whose pattern it is; else of the feed with the deepest root above it, the first by
 * id.
 */
final class Ownership {
  /**
   * Another feed that may own files.
   *
   * @param prefix its root below the root of the feed in question, with a slash; empty when the
   *     same
   */
  private record Other(String prefix, FilePattern pattern, boolean takesStrays) {
    boolean owns(String path) {
      return path.startsWith(prefix)
          && (takesStrays || pattern.match(path.substring(prefix.length())).isPresent());
    }
  }

  private final List<Other> others;

  private Ownership(List<Other> others) {
    this.others = others;
  }

  static Ownership of(Feed feed, List<Feed> all) {
    return new Ownership(
        all.stream()
            .filter(other -> !other.id().equals(feed.id()) && isAtOrBelow(feed, other))
            .map(other -> other(feed, other))
            .toList());
  }

  private static Other other(Feed feed, Feed other) {
    String root = feed.transport().location();
    String below = other.transport().location().substring(root.length());
    boolean deeper = !below.isEmpty();
    return new Other(
        deeper ? below.substring(root.endsWith("/") ? 0 : 1) + "/" : "",
        other.transport().pattern(),
        deeper || other.id().compareTo(feed.id()) < 0);
  }

  private static boolean isAtOrBelow(Feed feed, Feed other) {
    String root = feed.transport().location();
    String its = other.transport().location();
    return its.equals(root) || its.startsWith(root.endsWith("/") ? root : root + "/");
  }

  /** Whether a file that is not in the feed's pattern is another feed's. */
  boolean isOthers(String path) {
    for (Other other : others) {
      if (other.owns(path)) {
        return true;
      }
    }
    return false;
  }
}

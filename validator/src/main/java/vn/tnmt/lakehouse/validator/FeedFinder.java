package vn.tnmt.lakehouse.validator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.ingestion.bundle.Bundle;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Finds the feed that a file belongs to, by its name. On the publisher's PC the file may lie in any
 * folder: the shortest end of its path that is in a feed's pattern is the path that counts.
 */
public final class FeedFinder {
  private final List<Feed> feeds;
  private final Optional<Feed> only;

  private FeedFinder(List<Feed> feeds, Optional<Feed> only) {
    this.feeds = feeds;
    this.only = only;
  }

  /**
   * A finder among the bundle's feeds.
   *
   * @param publisher id; null for all in the bundle
   * @param feed id, or its name when that is unambiguous; null to go by the files' names
   * @throws TnmtException {@code TNMT-5004} when there is no such feed or publisher
   */
  public static FeedFinder of(Bundle bundle, @Nullable String publisher, @Nullable String feed) {
    List<Feed> feeds =
        bundle.feeds().stream()
            .filter(f -> publisher == null || f.publisher().id().equals(publisher))
            .toList();
    if (feeds.isEmpty()) {
      throw unknown("publisher", publisher, bundle.publishers());
    }
    if (feed == null || feed.isEmpty()) {
      return new FeedFinder(feeds, Optional.empty());
    }
    List<Feed> named =
        feeds.stream()
            .filter(f -> f.id().toString().equals(feed) || f.name().equals(feed))
            .toList();
    if (named.size() != 1) {
      throw unknown("feed", feed, feeds.stream().map(f -> f.id().toString()).toList());
    }
    return new FeedFinder(feeds, Optional.of(named.get(0)));
  }

  private static TnmtException unknown(String what, String name, List<String> known) {
    return TnmtException.of(
        ErrorCode.ARGUMENT_INVALID,
        "không rõ / not one " + what + " of the bundle: '" + name + "'",
        "",
        Nearest.to(name, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("known: " + String.join(", ", known)));
  }

  /**
   * Shares files out to feeds.
   *
   * @return feed → its files
   * @throws TnmtException {@code TNMT-5004} when a name fits no feed, or several
   */
  public Map<Feed, List<SubmittedFile>> sort(List<SubmittedFile> files) {
    Map<Feed, List<SubmittedFile>> sorted = new LinkedHashMap<>();
    for (SubmittedFile file : files) {
      if (only.isPresent()) {
        // A name outside the pattern is then a finding of its own (REC-03).
        SubmittedFile named = ending(only.get(), file).orElseGet(() -> bare(file));
        sorted.computeIfAbsent(only.get(), f -> new ArrayList<>()).add(named);
      } else {
        Feed feed = feed(file);
        sorted.computeIfAbsent(feed, f -> new ArrayList<>()).add(ending(feed, file).orElseThrow());
      }
    }
    return sorted;
  }

  private Feed feed(SubmittedFile file) {
    List<Feed> fitting = feeds.stream().filter(f -> ending(f, file).isPresent()).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String candidates =
        (fitting.isEmpty() ? feeds : fitting)
            .stream()
                .limit(10)
                .map(f -> f.id() + " (" + f.transport().pattern() + ")")
                .collect(Collectors.joining(", "));
    throw TnmtException.of(
        ErrorCode.ARGUMENT_INVALID,
        fitting.isEmpty()
            ? "tên tệp không thuộc nguồn cấp nào / the file's name fits no feed"
            : "tên tệp hợp với nhiều nguồn cấp / the file's name fits several feeds",
        bare(file).path(),
        "say which with --feed: " + candidates);
  }

  private static Optional<SubmittedFile> ending(Feed feed, SubmittedFile file) {
    String path = file.path();
    for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      String ending = path.substring(slash + 1);
      if (feed.transport().pattern().match(ending).isPresent()) {
        return Optional.of(new SubmittedFile(ending, file.file()));
      }
      if (slash <= 0) {
        return Optional.empty();
      }
    }
  }

  private static SubmittedFile bare(SubmittedFile file) {
    return new SubmittedFile(file.path().substring(file.path().lastIndexOf('/') + 1), file.file());
  }
}

package vn.tnmt.lakehouse.ingestion.collect.s3;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;

/**
 * Where the next page of a listing begins. Keys come sorted, so that a page that ends in the
 * history before the lookback need not be followed by the rest of that history.
 */
final class S3Listing {
  /** Sorts behind everything that begins with what stands before it. */
  private static final String BEHIND_ALL = "\uDBFF\uDFFF";

  private final String prefix;
  private final FilePattern pattern;
  private final LocalDate from;

  /**
   * @param from first day of files that are looked at; {@link LocalDate#MIN} for all
   */
  S3Listing(String prefix, FilePattern pattern, LocalDate from) {
    this.prefix = prefix;
    this.pattern = pattern;
    this.from = from;
  }

  /** The key behind which to go on; empty to go on with the page's own token. */
  Optional<String> jump(ListObjectsV2Response page) {
    List<S3Object> keys = page.contents();
    String last = keys.isEmpty() ? "" : keys.get(keys.size() - 1).key();
    if (!pattern.dated() || !last.startsWith(prefix)) {
      return Optional.empty();
    }
    String path = last.substring(prefix.length());
    // A day's slack, as for folders.
    LocalDate first = from.minusDays(1);
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (!pattern.mayHold(path.substring(0, slash), first)) {
        return Optional.of(prefix + path.substring(0, slash + 1) + BEHIND_ALL);
      }
    }
    return pattern
        .dayOrder(first)
        .filter(order -> path.startsWith(order.begin()) && path.compareTo(order.history()) < 0)
        .map(order -> prefix + order.history());
  }
}

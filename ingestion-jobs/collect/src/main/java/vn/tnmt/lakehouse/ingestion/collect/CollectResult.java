package vn.tnmt.lakehouse.ingestion.collect;

import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.offer.Counts;
import vn.tnmt.lakehouse.ingestion.collect.offer.Tally;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

/**
 * What collecting one feed came to.
 *
 * @param delivery the new delivery; empty when there was nothing new or it failed
 * @param notes what a person should know, Vietnamese / English; the first {@link Tally#MAX_NOTES}
 *     and how many more there are
 * @param failure why the feed could not be collected; other feeds go on
 */
public record CollectResult(
    FeedId feed,
    Optional<Manifest> delivery,
    Counts counts,
    List<String> notes,
    Optional<TnmtException> failure) {
  /** Of a feed that was not even looked at. */
  static CollectResult failed(FeedId feed, TnmtException why) {
    return new CollectResult(feed, Optional.empty(), Counts.NONE, List.of(), Optional.of(why));
  }
}

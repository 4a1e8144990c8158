package vn.tnmt.lakehouse.transform.release;

import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.feed.Schedule;

/**
 * What a publisher owed when a release was made: of a feed what a report tells, and nothing of how
 * its files are read.
 *
 * @param feed name of the feed within its publisher
 */
public record Duty(Publisher publisher, String feed, String dataset, Schedule schedule) {
  public static Duty of(Feed feed) {
    return new Duty(feed.publisher(), feed.name(), feed.dataset(), feed.schedule());
  }

  public FeedId id() {
    return new FeedId(publisher.id(), feed);
  }
}

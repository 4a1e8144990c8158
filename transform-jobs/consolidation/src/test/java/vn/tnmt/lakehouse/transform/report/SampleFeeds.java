package vn.tnmt.lakehouse.transform.report;

import java.util.Map;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.feed.Schedule;

/** Feeds as far as reports look at them: who owes what, and when. */
final class SampleFeeds {
  private SampleFeeds() {}

  static Feed feed(String publisher, String province, String dataset, int everyDays) {
    return new Feed(
        new FeedId(publisher, "f"),
        new Publisher(publisher, "Đơn vị " + publisher, "Body " + publisher, province),
        dataset,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        new Schedule(everyDays, 0),
        null,
        null);
  }
}

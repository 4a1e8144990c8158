package vn.tnmt.lakehouse.ingestion.collect;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.tnmt.lakehouse.ingestion.collect.directory.Directory;
import vn.tnmt.lakehouse.ingestion.feed.Conventions;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Measure;
import vn.tnmt.lakehouse.ingestion.feed.Melt;
import vn.tnmt.lakehouse.ingestion.feed.Place;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.feed.Schedule;
import vn.tnmt.lakehouse.ingestion.feed.Symbols;
import vn.tnmt.lakehouse.ingestion.feed.Transport;
import vn.tnmt.lakehouse.ingestion.format.csv.Csv;

/** Feeds of which only the transport matters. */
public final class TestFeeds {
  private TestFeeds() {}

  public static Feed feed(String id, Path root, String pattern, int lookbackDays) {
    return feed(id, new Directory(root.toString(), FilePattern.parse(pattern), lookbackDays));
  }

  public static Feed feed(String id, Transport transport) {
    FeedId feed = FeedId.parse(id);
    return new Feed(
        feed,
        new Publisher(feed.publisher(), "Đơn vị", "Publisher", ""),
        "water.sample",
        transport,
        new Csv(',', '"', 1),
        new Conventions(ZoneId.of("Asia/Ho_Chi_Minh"), '.', List.of(), "UTF-8", Set.of()),
        Melt.NONE,
        Measure.NONE,
        Map.of(),
        Symbols.NONE,
        new Schedule(1, 0),
        new Place("feeds.yaml", 1));
  }
}

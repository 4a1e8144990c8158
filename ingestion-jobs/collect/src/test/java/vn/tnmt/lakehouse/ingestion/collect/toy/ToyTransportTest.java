package vn.tnmt.lakehouse.ingestion.collect.toy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.TestFeeds;
import vn.tnmt.lakehouse.ingestion.collect.TransportTesting;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.FolderStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.ingestion.feed.FilePattern;
import vn.tnmt.lakehouse.ingestion.feed.Transport;

/** A transport that nothing but its own package and a line in META-INF/services knows. */
class ToyTransportTest {
  private static final String TOY =
      "{type: toy, file: a.csv, text: \"1;2\", pattern: \"{name}.csv\"}";

  @TempDir Path dir;

  @Test
  void aFeedIsCollectedByATransportOfAnotherJar() throws Exception {
    Files.writeString(dir.resolve("a.yaml"), TransportTesting.feed(TOY));
    List<Feed> feeds = Feeds.load(dir, Map.of());
    FolderStore store = new FolderStore(dir.resolve("store"));
    CollectResult result = collect(store, feeds.get(0));
    assertThat(result.failure()).isEmpty();
    assertThat(result.counts().taken()).isEqualTo(1);
    assertThat(new Deliveries(store).restore(result.delivery().orElseThrow(), "a.csv"))
        .isEqualTo("1;2".getBytes(UTF_8));
    assertThat(collect(store, feeds.get(0)).counts().alreadyReceived()).isEqualTo(1);
  }

  @Test
  void aNameThatNobodyHasRegisteredIsAnError() {
    assertThatThrownBy(() -> TransportTesting.transport(dir, TOY.replace("toy,", "tooy,")))
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("a.yaml:7)")
        .hasMessageContaining("transport.type")
        .hasMessageContaining("did you mean 'toy'?");
  }

  @Test
  void aTransportThatOnlyTellsItsFilesIsNotCollected() throws Exception {
    Transport told = new OnlyTold(FilePattern.parse("a.csv"), 0, "nowhere");
    CollectResult result =
        collect(new FolderStore(dir.resolve("store")), TestFeeds.feed("x/f", told));
    assertThat(result.failure().orElseThrow())
        .hasMessageStartingWith("TNMT-2005")
        .hasMessageContaining("feeds.yaml:1");
  }

  private record OnlyTold(FilePattern pattern, int lookbackDays, String location)
      implements Transport {}

  private CollectResult collect(FolderStore store, Feed feed) {
    Clock clock = Clock.fixed(Instant.parse("2026-03-10T18:30:00Z"), ZoneOffset.UTC);
    return new Collector(store, dir.resolve("work"), clock, 1)
        .collect(List.of(feed), LocalDate.of(2026, 3, 10))
        .get(0);
  }
}

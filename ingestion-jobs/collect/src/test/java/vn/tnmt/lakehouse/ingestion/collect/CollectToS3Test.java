package vn.tnmt.lakehouse.ingestion.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.core.testing.LakehouseExtension;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.IndexEntry;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.SplitReader;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;

/** On the embedded S3 endpoint, through S3A. */
@Tag("slow")
class CollectToS3Test {
  @RegisterExtension static final LakehouseExtension LAKE = new LakehouseExtension();

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-10T18:30:00Z"), ZoneOffset.UTC);
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);

  @TempDir Path dir;

  @Test
  void aDeliveryComesBackFromTheRealStore() throws IOException {
    Random random = new Random(7);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[i == 0 ? 0 : i == 7 ? 9 << 20 : random.nextInt(2000)];
      random.nextBytes(bytes);
      String path = "Trạm " + i % 3 + "/tệp " + i + ".csv";
      Files.createDirectories(dir.resolve(path).getParent());
      Files.write(dir.resolve(path), bytes);
      files.put(path, bytes);
    }
    LandingStore store = LandingStore.of(LAKE.lakehouse().store());
    Feed feed = TestFeeds.feed("x/s3", dir, "{folder}/{name}.csv", 30);
    try (var left = store.create("landing/x/s3/2026-03-10/01/files-00000.bin")) {
      left.write(new byte[] {1, 2, 3});
    }
    Manifest delivery = collect(store, feed).delivery().orElseThrow();
    Deliveries deliveries = new Deliveries(store);
    assertThat(deliveries.list(new FeedId("x", "s3"), NIGHT)).containsExactly(delivery);
    assertThat(delivery.landing()).isEqualTo("landing/x/s3/2026-03-10/01");
    assertThat(delivery.files()).isEqualTo(40);
    for (Manifest.Split split : delivery.splits()) {
      try (SplitReader reader = deliveries.open(delivery, split)) {
        for (IndexEntry entry = reader.next(); entry != null; entry = reader.next()) {
          assertThat(reader.content().readAllBytes()).isEqualTo(files.get(entry.path()));
        }
      }
    }
    files.forEach((path, bytes) -> assertThat(deliveries.restore(delivery, path)).isEqualTo(bytes));
    CollectResult again = collect(store, feed);
    assertThat(again.delivery()).isEmpty();
    assertThat(again.counts().alreadyReceived()).isEqualTo(40);
  }

  private CollectResult collect(LandingStore store, Feed feed) {
    return new Collector(store, LAKE.lakehouse().home().resolve("work"), CLOCK, 2)
        .collect(List.of(feed), NIGHT)
        .get(0);
  }
}

package vn.tnmt.lakehouse.ingestion.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.collect.landing.Turn;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.rule.RuleContext;

class LoadPlanTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 1);
  private static final Feed FEED =
      Feeds.load(Path.of("../feeds"), Map.of("exports", "x")).stream()
          .filter(feed -> feed.dataset().equals("monitoring.observation"))
          .findFirst()
          .orElseThrow();

  /** Deliveries, each of so many splits of so many bytes and files. */
  private static LoadOptions load(int deliveries, int splits, long bytes, long files) {
    List<LoadOptions.Delivery> all = new ArrayList<>();
    for (int i = 0; i < deliveries; i++) {
      List<Manifest.Split> pieces = new ArrayList<>();
      for (int k = 0; k < splits; k++) {
        pieces.add(new Manifest.Split("files-00000.bin", k * bytes, bytes, 0, 1, files));
      }
      all.add(
          new LoadOptions.Delivery(
              FEED,
              new Manifest(
                  "d" + i,
                  FEED.publisher().id(),
                  FEED.name(),
                  FEED.dataset(),
                  NIGHT,
                  Instant.EPOCH,
                  new Turn(NIGHT, 1),
                  "landing/x",
                  files * splits,
                  bytes * splits,
                  "",
                  1,
                  pieces)));
    }
    return new LoadOptions(
        "r",
        "",
        Contracts.bundled().contract(FEED.dataset()),
        new RuleContext(Instant.EPOCH, NIGHT),
        all);
  }

  @Test
  void smallDeliveriesShareATask() {
    assertThat(LoadPlan.tasks(load(34, 1, 10_000, 20), 2)).hasSize(1);
  }

  @Test
  void aLargeDeliveryIsSpreadOverSeveralTasks() {
    List<LoadPlan.Task> tasks = LoadPlan.tasks(load(1, 10, 8L << 20, 20_000), 2);
    assertThat(tasks).hasSizeBetween(4, 10);
  }

  @Test
  void everySplitIsReadOnce() {
    for (int cores : new int[] {1, 2, 64}) {
      LoadOptions load = load(7, 13, 3L << 20, 9_000);
      List<LoadPlan.Piece> pieces =
          LoadPlan.tasks(load, cores).stream().flatMap(task -> task.pieces().stream()).toList();
      assertThat(pieces).hasSize(7 * 13).doesNotHaveDuplicates();
    }
  }

  @Test
  void nothingIsNoTask() {
    assertThat(LoadPlan.tasks(load(0, 0, 0, 0), 2)).isEmpty();
  }
}

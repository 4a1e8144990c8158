package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * The first stage: fetches what publishers offer into the landing zone. Needs no Spark and no
 * catalogue, and may run for several feeds at once in several processes.
 */
public final class Ingest {
  private final List<Feed> feeds;
  private final Collector collector;
  private final Progress progress;

  /**
   * @param work folder for temporary files
   * @param feeds every feed there is
   */
  public Ingest(LandingStore landing, Path work, List<Feed> feeds, Clock clock, Progress progress) {
    this.feeds = feeds;
    this.collector =
        new Collector(landing, work, clock, Runtime.getRuntime().availableProcessors());
    this.progress = progress;
  }

  /** Collects every feed. */
  public List<CollectResult> run(LocalDate date) {
    return run(date, feeds);
  }

  /**
   * Collects every feed.
   *
   * @param arrived is run each time that a feed has something new; by several threads
   */
  List<CollectResult> run(LocalDate date, Runnable arrived) {
    return run(date, feeds, arrived);
  }

  /**
   * Collects some of the feeds. A publisher's fault is in its feed's result, and so is damage to
   * what the feed has in landing; any other fault of ours fails the stage, so that it cannot pass
   * for an empty night.
   */
  public List<CollectResult> run(LocalDate date, List<Feed> selected) {
    return run(date, selected, () -> {});
  }

  private List<CollectResult> run(LocalDate date, List<Feed> selected, Runnable arrived) {
    try (Progress.Stage stage = progress.stage("collect files", -1)) {
      List<CollectResult> results =
          collector.collect(selected, feeds, date, stage::advance, arrived);
      results.stream()
          .flatMap(result -> result.failure().stream())
          .filter(failure -> !ofTheFeed(failure.code()))
          .findFirst()
          .ifPresent(
              failure -> {
                stage.failed(failure.getMessage());
                throw failure;
              });
      return results;
    }
  }

  private static boolean ofTheFeed(ErrorCode code) {
    return code == ErrorCode.SOURCE_MISSING
        || code == ErrorCode.SOURCE_UNREADABLE
        || code == ErrorCode.DELIVERY_DAMAGED;
  }
}

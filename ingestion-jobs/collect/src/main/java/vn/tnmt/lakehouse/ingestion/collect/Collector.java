package vn.tnmt.lakehouse.ingestion.collect;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingLimits;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.offer.SourceWalk;
import vn.tnmt.lakehouse.ingestion.feed.Feed;

/**
 * Fetches what publishers offer into landing: one delivery for each feed that has something new.
 *
 * <p>It may be killed at any moment and run again: what is complete stays, what is not is removed
 * and done again with the same result.
 */
public final class Collector {
  private final LandingStore store;
  private final Path work;
  private final Clock clock;
  private final int threads;
  private final LandingLimits limits;
  private final int chunk;

  /**
   * @param work folder for temporary files and the feeds' locks; created when missing
   * @param clock tells now; its zone does not matter
   * @param threads feeds that are collected at the same time
   */
  public Collector(LandingStore store, Path work, Clock clock, int threads) {
    this(store, work, clock, threads, LandingLimits.USUAL, SourceWalk.CHUNK);
  }

  public Collector(
      LandingStore store, Path work, Clock clock, int threads, LandingLimits limits, int chunk) {
    this.store = store;
    this.work = work;
    this.clock = clock;
    this.threads = threads;
    this.limits = limits;
    this.chunk = chunk;
  }

  /** Collects all feeds of a night, telling nobody how far it is. */
  public List<CollectResult> collect(List<Feed> feeds, LocalDate businessDate) {
    return collect(feeds, feeds, businessDate, files -> {}, () -> {});
  }

  /**
   * Collects feeds for a night. A feed that fails has its failure in its result and does not stop
   * the others, but where landing itself fails, feeds that have not begun get that failure at once:
   * each of them would wait for the store as long. Several processes may collect at the same time;
   * of two that want the same feed, one is told TNMT-5003.
   *
   * @param feeds those to collect
   * @param all every feed there is: a file that is in no pattern belongs to one of them
   * @param progress is told how many files more have been looked at; called by several threads
   * @param arrived is run each time that a feed has something new; by several threads
   * @return one result for each feed, in the order of the feeds
   */
  public List<CollectResult> collect(
      List<Feed> feeds,
      List<Feed> all,
      LocalDate businessDate,
      LongConsumer progress,
      Runnable arrived) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicReference<@Nullable TnmtException> landing = new AtomicReference<>();
    try {
      List<Future<CollectResult>> running = new ArrayList<>();
      for (Feed feed : feeds) {
        running.add(
            pool.submit(
                () -> {
                  CollectResult result = collect(feed, all, businessDate, progress, landing);
                  if (result.delivery().isPresent()) {
                    arrived.run();
                  }
                  return result;
                }));
      }
      List<CollectResult> results = new ArrayList<>();
      for (Future<CollectResult> result : running) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TnmtException.of(
          ErrorCode.RUN_FAILED, "collecting was interrupted", "", "run again", e);
    } catch (ExecutionException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "collecting failed", "", "", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private CollectResult collect(
      Feed feed,
      List<Feed> all,
      LocalDate businessDate,
      LongConsumer progress,
      AtomicReference<@Nullable TnmtException> landing) {
    TnmtException failed = landing.get();
    if (failed != null) {
      return CollectResult.failed(feed.id(), failed);
    }
    CollectResult result = collect(feed, all, businessDate, progress);
    result.failure().filter(failure -> failure.code().ofStorage()).ifPresent(landing::set);
    return result;
  }

  private CollectResult collect(
      Feed feed, List<Feed> all, LocalDate businessDate, LongConsumer progress) {
    try (FeedWork own = FeedWork.take(work, feed.id())) {
      return new FeedCollection(
              store,
              own.path(),
              clock.instant(),
              limits,
              chunk,
              feed,
              Ownership.of(feed, all),
              businessDate,
              progress)
          .run();
    } catch (TnmtException e) {
      return CollectResult.failed(feed.id(), e);
    }
  }
}

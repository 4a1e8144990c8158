package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.StoreRequests;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.release.Release;

/**
 * The whole night for one business date in one Spark session: the stages {@link Ingest}, {@link
 * Consolidation}, {@link Publication} and {@link NightlyUpkeep}, one after the other. It may be
 * killed at any moment and run again.
 */
public final class Nightly {
  private final Lakehouse lake;
  private final List<Feed> feeds;
  private final Clock clock;
  private final Ingest ingest;
  private final Consolidation consolidation;
  private final Publication publication;
  private final Outputs outputs;
  private final NightlyUpkeep upkeep;

  public Nightly(
      Lakehouse lake, Contracts contracts, List<Feed> feeds, Clock clock, Progress progress) {
    this.lake = lake;
    this.feeds = feeds;
    this.clock = clock;
    this.ingest =
        new Ingest(
            LandingStore.of(lake.store()), lake.home().resolve("work"), feeds, clock, progress);
    this.consolidation = new Consolidation(lake, contracts, feeds, clock, progress);
    this.publication = new Publication(lake, feeds, progress);
    this.outputs = new Outputs(lake, feeds);
    this.upkeep = new NightlyUpkeep(lake, feeds, clock, progress);
  }

  public NightResult run(LocalDate date) {
    Instant started = clock.instant();
    StoreRequests before = StoreRequests.soFar();
    Optional<Release> finished = consolidation.prepare();
    List<CollectResult> collected = ingest.run(date, lake::startSparkAhead);
    Consolidated consolidated = consolidation.run(date);
    Optional<Path> report = consolidated.releaseId().flatMap(outputs::existingReport);
    Outcome outcome = consolidated.outcome();
    Optional<String> maintained = Optional.empty();
    if (consolidated.release().isPresent()) {
      publication.publish(consolidated.release().get());
      report = Optional.of(publication.answer(consolidated.release().get()));
      outcome = Outcome.RELEASED;
      maintained = upkeep.run();
    }
    return NightResult.of(
            date,
            outcome,
            consolidated,
            report,
            feeds,
            collected,
            StoreRequests.soFar().since(before),
            Duration.between(started, clock.instant()))
        .finishing(finished)
        .noting(maintained);
  }
}

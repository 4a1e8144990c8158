package vn.tnmt.lakehouse.orchestration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;
import vn.tnmt.lakehouse.orchestration.nightly.Consolidated;
import vn.tnmt.lakehouse.orchestration.nightly.Consolidation;
import vn.tnmt.lakehouse.orchestration.nightly.Ingest;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult;
import vn.tnmt.lakehouse.orchestration.nightly.Publication;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.national.NationalDataset;
import vn.tnmt.lakehouse.transform.national.NationalDatasets;
import vn.tnmt.lakehouse.transform.national.NationalEngine;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.national.Standing;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Runs random nights ({@link RandomNation}) and compares every national table with what it would be
 * if it were computed from all of its history: row by row, after each night.
 *
 * <pre>IncrementalProof HOME NIGHTS SEED</pre>
 */
public final class IncrementalProof {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

  private final Lakehouse lake;
  private final Contracts contracts = Contracts.bundled();
  private final NationalDatasets nationals = NationalDatasets.registered(contracts);
  private final List<Feed> feeds;
  private final RandomNation nation;
  private final Random calendar;
  private final Path work;

  /**
   * @param lake with {@link #settings}
   * @param dir for exports and work files
   */
  public IncrementalProof(Lakehouse lake, Path dir, long seed) {
    this.lake = lake;
    this.work = dir.resolve("work");
    Path exports = dir.resolve("exports");
    this.nation = new RandomNation(seed, exports, FIRST);
    this.calendar = new Random(seed + 1);
    this.feeds = feeds(dir, exports);
  }

  /** One measurement an hour is enough to prove something. */
  public static Settings settings(Settings settings) {
    return settings.with("national.air_quality_hourly.intervalMinutes", "60");
  }

  private static List<Feed> feeds(Path dir, Path exports) {
    try {
      Path folder = Files.createDirectories(dir.resolve("feeds"));
      Files.writeString(folder.resolve("random.yaml"), RandomNation.FEEDS);
      return Feeds.load(folder, Map.of("exports", exports.toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * What one night showed.
   *
   * @param differences a line for each table that is not what it would be if computed anew; empty
   *     is what is wanted
   * @param rows rows of all national tables
   */
  public record Night(
      LocalDate date, NightResult.Outcome outcome, long rows, List<String> differences) {}

  /** Runs the nights; a business date may be run twice, or after a later one. */
  public List<Night> run(int nights, java.util.function.Consumer<Night> each) {
    List<Night> run = new ArrayList<>();
    LocalDate date = FIRST;
    for (int i = 0; i < nights; i++) {
      Night night = night(date);
      each.accept(night);
      run.add(night);
      date = date.plusDays(List.of(1, 1, 1, 2, 0, -1).get(calendar.nextInt(6)));
    }
    return run;
  }

  private Night night(LocalDate date) {
    nation.night(date);
    Progress quiet = Progress.quiet();
    new Ingest(LandingStore.of(lake.store()), work, feeds, Clock.systemUTC(), quiet).run(date);
    Consolidation consolidation =
        new Consolidation(lake, contracts, feeds, Clock.systemUTC(), quiet);
    consolidation.prepare();
    Consolidated night = consolidation.run(date);
    if (night.release().isPresent()) {
      Release release = night.release().get();
      new Publication(lake, feeds, quiet).publish(release);
      new Releases(lake).finish(release);
    }
    List<String> differences = new ArrayList<>();
    if (night.outcome() == NightResult.Outcome.REFUSED) {
      night.audits().stream()
          .filter(a -> a.blocks())
          .forEach(a -> differences.add(a.audit() + " " + a.messageEn()));
    }
    LocalDate asOf = new Releases(lake).standing().asOf();
    NationalEngine engine =
        new NationalEngine(
            new RunTables(lake, new RunId(asOf, 1)),
            contracts,
            nationals,
            Policies.of(lake.settings()),
            Standing.NOTHING);
    long rows = 0;
    try (Parallel comparing = new Parallel(lake.spark())) {
      Map<String, CompletableFuture<Comparison>> started = new LinkedHashMap<>();
      nationals
          .all()
          .forEach(
              dataset ->
                  started.put(dataset.table(), comparing.start(() -> compare(engine, dataset))));
      Parallel.join(List.copyOf(started.values()));
      for (var compared : started.entrySet()) {
        Comparison comparison = compared.getValue().join();
        rows += comparison.rows();
        comparison
            .difference()
            .ifPresent(told -> differences.add(compared.getKey() + " on " + date + ": " + told));
      }
    }
    return new Night(date, night.outcome(), rows, differences);
  }

  private Comparison compare(NationalEngine engine, NationalDataset dataset) {
    Column[] columns = columns(dataset);
    return Comparison.of(
        lake.spark().table("lake." + dataset.table()).select(columns),
        engine.anew(dataset).select(columns));
  }

  private Column[] columns(NationalDataset dataset) {
    return contracts.contract(dataset.table()).columnNames().stream()
        .map(functions::col)
        .toArray(Column[]::new);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: IncrementalProof HOME NIGHTS SEED");
      System.exit(2);
    }
    Path dir = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Home home = Home.of(dir.resolve("home"));
    int failed = 0;
    try (Lakehouse lake =
        Lakehouse.openWithSpark(home, settings(Settings.load(home, Optional.empty())))) {
      long begin = System.nanoTime();
      List<Night> nights =
          new IncrementalProof(lake, dir, Long.parseLong(args[2]))
              .run(
                  Integer.parseInt(args[1]),
                  night ->
                      System.out.printf(
                          Locale.ROOT,
                          "%s %s: %d rows, %s%n",
                          night.date(),
                          night.outcome(),
                          night.rows(),
                          night.differences().isEmpty() ? "equal" : night.differences()));
      for (Night night : nights) {
        failed += night.differences().isEmpty() ? 0 : 1;
      }
      System.out.printf(
          Locale.ROOT,
          "%d nights, %d of them with a difference, %.0f s%n",
          nights.size(),
          failed,
          (System.nanoTime() - begin) / 1e9);
    }
    System.exit(failed == 0 ? 0 : 1);
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.error.ErrorCode;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.progress.Progress;
import vn.tnmt.lakehouse.ingestion.collect.CollectResult;
import vn.tnmt.lakehouse.ingestion.collect.Collector;
import vn.tnmt.lakehouse.ingestion.collect.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.load.LoadJob;
import vn.tnmt.lakehouse.ingestion.load.LoadOptions;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.PublisherLine;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.audit.Audits;
import vn.tnmt.lakehouse.transform.audit.Audits.WrittenTable;
import vn.tnmt.lakehouse.transform.consolidate.AirPolicy;
import vn.tnmt.lakehouse.transform.consolidate.NationalTables;
import vn.tnmt.lakehouse.transform.index.Weighting;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.DeliveryFacts;
import vn.tnmt.lakehouse.transform.ledger.Ledger;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.page.Figures;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.Settled;
import vn.tnmt.lakehouse.transform.standardise.Standardiser;

/**
 * The whole night for one business date, in one Spark session: collect, load, standardise,
 * consolidate, audit, release, report.
 *
 * <p>A night may be killed at any moment and run again: what was not yet being published is thrown
 * away and redone from the landing zone; what was, is carried to its end ({@link Releases}).
 */
public final class Nightly {
  private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

  private final Lakehouse lake;
  private final Contracts contracts;
  private final List<Feed> feeds;
  private final Clock clock;
  private final Progress progress;
  private final Releases releases;
  private final Outputs outputs;
  private final Deliveries deliveries;

  public Nightly(
      Lakehouse lake, Contracts contracts, List<Feed> feeds, Clock clock, Progress progress) {
    this.lake = lake;
    this.contracts = contracts;
    this.feeds = feeds;
    this.clock = clock;
    this.progress = progress;
    this.releases = new Releases(lake);
    this.outputs = new Outputs(lake, feeds);
    this.deliveries = new Deliveries(LandingStore.of(lake.store()));
  }

  public NightResult run(LocalDate date) {
    Instant started = clock.instant();
    stage("prepare", this::prepare);
    List<CollectResult> collected = collect(date);
    RunLog log = new RunLog(lake.spark());
    RunLog.DateLog before = log.of(date);
    List<Manifest> pending = stage("compare with the ledger", () -> pending(log, date));
    if (pending.isEmpty() && before.releaseId().isPresent()) {
      return nothingNew(date, before.releaseId().get(), collected, started);
    }
    RunId run = new RunId(date, before.lastRun() + 1);
    try {
      return run(new RunTables(lake, run), pending, collected, started);
    } catch (RuntimeException e) {
      LOG.error("Run {} failed", run, e);
      log.failed(run, started, clock.instant(), e.getMessage());
      throw e;
    }
  }

  private NightResult run(
      RunTables tables, List<Manifest> pending, List<CollectResult> collected, Instant started) {
    RunId run = tables.run();
    Map<String, Settled> settled = settle(tables, byDataset(pending));
    List<DeliveryFacts> facts = pending.stream().map(this::facts).toList();
    Map<String, Counts> counts =
        settled.isEmpty()
            ? Map.of()
            : stage(
                "account for every record",
                () -> new Ledger(tables).record(settled.values(), facts));
    List<NationalTables.Written> national =
        stage("consolidate national tables", () -> national(tables).update(settled));
    List<AuditResult> audits =
        stage("audit", () -> audits(tables, settled, national, facts, counts));
    settled.values().forEach(Settled::close);
    List<PublisherLine> publishers = publishers(collected, pending, counts);
    if (audits.stream().anyMatch(AuditResult::blocks)) {
      new RunLog(lake.spark()).failed(run, started, clock.instant(), "a blocking audit failed");
      return new NightResult(
          run.businessDate(),
          Outcome.REFUSED,
          Optional.empty(),
          Optional.empty(),
          publishers,
          audits,
          notes(collected),
          since(started));
    }
    Release release =
        stage(
            "release",
            () -> {
              Release pinned = releases.pin(run, started, clock.instant(), this::contractVersion);
              releases.begin(pinned);
              return pinned;
            });
    Path report = publish(release);
    return new NightResult(
        run.businessDate(),
        Outcome.RELEASED,
        Optional.of(release.releaseId()),
        Optional.of(report),
        publishers,
        audits,
        notes(collected),
        since(started));
  }

  /** Tables as the contracts say; what an earlier process left is finished or cleared away. */
  private Void prepare() {
    TablePlan.compute(lake.catalog(), contracts).apply(lake.catalog());
    releases.unfinished().ifPresent(this::publish);
    releases.discardDeadRuns();
    return null;
  }

  /** From the point of no return to the end; may be repeated. */
  private Path publish(Release release) {
    stage(
        "publish " + release.releaseId(),
        () -> {
          releases.publish(release);
          new RunLog(lake.spark()).released(release, Releases.key(release));
          return release;
        });
    Path report;
    try (Parallel steps = new Parallel(lake.spark())) {
      CompletableFuture<Integer> receipts =
          steps.start(() -> stage("receipts", () -> outputs.receipts(release)));
      CompletableFuture<Path> page =
          steps.start(() -> stage("report", () -> outputs.report(release)));
      Parallel.<Object>join(List.of(receipts, page));
      report = page.join();
    }
    releases.finish(release);
    return report;
  }

  /** Loads and standardises every dataset; one waits for those that it refers to. */
  private Map<String, Settled> settle(RunTables tables, Map<String, List<Manifest>> byDataset) {
    Map<String, CompletableFuture<Settled>> started = new LinkedHashMap<>();
    try (Parallel steps = new Parallel(lake.spark())) {
      byDataset.forEach(
          (dataset, arrivals) -> {
            List<CompletableFuture<?>> before = new ArrayList<>();
            before.add(steps.start(() -> load(tables, dataset, arrivals)));
            contracts.contract(dataset).references().stream()
                .map(reference -> started.get(reference.dataset()))
                .filter(Objects::nonNull)
                .forEach(before::add);
            started.put(dataset, steps.after(before, () -> standardise(tables, dataset, arrivals)));
          });
      Parallel.join(List.copyOf(started.values()));
    }
    Map<String, Settled> settled = new LinkedHashMap<>();
    started.forEach((dataset, step) -> settled.put(dataset, step.join()));
    return settled;
  }

  private List<CollectResult> collect(LocalDate date) {
    try (Progress.Stage stage = progress.stage("collect files", -1)) {
      Collector collector =
          new Collector(
              LandingStore.of(lake.store()),
              lake.home().resolve("work"),
              clock,
              Runtime.getRuntime().availableProcessors());
      List<CollectResult> results = collector.collect(feeds, date, stage::advance);
      results.stream()
          .flatMap(result -> result.failure().stream())
          .filter(failure -> !ofThePublisher(failure.code()))
          .findFirst()
          .ifPresent(
              failure -> {
                stage.failed(failure.getMessage());
                throw failure;
              });
      return results;
    }
  }

  /** A publisher's fault costs its own feed; one of ours must not pass for an empty night. */
  private static boolean ofThePublisher(ErrorCode code) {
    return code == ErrorCode.SOURCE_MISSING || code == ErrorCode.SOURCE_UNREADABLE;
  }

  /** Deliveries in landing that no released run has taken. */
  private List<Manifest> pending(RunLog log, LocalDate date) {
    int lookback = feeds.stream().mapToInt(f -> f.transport().lookbackDays()).max().orElse(0);
    LocalDate from = date.minusDays(lookback);
    Set<String> taken = log.takenFrom(from);
    List<Manifest> pending = new ArrayList<>();
    for (Feed feed : feeds) {
      pending.addAll(deliveries.list(feed.id(), from, date, folder -> !taken.contains(folder)));
    }
    return pending;
  }

  /** In an order in which what is referred to comes first. */
  private Map<String, List<Manifest>> byDataset(List<Manifest> pending) {
    Map<String, List<Manifest>> unordered = new TreeMap<>();
    pending.forEach(
        manifest ->
            unordered.computeIfAbsent(manifest.dataset(), d -> new ArrayList<>()).add(manifest));
    Map<String, List<Manifest>> ordered = new LinkedHashMap<>();
    unordered.keySet().forEach(dataset -> order(dataset, unordered, ordered));
    return ordered;
  }

  private void order(
      String dataset, Map<String, List<Manifest>> unordered, Map<String, List<Manifest>> ordered) {
    if (!unordered.containsKey(dataset) || ordered.containsKey(dataset)) {
      return;
    }
    for (Reference reference : contracts.contract(dataset).references()) {
      order(reference.dataset(), unordered, ordered);
    }
    ordered.put(dataset, unordered.get(dataset));
  }

  private String load(RunTables tables, String dataset, List<Manifest> arrivals) {
    Map<String, Feed> byId = feeds.stream().collect(Collectors.toMap(Feed::id, f -> f));
    RunId run = tables.run();
    LoadOptions options =
        new LoadOptions(
            run.toString(),
            run.branch(),
            contracts.contract(dataset),
            new RuleContext(endOf(run.businessDate()), run.businessDate()),
            arrivals.stream()
                .map(manifest -> new LoadOptions.Delivery(byId.get(manifest.feedId()), manifest))
                .toList());
    tables.writable(TableDefinition.rawName(dataset));
    try (Progress.Stage stage =
        progress.stage("load " + dataset + ", " + arrivals.size() + " deliveries", -1)) {
      stage.advance(LoadJob.run(lake, options).records());
    }
    return dataset;
  }

  /** The last instant of a business date, local time: midnight itself still belongs to it. */
  private static Instant endOf(LocalDate date) {
    return date.plusDays(1).atStartOfDay(Figures.VIETNAM).toInstant();
  }

  private Settled standardise(RunTables tables, String dataset, List<Manifest> arrivals) {
    Map<String, Integer> sequence = new LinkedHashMap<>();
    arrivals.stream()
        .sorted(Comparator.comparing(Manifest::receivedAt).thenComparing(Manifest::deliveryId))
        .forEach(manifest -> sequence.put(manifest.deliveryId(), sequence.size()));
    return stage(
        "standardise " + dataset,
        () -> new Standardiser(tables).standardise(contracts.contract(dataset), sequence));
  }

  private NationalTables national(RunTables tables) {
    Settings settings = lake.settings();
    return new NationalTables(
        tables,
        contracts,
        new AirPolicy(
            settings.integer("air.intervalMinutes"),
            settings.number("air.completeness.minutesPerHour"),
            settings.integer("air.completeness.hoursPer8"),
            settings.integer("air.completeness.hoursPerDay")),
        Weighting.valueOf(settings.text("water.weighting").toUpperCase(Locale.ROOT)));
  }

  private List<AuditResult> audits(
      RunTables tables,
      Map<String, Settled> settled,
      List<NationalTables.Written> national,
      List<DeliveryFacts> facts,
      Map<String, Counts> counts) {
    List<WrittenTable> written = new ArrayList<>();
    settled.forEach(
        (dataset, s) -> written.add(new WrittenTable(dataset, s.contract().key(), s.touched())));
    national.forEach(n -> written.add(new WrittenTable(n.table(), n.key(), n.touched())));
    Set<String> delivered =
        facts.stream().map(DeliveryFacts::publisher).collect(Collectors.toSet());
    long provinces =
        feeds.stream()
            .map(Feed::publisher)
            .filter(publisher -> delivered.contains(publisher.id()))
            .map(Publisher::provinceCode)
            .filter(code -> !code.isEmpty())
            .distinct()
            .count();
    return new Audits(tables, lake.settings().number("audit.quarantineShare"))
        .run(written, facts, counts, provinces);
  }

  private DeliveryFacts facts(Manifest manifest) {
    return new DeliveryFacts(
        manifest.deliveryId(),
        manifest.publisher(),
        manifest.feed(),
        manifest.dataset(),
        contractVersion(manifest.dataset()),
        manifest.businessDate(),
        manifest.receivedAt(),
        Math.toIntExact(manifest.files()),
        manifest.bytes(),
        manifest.landing(),
        manifest.contentSha256());
  }

  private String contractVersion(String table) {
    return contracts.all().stream()
        .filter(contract -> contract.dataset().equals(table))
        .map(Contract::version)
        .findFirst()
        .orElse("");
  }

  private NightResult nothingNew(
      LocalDate date, String releaseId, List<CollectResult> collected, Instant started) {
    return new NightResult(
        date,
        Outcome.NOTHING_NEW,
        Optional.of(releaseId),
        outputs.existingReport(releaseId),
        publishers(collected, List.of(), Map.of()).stream()
            .filter(line -> !line.failures().isEmpty())
            .toList(),
        List.of(),
        notes(collected),
        since(started));
  }

  /** One line for each publisher that has a feed, in the order of the feeds. */
  private List<PublisherLine> publishers(
      List<CollectResult> collected, List<Manifest> pending, Map<String, Counts> counts) {
    Map<String, List<String>> failures = new LinkedHashMap<>();
    for (CollectResult result : collected) {
      String publisher = result.feed().substring(0, result.feed().indexOf('/'));
      List<String> of = failures.computeIfAbsent(publisher, p -> new ArrayList<>());
      result.failure().ifPresent(failure -> of.add(failure.getMessage()));
    }
    return failures.entrySet().stream()
        .map(
            entry -> {
              List<Manifest> sent =
                  pending.stream().filter(m -> m.publisher().equals(entry.getKey())).toList();
              return new PublisherLine(
                  entry.getKey(),
                  sent.size(),
                  sent.stream().mapToLong(Manifest::files).sum(),
                  sent.stream()
                      .map(m -> counts.getOrDefault(m.deliveryId(), Counts.NONE))
                      .reduce(Counts.NONE, Counts::plus),
                  entry.getValue());
            })
        .toList();
  }

  private static List<String> notes(List<CollectResult> collected) {
    return collected.stream()
        .flatMap(result -> result.notes().stream().map(note -> result.feed() + ": " + note))
        .toList();
  }

  private <T> T stage(String title, Supplier<T> work) {
    try (Progress.Stage stage = progress.stage(title, -1)) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        stage.failed(e.getMessage());
        throw e;
      }
    }
  }

  private Duration since(Instant started) {
    return Duration.between(started, clock.instant());
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries.Marked;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.ingestion.load.LoadJob;
import vn.tnmt.lakehouse.ingestion.load.LoadOptions;
import vn.tnmt.lakehouse.orchestration.nightly.NightResult.Outcome;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.contract.Reference;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.tables.ddl.TablePlan;
import vn.tnmt.lakehouse.tables.rule.RuleContext;
import vn.tnmt.lakehouse.transform.audit.AuditResult;
import vn.tnmt.lakehouse.transform.audit.Audits;
import vn.tnmt.lakehouse.transform.audit.WrittenTable;
import vn.tnmt.lakehouse.transform.erase.Erasure;
import vn.tnmt.lakehouse.transform.ledger.Counts;
import vn.tnmt.lakehouse.transform.ledger.DeliveryFacts;
import vn.tnmt.lakehouse.transform.ledger.Ledger;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.maintain.Compaction;
import vn.tnmt.lakehouse.transform.national.Changes;
import vn.tnmt.lakehouse.transform.national.Input;
import vn.tnmt.lakehouse.transform.national.NationalDatasets;
import vn.tnmt.lakehouse.transform.national.NationalEngine;
import vn.tnmt.lakehouse.transform.national.Policies;
import vn.tnmt.lakehouse.transform.release.Pins;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.LocalDay;
import vn.tnmt.lakehouse.transform.run.Parallel;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.Settled;
import vn.tnmt.lakehouse.transform.standardise.Standardiser;

/**
 * The second stage: from what is new in the landing zone to audited national tables on the run's
 * branch, in one Spark session. Nothing that readers see changes.
 *
 * <p>It may be killed at any moment and run again: what was not yet being published is thrown away
 * and redone from the landing zone; what was, is carried to its end ({@link Releases}).
 */
public final class Consolidation {
  private static final Logger LOG = LoggerFactory.getLogger(Consolidation.class);

  /** So long deliveries stay marked after they were taken. */
  private static final int MARKED_DAYS = 7;

  private final Lakehouse lake;
  private final Contracts contracts;
  private final List<Feed> feeds;
  private final Clock clock;
  private final Progress progress;
  private final Stages stages;
  private final Releases releases;
  private final Publication publication;
  private final Deliveries deliveries;
  private final NationalDatasets nationals;
  private final Gate gate;

  public Consolidation(
      Lakehouse lake, Contracts contracts, List<Feed> feeds, Clock clock, Progress progress) {
    this.lake = lake;
    this.contracts = contracts;
    this.feeds = feeds;
    this.clock = clock;
    this.progress = progress;
    this.stages = new Stages(progress);
    this.releases = new Releases(lake);
    this.publication = new Publication(lake, feeds, progress);
    this.deliveries = new Deliveries(LandingStore.of(lake.store()));
    this.nationals = NationalDatasets.registered(contracts);
    this.gate = new Gate(lake, contracts, feeds);
  }

  /**
   * Tables as the contracts say; what an earlier process left is finished or cleared away.
   *
   * @return the release that was begun then and was finished now
   */
  public Optional<Release> prepare() {
    return stages.run(
        "prepare",
        () -> {
          Optional<Release> unfinished = releases.unfinished();
          if (unfinished.isEmpty()) {
            releases.requireUntouched();
          }
          TablePlan.compute(lake.catalog(), contracts).apply(lake.catalog());
          unfinished.ifPresent(
              release -> {
                publication.publish(release);
                publication.answer(release);
                releases.requireUntouched();
              });
          releases.discardDeadRuns();
          return unfinished;
        });
  }

  /** Consolidates what no released run has taken; {@link #prepare} comes first. */
  public Consolidated run(LocalDate date) {
    Instant started = clock.instant();
    RunLog log = new RunLog(lake);
    RunLog.DateLog before = stages.brief("what was released before", () -> log.of(date));
    List<String> told = new ArrayList<>();
    List<Manifest> pending = stages.run("compare with the ledger", () -> pending(log, date, told));
    Admitted admitted =
        stages.run("look at new deliveries", () -> gate.admit(pending).telling(told));
    if (admitted.taken().isEmpty() && before.releaseId().isPresent()) {
      return Consolidated.nothingNew(before.releaseId().get(), admitted.notes());
    }
    RunId run = new RunId(date, before.lastRun() + 1);
    try {
      return attempt(run, admitted, before.releaseId(), started);
    } catch (RuntimeException e) {
      LOG.error("Run {} failed", run, e);
      if (Faults.of(e).filter(known -> known.code().ofStorage()).isPresent()) {
        throw e; // the run's own line would wait for the same in vain
      }
      try {
        log.failed(run, started, clock.instant(), Faults.told(e));
      } catch (RuntimeException alsoTheLog) {
        e.addSuppressed(alsoTheLog);
      }
      throw e;
    }
  }

  /** Begins anew without deliveries that the load finds damaged: each time there are fewer. */
  private Consolidated attempt(
      RunId run, Admitted admitted, Optional<String> standing, Instant started) {
    Map<String, String> damaged = new ConcurrentSkipListMap<>();
    RunTables tables = new RunTables(lake, run);
    Map<String, Settled> settled;
    try {
      settled = settle(tables, admitted, damaged);
    } catch (RuntimeException e) {
      if (damaged.isEmpty()) {
        throw e;
      }
      Admitted sound = gate.hold(leaveEnded(admitted, damaged), damaged);
      releases.discardDeadRuns();
      return sound.taken().isEmpty() && standing.isPresent()
          ? Consolidated.nothingNew(standing.get(), sound.notes())
          : attempt(run, sound, standing, started);
    }
    return run(tables, admitted, settled, standing, started);
  }

  /**
   * Leaves out deliveries whose bytes are gone because they ended: no person can bring them back,
   * so that nobody waits for one.
   */
  private Admitted leaveEnded(Admitted admitted, Map<String, String> damaged) {
    Map<String, String> ended = new TreeMap<>();
    damaged
        .keySet()
        .forEach(
            folder ->
                deliveries
                    .ended(folder)
                    .ifPresent(end -> ended.put(folder, end.error(folder).getMessage())));
    damaged.keySet().removeAll(ended.keySet());
    ended.keySet().forEach(deliveries::unmark);
    return admitted.leaving(ended);
  }

  private Consolidated run(
      RunTables tables,
      Admitted loaded,
      Map<String, Settled> settled,
      Optional<String> standing,
      Instant started) {
    List<AutoCloseable> kept = new ArrayList<>(settled.values());
    try {
      return run(tables, loaded, settled, kept, standing, started);
    } finally {
      kept.forEach(Consolidation::close);
    }
  }

  private static void close(AutoCloseable rows) {
    try {
      rows.close();
    } catch (Exception e) {
      LOG.warn("Kept rows were not let go", e);
    }
  }

  /**
   * @param kept takes what Spark keeps for this run
   */
  private Consolidated run(
      RunTables tables,
      Admitted loaded,
      Map<String, Settled> settled,
      List<AutoCloseable> kept,
      Optional<String> standing,
      Instant started) {
    RunId run = tables.run();
    Admitted admitted =
        gate.keepOut(loaded, settled.values().stream().flatMap(s -> s.held().stream()).toList());
    List<Manifest> pending = admitted.taken();
    if (pending.isEmpty() && standing.isPresent()) {
      return Consolidated.nothingNew(standing.get(), admitted.notes());
    }
    List<DeliveryFacts> facts = pending.stream().map(this::facts).toList();
    Map<String, Counts> counts =
        pending.isEmpty()
            ? Map.of()
            : stages.run(
                "account for every record",
                () -> new Ledger(tables).record(settled.values(), facts));
    NationalEngine engine = national(tables);
    List<NationalEngine.Written> national =
        stages.run("consolidate national tables", () -> engine.update(changes(tables, settled)));
    kept.addAll(national);
    List<AuditResult> audits =
        stages.run("audit", () -> audits(tables, settled, national, facts, counts));
    if (audits.stream().anyMatch(AuditResult::blocks)) {
      new RunLog(lake).failed(run, started, clock.instant(), "a blocking audit failed");
      return new Consolidated(
          Outcome.REFUSED,
          Optional.empty(),
          Optional.empty(),
          pending,
          counts,
          audits,
          Stream.concat(
                  admitted.notes().stream(),
                  Stream.of(
                      "bảng của lượt chạy / the run's tables: version as of '%s'"
                          .formatted(tables.branch())))
              .toList());
    }
    Map<String, Table> written = releases.tables();
    List<String> compacted =
        stages.brief("compact", () -> new Compaction(lake, clock).of(tables, written));
    Release release = stages.run("release", () -> pin(written, run, started, engine));
    return new Consolidated(
        Outcome.STAGED,
        Optional.of(release),
        Optional.of(release.releaseId()),
        pending,
        counts,
        audits,
        Stream.concat(admitted.notes().stream(), compacted.stream()).toList());
  }

  private Release pin(
      Map<String, Table> written, RunId run, Instant started, NationalEngine engine) {
    return releases.pin(
        written,
        run,
        started,
        clock.instant(),
        this::contractVersion,
        new Pins(lake.store()).pin(lake.settings(), feeds, contracts, engine.definitions()));
  }

  /**
   * A run that takes no deliveries and changes tables on its branch: what is computed from them
   * follows, and it is audited like a night.
   *
   * @param change writes to the branch and tells what that changed, by dataset
   * @param followed takes the name of each national table that was brought up to date
   * @return what may be published
   * @throws TnmtException {@code TNMT-6002} when an audit blocks it
   */
  Release withoutDeliveries(
      RunTables tables,
      Instant started,
      Supplier<Map<String, Changes>> change,
      Consumer<String> followed) {
    Map<String, Changes> changes = stages.run("change tables", change);
    NationalEngine engine = national(tables);
    List<NationalEngine.Written> national =
        stages.run("consolidate national tables", () -> engine.update(changes));
    try {
      national.forEach(written -> followed.accept(written.contract().dataset()));
      long owing = provinces(publisher -> true);
      List<AuditResult> blocking =
          stages
              .run(
                  "audit",
                  () -> audits(tables).run(List.of(), national, List.of(), Map.of(), owing, owing))
              .stream()
              .filter(AuditResult::blocks)
              .toList();
      if (!blocking.isEmpty()) {
        throw TnmtException.of(
            ErrorCode.AUDIT_FAILED,
            "kiểm tra chặn phát hành / an audit blocks the release",
            blocking.toString(),
            "the run's tables: version as of '%s'".formatted(tables.branch()));
      }
      return stages.run("release", () -> pin(releases.tables(), tables.run(), started, engine));
    } finally {
      national.forEach(Consolidation::close);
    }
  }

  /**
   * Loads and standardises every dataset; one waits for those that it refers to.
   *
   * @param damaged takes deliveries that are not as they were received; then it fails
   */
  private Map<String, Settled> settle(
      RunTables tables, Admitted admitted, Map<String, String> damaged) {
    Map<String, CompletableFuture<Settled>> started = new LinkedHashMap<>();
    try (Parallel steps = new Parallel(lake.spark())) {
      byDataset(admitted.taken())
          .forEach(
              (dataset, arrivals) -> {
                List<CompletableFuture<?>> before = new ArrayList<>();
                before.add(steps.start(() -> load(tables, dataset, arrivals, damaged)));
                contracts.contract(dataset).references().stream()
                    .map(reference -> started.get(reference.dataset()))
                    .filter(Objects::nonNull)
                    .forEach(before::add);
                started.put(
                    dataset,
                    steps.after(before, () -> standardise(tables, dataset, arrivals, admitted)));
              });
      Parallel.join(List.copyOf(started.values()));
    }
    Map<String, Settled> settled = new LinkedHashMap<>();
    started.forEach((dataset, step) -> settled.put(dataset, step.join()));
    return settled;
  }

  /** Deliveries in landing that no released run has taken. */
  private List<Manifest> pending(RunLog log, LocalDate date, List<String> told) {
    Map<FeedId, List<String>> waiting = new LinkedHashMap<>();
    feeds.forEach(feed -> waiting.put(feed.id(), new ArrayList<>()));
    List<Marked> marked =
        deliveries.marked().stream().filter(one -> waiting.containsKey(one.feed())).toList();
    if (marked.isEmpty()) {
      return List.of();
    }
    Set<String> erased = Erasure.deliveries(lake);
    Set<String> taken =
        log.takenFrom(
            marked.stream().map(Marked::night).min(Comparator.naturalOrder()).orElseThrow());
    for (Marked delivery : marked) {
      if (taken.contains(delivery.folder())) {
        // A release of these days may have to be taken back; its deliveries are then found again.
        if (delivery.night().isBefore(date.minusDays(MARKED_DAYS))) {
          deliveries.unmark(delivery.folder());
        }
      } else if (!delivery.night().isAfter(date)) {
        waiting.get(delivery.feed()).add(delivery.folder());
      }
    }
    List<Manifest> pending = new ArrayList<>();
    waiting.forEach(
        (feed, folders) -> {
          try {
            pending.addAll(
                folders.stream()
                    .flatMap(folder -> deliveries.find(folder).stream())
                    // Erased while it waited, by a command that was killed before it said so.
                    .filter(manifest -> !erased.contains(manifest.deliveryId()))
                    .sorted(Manifest.ORDER)
                    .toList());
          } catch (TnmtException e) {
            if (e.code() != ErrorCode.DELIVERY_DAMAGED) {
              throw e;
            }
            // Which of its deliveries comes first cannot be known, so that all of them wait.
            told.add("%s: đang giữ / held: %s".formatted(feed, e.getMessage()));
          }
        });
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
      if (!reference.dataset().equals(dataset)) {
        order(reference.dataset(), unordered, ordered);
      }
    }
    ordered.put(dataset, unordered.get(dataset));
  }

  private String load(
      RunTables tables, String dataset, List<Manifest> arrivals, Map<String, String> damaged) {
    Map<FeedId, Feed> byId = feeds.stream().collect(Collectors.toMap(Feed::id, f -> f));
    RunId run = tables.run();
    LoadOptions options =
        new LoadOptions(
            run.toString(),
            tables.branch(),
            contracts.contract(dataset),
            context(run.businessDate()),
            arrivals.stream()
                .map(manifest -> new LoadOptions.Delivery(byId.get(manifest.feedId()), manifest))
                .toList());
    try (Progress.Stage stage =
        progress.stage("load " + dataset + ", " + arrivals.size() + " deliveries", -1)) {
      LoadJob.Result result = load(tables, dataset, options, stage);
      stage.advance(result.records());
      if (!result.damaged().isEmpty()) {
        damaged.putAll(result.damaged());
        stage.failed(String.join(", ", result.damaged().keySet()));
        throw TnmtException.of(
            ErrorCode.DELIVERY_DAMAGED,
            "lần gửi không còn như lúc nhận / deliveries are not as they were received",
            result.damaged().toString(),
            "they are held; the night begins anew without them");
      }
    }
    return dataset;
  }

  private LoadJob.Result load(
      RunTables tables, String dataset, LoadOptions options, Progress.Stage stage) {
    try {
      tables.writable(TableDefinition.rawName(dataset));
      return LoadJob.run(lake, options);
    } catch (RuntimeException e) {
      stage.failed(Faults.told(e));
      throw e;
    }
  }

  private static RuleContext context(LocalDate date) {
    return new RuleContext(new LocalDay(date).end(), date);
  }

  private Settled standardise(
      RunTables tables, String dataset, List<Manifest> arrivals, Admitted admitted) {
    Map<String, Integer> sequence = new LinkedHashMap<>();
    arrivals.stream()
        .sorted(Manifest.ORDER)
        .forEach(manifest -> sequence.put(manifest.deliveryId(), sequence.size()));
    return stages.run(
        "standardise " + dataset,
        () ->
            new Standardiser(tables, lake.settings().integer(SettingKey.STANDARDISE_COMPARED_WHOLE))
                .standardise(
                    contracts.contract(dataset),
                    sequence,
                    admitted.rejected(),
                    gate.snapshots(arrivals, admitted)));
  }

  private NationalEngine national(RunTables tables) {
    return new NationalEngine(
        tables, contracts, nationals, Policies.of(lake.settings()), releases.standing());
  }

  private static Map<String, Changes> changes(RunTables tables, Map<String, Settled> settled) {
    Map<String, Changes> changes = new LinkedHashMap<>();
    settled.forEach((dataset, s) -> changes.put(dataset, s.changes()));
    if (!settled.isEmpty()) {
      changes.put(
          Input.QUARANTINE,
          Changes.inserted(
              Input.QUARANTINE,
              tables
                  .read(Input.QUARANTINE)
                  .where(col("business_date").equalTo(lit(tables.run().businessDate())))
                  .where(col("run_id").equalTo(tables.run().toString()))));
    }
    return changes;
  }

  private List<AuditResult> audits(
      RunTables tables,
      Map<String, Settled> settled,
      List<NationalEngine.Written> national,
      List<DeliveryFacts> facts,
      Map<String, Counts> counts) {
    List<WrittenTable> standard =
        settled.values().stream().map(s -> new WrittenTable(s.contract(), s.touched())).toList();
    Set<String> delivering =
        facts.stream().map(DeliveryFacts::publisher).collect(Collectors.toSet());
    return audits(tables)
        .run(
            standard,
            national,
            facts,
            counts,
            provinces(publisher -> delivering.contains(publisher.id())),
            provinces(publisher -> true));
  }

  private Audits audits(RunTables tables) {
    return new Audits(
        tables,
        contracts,
        context(tables.run().businessDate()),
        lake.settings().number("audit.quarantineShare"));
  }

  /** Provinces of the publishers that owe feeds. */
  private long provinces(Predicate<Publisher> which) {
    return feeds.stream()
        .map(Feed::publisher)
        .filter(which)
        .map(Publisher::provinceCode)
        .filter(code -> !code.isEmpty())
        .distinct()
        .count();
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
}

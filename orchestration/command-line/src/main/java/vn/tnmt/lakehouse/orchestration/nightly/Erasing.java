package vn.tnmt.lakehouse.orchestration.nightly;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.progress.Progress;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.LeaseState;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.Ended;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.erase.Erasure;
import vn.tnmt.lakehouse.transform.erase.Erasure.Fact;
import vn.tnmt.lakehouse.transform.erase.Erasure.Found;
import vn.tnmt.lakehouse.transform.erase.Erasure.Of;
import vn.tnmt.lakehouse.transform.erase.Subject;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.maintain.Budget;
import vn.tnmt.lakehouse.transform.maintain.Maintenance;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.run.RunId;
import vn.tnmt.lakehouse.transform.run.RunTables;

/**
 * Erases a subject: from the tables by a run without deliveries that is audited and released like a
 * night's, then from landing and outbox, then from the past by ending the releases that held it.
 * Until the release is begun nothing is changed; from then on the ledger tells what there is to do,
 * so that the same command carries on what was killed. Every step may be repeated.
 */
public final class Erasing {
  private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);

  /**
   * What is to go.
   *
   * @param landing objects that hold delivered bytes, those of whole deliveries
   * @param answers files of the outbox
   */
  public record Plan(Found found, List<String> landing, List<Path> answers) {
    public boolean isNothing() {
      return found.rows() == 0
          && landing.isEmpty()
          && answers.isEmpty()
          && found.holding().isEmpty();
    }
  }

  /** What becomes of releases that are kept and hold the subject: {@code erase.keptReleases}. */
  public enum KeptReleases {
    REFUSE,
    WITHDRAW;

    public static KeptReleases of(Settings settings) {
      return valueOf(
          settings.text(SettingKey.ERASE_KEPT_RELEASES).toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Who decides, and why. */
  public record Decision(String by, String reason) {}

  private final Lakehouse lake;
  private final KeptReleases kept;
  private final Clock clock;
  private final Stages stages;
  private final Consolidation consolidation;
  private final Publication publication;
  private final Releases releases;
  private final Erasure erasure;
  private final Deliveries landing;
  private final Outbox outbox;

  public Erasing(
      Lakehouse lake,
      Contracts contracts,
      List<Feed> feeds,
      KeptReleases kept,
      Clock clock,
      Progress progress) {
    this.lake = lake;
    this.kept = kept;
    this.clock = clock;
    this.stages = new Stages(progress);
    this.consolidation = new Consolidation(lake, contracts, feeds, clock, progress);
    this.publication = new Publication(lake, feeds, progress);
    this.releases = new Releases(lake);
    this.erasure = new Erasure(lake, contracts);
    this.landing = new Deliveries(LandingStore.of(lake.store()));
    this.outbox = new Outbox(lake.settings());
  }

  /**
   * What the lake has of a subject. Changes nothing.
   *
   * @throws TnmtException {@code TNMT-1004} when it has nothing and never erased it
   */
  public Plan plan(Subject subject) {
    Found found = find(subject);
    List<String> objects = new ArrayList<>();
    Set<Path> answers = new LinkedHashSet<>();
    for (Of of : found.of()) {
      objects.addAll(landing.bytes(of.landing()));
      Stream.concat(
              found.runs().stream().map(run -> run.businessDate().toString()), Stream.of(night(of)))
          .distinct()
          .forEach(date -> answers.addAll(outbox.answers(of.feedId(), of.deliveryId(), date)));
    }
    Plan plan = new Plan(found, objects, List.copyOf(answers));
    if (plan.isNothing() && found.earlier().isEmpty()) {
      throw Erasure.unknown(subject);
    }
    return plan;
  }

  /** What has it: the ledger, or else the deliveries that no release has taken yet. */
  private Found find(Subject subject) {
    try {
      return erasure.look(subject);
    } catch (TnmtException e) {
      if (e.code() != ErrorCode.NOT_FOUND_IN_LEDGER || subject.scope() == Subject.Scope.KEY) {
        throw e;
      }
      List<Manifest> waiting =
          landing.marked().stream()
              .flatMap(marked -> landing.find(marked.folder()).stream())
              .filter(manifest -> manifest.deliveryId().startsWith(subject.deliveryId()))
              .toList();
      if (waiting.size() != 1 || subject.deliveryId().length() < Erasure.SHORTEST_ID) {
        throw e;
      }
      return erasure.waiting(waiting.get(0));
    }
  }

  /** A folder ends with its night and a number. */
  private static String night(Of of) {
    String[] parts = of.landing().split("/", -1);
    return parts[parts.length - 2];
  }

  /**
   * Carries an erasure out, or on.
   *
   * @return the release that was made without it; empty when tables had nothing
   * @throws TnmtException {@code TNMT-6012} that says what holds it, before anything is changed;
   *     {@code TNMT-6002} when an audit blocks the release
   */
  public Optional<Release> apply(Subject subject, Decision decision) {
    consolidation.prepare();
    Plan plan = plan(subject);
    requireFree(plan);
    Found found = plan.found;
    Optional<Release> release =
        found.untold().isEmpty() ? Optional.empty() : Optional.of(release(found, decision));
    stages.run(
        "end bytes and answers",
        () -> {
          Ended fact = new Ended(clock.instant(), Ended.By.ERASURE, decision.reason);
          plan.answers.forEach(Outbox::delete);
          for (Of of : found.of()) {
            decide(of, decision);
            landing.end(of.landing(), fact);
            landing.unmark(of.landing()); // last: what is marked is found again
          }
          return plan;
        });
    Set<String> tables = erasure.tables(found);
    stages.run(
        "withdraw releases that held it",
        () -> {
          Set<String> held = new TreeSet<>(found.holding());
          if (!held.isEmpty()) {
            releases.expire(
                held,
                "erase: " + erasure.sha256(found.subject()).substring(0, 12),
                clock.instant());
          }
          new Maintenance(lake, clock, Budget.of(Duration.ofDays(1))).endNow(tables);
          return held;
        });
    return release;
  }

  /** A delivery that was held waits for nobody any more. */
  private void decide(Of of, Decision decision) {
    Judgements gate = new Judgements(lake);
    gate.find(of.deliveryId())
        .filter(judgement -> judgement.status() == Status.HELD)
        .ifPresent(
            held ->
                gate.write(
                    List.of(
                        held.decided(
                            Status.REJECTED, decision.by, clock.instant(), decision.reason))));
  }

  private void requireFree(Plan plan) {
    Found found = plan.found;
    if (!found.others().isEmpty()) {
      throw held(
          "nhánh hoặc nhãn riêng có thể còn giữ dữ liệu / branches or tags of people may hold it",
          String.join(", ", found.others()),
          "./tnmt sql --write \"alter table … drop branch|tag …\"");
    }
    if (!found.referring().isEmpty()) {
      throw held(
          "dòng của tập khác còn tham chiếu tới / rows of other datasets refer to it",
          String.join(", ", found.referring()),
          "they have to be erased, or sent again without it, first");
    }
    // Those that an earlier command had decided to withdraw are not asked about again.
    if (found.rows() > 0 && !found.holding().isEmpty() && kept == KeptReleases.REFUSE) {
      throw held(
          "các bản phát hành còn giữ có dữ liệu này / releases that are kept hold it",
          String.join(", ", found.holding()),
          "%s: withdraw rút các bản đó / withdraws them; ./tnmt erase … prints until when they are kept"
              .formatted(SettingKey.ERASE_KEPT_RELEASES.key()));
    }
  }

  private static TnmtException held(String what, String where, String remedy) {
    return TnmtException.of(
        ErrorCode.ERASURE_HELD, what + "; chưa xoá gì / nothing was erased", where, remedy);
  }

  private Release release(Found found, Decision decision) {
    Instant started = clock.instant();
    LocalDate date =
        LocalDate.parse(
            releases.newest().map(Release::businessDate).orElseGet(() -> night(found.of().get(0))));
    RunLog log = new RunLog(lake);
    RunId run = new RunId(date, log.of(date).lastRun() + 1);
    RunTables tables = new RunTables(lake, run);
    Fact fact =
        new Fact(
            started,
            decision.by,
            lake.leaseState().map(LeaseState::holder).map(Object::toString).orElse(""),
            decision.reason,
            found.subject().scope().name(),
            erasure.sha256(found.subject()),
            String.join(", ", found.holding()));
    try {
      Release release =
          consolidation.withoutDeliveries(
              tables,
              started,
              () -> erasure.write(tables, found, fact),
              table -> Erasure.follow(tables, table));
      publication.publish(release);
      publication.answer(release);
      return release;
    } catch (RuntimeException e) {
      LOG.error("Erasing run {} failed", run, e);
      if (Faults.of(e).filter(known -> known.code().ofStorage()).isEmpty()
          && releases.unfinished().isEmpty()) {
        log.failed(run, started, clock.instant(), Faults.told(e));
      }
      throw e;
    }
  }
}

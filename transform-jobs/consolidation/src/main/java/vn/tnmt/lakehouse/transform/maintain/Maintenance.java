package vn.tnmt.lakehouse.transform.maintain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Faults;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.store.StoreFaults;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.maintain.Upkeep.Work;
import vn.tnmt.lakehouse.transform.release.ExpiredReleases;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.release.Releases;
import vn.tnmt.lakehouse.transform.release.Retention;
import vn.tnmt.lakehouse.transform.release.Verification;

/**
 * The stage after the report: releases beyond their retention end, and with them what only they
 * held. Each step may be repeated, and what a budget or a kill leaves over is found again.
 */
public final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private static final int THREADS = 4;

  /**
   * What was done, or would be.
   *
   * @param releases that are no longer kept
   * @param tables with something to do
   * @param compacted what was done to journals, which no night's branch has
   * @param orphans objects that nothing named; empty when nobody looked
   * @param notes about tables that were left as they are
   * @param finished whether everything was reached within the budget
   */
  public record Done(
      boolean dryRun,
      Set<String> releases,
      List<Line> tables,
      List<String> compacted,
      List<Orphaned> orphans,
      List<String> notes,
      boolean finished) {
    /** Whether everything was well as it was. */
    public boolean isNothing() {
      return releases.isEmpty()
          && tables.isEmpty()
          && compacted.isEmpty()
          && orphans.isEmpty()
          && notes.isEmpty();
    }

    /** The same with what else was done. */
    public Done noting(Optional<String> note) {
      List<String> all = new ArrayList<>(notes);
      note.ifPresent(all::add);
      return new Done(dryRun, releases, tables, compacted, orphans, List.copyOf(all), finished);
    }
  }

  /**
   * What was done to a table, or would be.
   *
   * @param tags of expired releases
   * @param snapshots that nothing names any more
   */
  public record Line(String table, int tags, int snapshots) {}

  /** Objects of a table that nothing named. */
  public record Orphaned(String table, int objects, long bytes) {}

  private final Lakehouse lake;
  private final Releases releases;
  private final Settings settings;
  private final Clock clock;
  private final Budget budget;
  private final Upkeep upkeep;
  private final AtomicBoolean leftOver = new AtomicBoolean();
  private final Set<String> notes = new ConcurrentSkipListSet<>();

  public Maintenance(Lakehouse lake, Clock clock, Budget budget) {
    this.lake = lake;
    this.releases = new Releases(lake);
    this.settings = lake.settings();
    this.clock = clock;
    this.budget = budget;
    this.upkeep = new Upkeep((SupportsNamespaces) lake.catalog());
  }

  /** Whether {@code maintain.everyDays} have gone by. */
  public boolean isDue() {
    return upkeep.isDue(Work.EXPIRY, days(SettingKey.MAINTAIN_EVERY_DAYS), clock.instant());
  }

  /** The stage of a night: nothing unless {@code maintain.everyDays} have gone by. */
  public Optional<Done> ifDue() {
    return isDue()
        ? Optional.of(
            run(
                false,
                upkeep.isDue(
                    Work.ORPHANS, days(SettingKey.MAINTAIN_THOROUGH_DAYS), clock.instant())))
        : Optional.empty();
  }

  private Duration days(SettingKey setting) {
    return Duration.ofDays(settings.integer(setting));
  }

  /**
   * Does what there is to do, whenever it was done last.
   *
   * @param dryRun only says what
   * @param thorough whether the store is listed for objects that nothing names
   * @throws TnmtException before anything is changed: {@code TNMT-6004} while a release is half
   *     made, and as {@link Verification#requirePast}, since what was dropped by mistake can be
   *     repaired only while it is there
   */
  public Done run(boolean dryRun, boolean thorough) {
    requireWhole();
    Instant now = clock.instant();
    Retention retention = Retention.of(settings);
    Set<String> ended = releases.ended(retention, now);
    if (!dryRun && !ended.isEmpty()) {
      releases.expire(ended, retention.toString(), now);
    }
    Set<String> expired = new TreeSet<>(new ExpiredReleases(lake.store()).all().keySet());
    expired.addAll(ended);
    List<Line> tables = expire(expired, now, dryRun);
    List<String> compacted = List.of();
    if (!dryRun && begins()) {
      compacted = new Compaction(lake, clock, () -> budget).ofJournals(budget);
    }
    List<Orphaned> orphans = thorough ? orphans(now, dryRun) : List.of();
    boolean finished = !leftOver.get();
    if (!dryRun && finished) {
      upkeep.done(Work.EXPIRY, now);
    }
    if (!dryRun && finished && thorough) {
      upkeep.done(Work.ORPHANS, now);
    }
    return new Done(dryRun, ended, tables, compacted, orphans, List.copyOf(notes), finished);
  }

  /**
   * Takes the tags of releases that are no longer kept from all tables, and from some the snapshots
   * that nothing names any more, whoever may be reading them; then the store is asked for what is
   * left of these tables.
   */
  public void endNow(Set<String> tables) {
    Set<String> expired = new ExpiredReleases(lake.store()).all().keySet();
    Instant usual =
        clock
            .instant()
            .minus(Duration.ofHours(settings.integer(SettingKey.MAINTAIN_SNAPSHOT_HOURS)));
    ExecutorService manifests = Executors.newFixedThreadPool(THREADS);
    try {
      releases.identifiers().stream()
          .parallel()
          .forEach(
              table ->
                  expire(
                      table,
                      expired,
                      tables.contains(table.toString())
                          ? Instant.ofEpochMilli(Long.MAX_VALUE)
                          : usual,
                      false,
                      manifests));
    } finally {
      manifests.shutdown();
    }
    // The catalogue forgets first: of a command that is killed in between, or a store that did not
    // delete, the files are still there and nobody knows them.
    for (String name : new TreeSet<>(tables)) {
      Table table = lake.catalog().loadTable(TableIdentifier.parse(name));
      lake.lease().ifPresent(Lease::confirm);
      Orphans.delete(table, Orphans.find(table, Instant.ofEpochMilli(Long.MAX_VALUE)));
    }
  }

  private void requireWhole() {
    Optional<Release> begun = releases.unfinished();
    if (begun.isPresent()) {
      throw TnmtException.of(
          ErrorCode.RUN_FAILED,
          "bản phát hành còn làm dở, chưa bảo trì gì / a release is half made, nothing was maintained",
          begun.get().releaseId(),
          "./tnmt nightly --date %s làm tiếp / carries it on"
              .formatted(begun.get().businessDate()));
    }
    new Verification(lake).requirePast();
  }

  private List<Line> expire(Set<String> expired, Instant now, boolean dryRun) {
    Instant before =
        now.minus(Duration.ofHours(settings.integer(SettingKey.MAINTAIN_SNAPSHOT_HOURS)));
    ExecutorService manifests = Executors.newFixedThreadPool(THREADS);
    try {
      return releases.identifiers().stream()
          .parallel()
          .filter(table -> begins())
          .flatMap(table -> expire(table, expired, before, dryRun, manifests).stream())
          .toList();
    } finally {
      manifests.shutdown();
    }
  }

  private Optional<Line> expire(
      TableIdentifier name,
      Set<String> expired,
      Instant before,
      boolean dryRun,
      ExecutorService manifests) {
    Table table = lake.catalog().loadTable(name);
    Expiry.Plan plan =
        Expiry.plan(((HasTableOperations) table).operations().current(), expired, before);
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    if (!dryRun) {
      try {
        Expiry.apply(table, plan, manifests);
      } catch (RuntimeException e) {
        if (!StoreFaults.isMissing(e)) {
          throw e;
        }
        // After the commit: the catalogue was from before an expiry.
        LOG.warn("Files of {} were gone already", name, e);
        notes.add(
            "%s: tệp của ảnh chụp hết hạn đã mất từ trước, phần còn lại là mồ côi / files of expired snapshots were gone already, what is left of them are orphans"
                .formatted(name));
      }
    }
    return Optional.of(new Line(name.toString(), plan.tags().size(), plan.snapshots().size()));
  }

  private List<Orphaned> orphans(Instant now, boolean dryRun) {
    Instant before = now.minus(days(SettingKey.MAINTAIN_ORPHAN_DAYS));
    List<Orphaned> found = new ArrayList<>();
    for (TableIdentifier name : releases.identifiers()) { // one after the other: each takes memory
      if (begins()) {
        orphans(name, before, dryRun).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Orphaned> orphans(TableIdentifier name, Instant before, boolean dryRun) {
    try {
      Table table = lake.catalog().loadTable(name);
      if (!table.properties().containsKey(TableDefinition.KEY_PROPERTY)) {
        return Optional.empty(); // somebody's own, who knows what else lies there
      }
      Orphans.Found found = Orphans.find(table, before);
      if (!dryRun) {
        lake.lease().ifPresent(Lease::confirm);
        Orphans.delete(table, found);
      }
      return found.locations().isEmpty()
          ? Optional.empty()
          : Optional.of(new Orphaned(name.toString(), found.locations().size(), found.bytes()));
    } catch (RuntimeException e) {
      if (Faults.of(e).filter(fault -> fault.code().ofStorage()).isPresent()) {
        throw e;
      }
      notes.add("%s: %s".formatted(name, Faults.told(e)));
      return Optional.empty();
    }
  }

  /** Whether there is time for a further piece of work. */
  private boolean begins() {
    if (budget.isSpent()) {
      leftOver.set(true);
      return false;
    }
    lake.lease().ifPresent(Lease::require);
    return true;
  }
}

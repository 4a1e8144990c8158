package vn.tnmt.lakehouse.transform.release;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lake.SnapshotRows;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.lease.LeaseRegister;
import vn.tnmt.lakehouse.core.store.StoreFaults;
import vn.tnmt.lakehouse.ingestion.collect.landing.Sha256;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.ledger.RunLog;
import vn.tnmt.lakehouse.transform.national.Standing;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * Publishes a run as a release, all or nothing as seen after any crash.
 *
 * <p>The steps: {@link #pin} computes what will be published; {@link #begin} writes that down as
 * the {@link Intent}, the point of no return; {@link #publish} moves {@code main} of every table,
 * tags it and drops the run's branch, and may be repeated any number of times; {@link #finish}
 * writes {@code releases/<id>.json} and {@code releases/newest.json}, marks the lake and removes
 * the intent. A run that died before {@code begin} is discarded and redone; one that died after it
 * is carried to its end by the next.
 */
public final class Releases {
  /**
   * Tables that are written to {@code main} directly: they tell of nights without a release, too.
   */
  public static final List<String> JOURNALS =
      Stream.of(RunLog.RUNS, RunLog.RELEASES, Judgements.ROWS).map(ContractRows::table).toList();

  private final Lakehouse lake;
  private final Catalog catalog;
  private final Branches branches;
  private final Manifests manifests;
  private final Heads heads;
  private final Intent intent;
  private final Past past;
  private final ExpiredReleases expired;

  public Releases(Lakehouse lake) {
    this.lake = lake;
    this.catalog = lake.catalog();
    this.branches = lake.branches();
    this.manifests = new Manifests(lake.store());
    this.heads = new Heads(catalog);
    this.intent = new Intent(lake);
    this.past = new Past(lake);
    this.expired = new ExpiredReleases(lake.store());
  }

  /** Every table of the catalogue as it stands, by name: each is loaded once. */
  public Map<String, Table> tables() {
    return identifiers().stream()
        .parallel()
        .collect(
            Collectors.toConcurrentMap(
                TableIdentifier::toString,
                catalog::loadTable,
                (a, b) -> a,
                ConcurrentSkipListMap::new));
  }

  /** As {@link #pin(Map, RunId, Instant, Instant, Function, Definitions)}, of the tables now. */
  public Release pin(
      RunId run,
      Instant started,
      Instant now,
      Function<String, String> contractVersion,
      Definitions definitions) {
    return pin(tables(), run, started, now, contractVersion, definitions);
  }

  /**
   * What publishing {@code run} would freeze: the run's branch where it has one, otherwise main.
   *
   * @param tables as {@link #tables} has them
   * @param contractVersion table name → version of its contract, or an empty text
   */
  public Release pin(
      Map<String, Table> tables,
      RunId run,
      Instant started,
      Instant now,
      Function<String, String> contractVersion,
      Definitions definitions) {
    List<Release.PinnedTable> pinned =
        tables.entrySet().stream()
            .parallel()
            .map(
                table ->
                    pin(
                        table.getKey(),
                        table.getValue(),
                        run,
                        contractVersion.apply(table.getKey())))
            .toList();
    String lakeId = past.require();
    ManifestRef newest = manifests.ref(Manifests.NEWEST);
    return new Release(
        run.releaseId(),
        run.toString(),
        run.businessDate().toString(),
        started,
        now,
        Build.software(),
        definitions,
        new Lineage(lakeId, newest.releaseId(), newest.sha256(), JOURNALS),
        pinned);
  }

  private Release.PinnedTable pin(String name, Table table, RunId run, String contractVersion) {
    String own = run.branch(lake.epoch());
    SnapshotRef branch = table.refs().get(own);
    Snapshot snapshot =
        branch == null ? table.currentSnapshot() : table.snapshot(branch.snapshotId());
    if (snapshot == null) {
      return new Release.PinnedTable(name, -1, "", 0, contractVersion, "");
    }
    return new Release.PinnedTable(
        name,
        snapshot.snapshotId(),
        sha256(table, snapshot.manifestListLocation()),
        SnapshotRows.of(snapshot).orElse(0),
        contractVersion,
        branch == null ? "" : own);
  }

  /** Keeps what a run may publish, for another process to publish it. */
  public void stage(Release release) {
    lake.lease().ifPresent(Lease::confirm);
    manifests.put(Manifests.STAGED, release);
  }

  /** What {@link #stage} kept, unless a later run has cleared it away. */
  public Optional<Release> staged() {
    return manifests.find(Manifests.STAGED);
  }

  /**
   * Writes the intent: from here on the release will be made, by this process or the next.
   *
   * @throws TnmtException {@code TNMT-4006} when {@code main} of any table moved since the run was
   *     made, {@code TNMT-6006} when another release was made since: nothing was changed then
   */
  public void begin(Release release) {
    Optional<String> earlier = unfinished().map(begun -> intent.key());
    if (earlier.isEmpty()) {
      manifests.requireFree(release);
      if (!manifests.ref(Manifests.NEWEST).equals(release.lineage().before())) {
        throw TnmtException.of(
            ErrorCode.PAST_BROKEN,
            "sau khi tổng hợp đã có bản phát hành khác / another release was made since the run",
            Manifests.STAGED,
            "./tnmt nightly --date " + release.businessDate() + " makes it anew");
      }
      heads.requireUnmoved(release);
    }
    intent.begin(release, earlier);
    manifests.delete(Manifests.STAGED);
  }

  /** A release that an earlier process began and did not finish. */
  public Optional<Release> unfinished() {
    return intent.find();
  }

  /**
   * Whether tables stand where the newest release left them; where nothing was released, that none
   * of them has rows.
   *
   * @throws TnmtException {@code TNMT-4006}, or {@code TNMT-4008} when metadata cannot be read
   */
  public void requireUntouched() {
    Optional<Release> newest = newest();
    if (newest.isPresent()) {
      heads.require(newest.get());
      return;
    }
    List<String> written =
        identifiers().stream()
            .filter(id -> !JOURNALS.contains(id.toString()))
            .map(catalog::loadTable)
            .filter(table -> table.properties().containsKey(TableDefinition.KEY_PROPERTY))
            .filter(table -> Heads.main(table) >= 0)
            .map(Table::name)
            .toList();
    if (!written.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.BRANCH_DIVERGED,
          "main có dữ liệu dù chưa từng phát hành / main has rows although nothing was released yet",
          String.join(", ", written),
          "./tnmt sql --write \"drop table …\"; the night makes the table anew");
    }
  }

  /** The release made last. */
  public Optional<Release> newest() {
    return manifests.find(Manifests.NEWEST);
  }

  /**
   * Moves {@code main} of every table to its pinned snapshot, tags it and drops the run's branch.
   * Idempotent.
   */
  public void publish(Release release) {
    release.tables().stream()
        .filter(pinned -> pinned.snapshotId() >= 0)
        .parallel()
        .forEach(
            pinned ->
                branches.release(
                    TableIdentifier.parse(pinned.name()),
                    pinned.snapshotId(),
                    release.releaseId(),
                    pinned.branch()));
  }

  /** Keeps the release's manifest and clears away the traces of its making. Idempotent. */
  public void finish(Release release) {
    lake.lease().ifPresent(Lease::confirm);
    past.remember(release.lineage().lakeId(), manifests.keep(release));
    intent.clear();
  }

  /**
   * Removes the branches of runs that died, or were left, before their release began: those of this
   * holder of the lake's lease and of earlier ones. Whoever has the lease after it is left alone.
   */
  public void discardDeadRuns() {
    lake.lease().ifPresent(Lease::confirm);
    manifests.delete(Manifests.STAGED);
    long mine = lake.epoch();
    dropBranches(branch -> RunId.epochOf(branch).stream().anyMatch(epoch -> epoch <= mine));
  }

  private void dropBranches(java.util.function.Predicate<String> which) {
    forEachTable(
        id -> {
          Table table = catalog.loadTable(id);
          table.refs().entrySet().stream()
              .filter(ref -> ref.getValue().isBranch() && which.test(ref.getKey()))
              .map(Map.Entry::getKey)
              .toList()
              .forEach(branch -> table.manageSnapshots().removeBranch(branch).commit());
        });
  }

  /** What the national tables that stand were computed as: the release made last says it. */
  public Standing standing() {
    return newest()
        .map(
            newest ->
                new Standing(
                    LocalDate.parse(newest.businessDate()), newest.definitions().national()))
        .orElse(Standing.NOTHING);
  }

  /** Key of the release's manifest in the bucket. */
  public static String key(Release release) {
    return Manifests.key(release.releaseId());
  }

  /**
   * The manifest of a release that can be read.
   *
   * @throws TnmtException {@code TNMT-6003} when there was none, {@code TNMT-6011} when it expired
   */
  public Release find(String releaseId) {
    expired.requireKept(releaseId);
    return manifests
        .find(Manifests.key(releaseId))
        .orElseThrow(
            () ->
                TnmtException.of(
                    ErrorCode.RELEASE_UNKNOWN,
                    "there is no release " + releaseId,
                    "",
                    "./tnmt releases lists those there are"));
  }

  /** Whether a release can still be read. */
  public boolean isKept(String releaseId) {
    return !expired.all().containsKey(releaseId);
  }

  /**
   * Releases that can be read and are no longer to be kept.
   *
   * @param now by a clock
   */
  public Set<String> ended(Retention retention, Instant now) {
    Set<String> readable = new TreeSet<>(manifests.ids());
    readable.removeAll(expired.all().keySet());
    Optional<Release> newest = newest();
    return newest.isEmpty()
        ? Set.of()
        : retention.ended(
            readable,
            newest.get().releaseId(),
            LocalDate.ofInstant(now, ZoneOffset.UTC),
            id ->
                manifests
                    .find(Manifests.key(id))
                    .map(release -> LocalDate.ofInstant(release.createdAt(), ZoneOffset.UTC))
                    .orElse(LocalDate.MAX));
  }

  /**
   * Says of releases that they cannot be read any more: in the ledger, then in the store, which is
   * the point of no return. Their tags and snapshots go next, whoever takes them away. Idempotent.
   *
   * @param why the setting or the erasure that says so
   */
  public void expire(Set<String> releaseIds, String why, Instant now) {
    lake.lease().ifPresent(Lease::confirm);
    new RunLog(lake).expired(releaseIds, now);
    expired.add(releaseIds, new ExpiredReleases.Expired(now, why));
  }

  private void forEachTable(Consumer<TableIdentifier> action) {
    identifiers().stream().parallel().forEach(action);
  }

  /** Every table of the catalogue, sorted by name. */
  public List<TableIdentifier> identifiers() {
    return ((SupportsNamespaces) catalog)
        .listNamespaces().stream()
            .filter(namespace -> !LeaseRegister.owns(namespace))
            .map(namespace -> Namespace.of(namespace.levels()))
            .flatMap(namespace -> catalog.listTables(namespace).stream())
            .sorted(java.util.Comparator.comparing(TableIdentifier::toString))
            .toList();
  }

  static String sha256(Table table, String location) {
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(table.io().newInputFile(location).newStream(), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return Sha256.hex(digest);
    } catch (IOException e) {
      throw StoreFaults.of(e)
          .orElseGet(
              () ->
                  TnmtException.of(
                      ErrorCode.STORE_FAILED,
                      "không đọc được danh sách tệp của bảng / a manifest list cannot be read",
                      location,
                      "see to the store, then run again",
                      e));
    }
  }
}

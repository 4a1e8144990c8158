package vn.tnmt.lakehouse.transform.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Branches;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.transform.national.Standing;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * Publishes a run as a release, all or nothing as seen after any crash.
 *
 * <p>The steps: {@link #pin} computes what will be published; {@link #begin} writes that down as
 * the intent {@code releases/publishing.json}, the point of no return; {@link #publish} moves
 * {@code main} of every table and tags it, and may be repeated any number of times; {@link #finish}
 * writes {@code releases/<id>.json} and {@code releases/newest.json}, drops the run's branches and
 * removes the intent. A run that died before {@code begin} is discarded and redone; one that died
 * after it is carried to its end by the next.
 */
public final class Releases {
  private static final String FOLDER = "releases/";
  private static final String INTENT = FOLDER + "publishing.json";
  private static final String STAGED = FOLDER + "staged.json";
  private static final String NEWEST = FOLDER + "newest.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Catalog catalog;
  private final Branches branches;
  private final ObjectStore store;

  public Releases(Lakehouse lake) {
    this.catalog = lake.catalog();
    this.branches = lake.branches();
    this.store = lake.store();
  }

  /**
   * What publishing {@code run} would freeze: the run's branch where it has one, otherwise main.
   *
   * @param contractVersion table name → version of its contract, or an empty text
   */
  public Release pin(
      RunId run,
      Instant started,
      Instant now,
      Function<String, String> contractVersion,
      Definitions definitions) {
    List<Release.PinnedTable> tables =
        identifiers().stream()
            .parallel()
            .map(id -> pin(id, run, contractVersion.apply(id.toString())))
            .toList();
    return new Release(
        run.releaseId(),
        run.toString(),
        run.businessDate().toString(),
        started,
        now,
        Build.software(),
        definitions,
        tables);
  }

  private Release.PinnedTable pin(TableIdentifier id, RunId run, String contractVersion) {
    Table table = catalog.loadTable(id);
    SnapshotRef branch = table.refs().get(run.branch());
    Snapshot snapshot =
        branch == null ? table.currentSnapshot() : table.snapshot(branch.snapshotId());
    if (snapshot == null) {
      return new Release.PinnedTable(id.toString(), -1, "", 0, contractVersion, "");
    }
    return new Release.PinnedTable(
        id.toString(),
        snapshot.snapshotId(),
        sha256(table, snapshot.manifestListLocation()),
        records(snapshot).orElse(0),
        contractVersion,
        branch == null ? "" : run.branch());
  }

  /** Rows that a snapshot holds, as its summary says. */
  public static OptionalLong records(Snapshot snapshot) {
    String total = snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    return total == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total));
  }

  /** Keeps what a run may publish, for another process to publish it. */
  public void stage(Release release) {
    store.put(STAGED, toJson(release));
  }

  /** What {@link #stage} kept, unless a later run has cleared it away. */
  public Optional<Release> staged() {
    return store.exists(STAGED) ? Optional.of(read(STAGED)) : Optional.empty();
  }

  /** Writes the intent: from here on the release will be made, by this process or the next. */
  public void begin(Release release) {
    store.put(INTENT, toJson(release));
    store.delete(STAGED);
  }

  /** A release that an earlier process began and did not finish. */
  public Optional<Release> unfinished() {
    return store.exists(INTENT) ? Optional.of(read(INTENT)) : Optional.empty();
  }

  /** Moves {@code main} of every table to its pinned snapshot and tags it. Idempotent. */
  public void publish(Release release) {
    release.tables().stream()
        .filter(pinned -> pinned.snapshotId() >= 0)
        .parallel()
        .forEach(pinned -> publish(pinned, release.releaseId()));
  }

  private void publish(Release.PinnedTable pinned, String tag) {
    TableIdentifier table = TableIdentifier.parse(pinned.name());
    branches.fastForward(table, pinned.snapshotId());
    branches.tag(table, tag, pinned.snapshotId());
  }

  /** Keeps the release's manifest and clears away the traces of its making. Idempotent. */
  public void finish(Release release) {
    store.put(key(release), toJson(release));
    store.put(NEWEST, toJson(release));
    dropBranches(branch -> branch.equals(RunId.parse(release.runId()).branch()));
    store.delete(INTENT);
  }

  /** Removes the branches of runs that died, or were left, before their release began. */
  public void discardDeadRuns() {
    store.delete(STAGED);
    dropBranches(branch -> branch.startsWith("run_"));
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
    if (!store.exists(NEWEST)) {
      return Standing.NOTHING;
    }
    Release newest = read(NEWEST);
    return new Standing(LocalDate.parse(newest.businessDate()), newest.definitions().national());
  }

  /** Key of the release's manifest in the bucket. */
  public static String key(Release release) {
    return FOLDER + release.releaseId() + ".json";
  }

  /** The manifest of a release that was made. */
  public Release find(String releaseId) {
    String key = FOLDER + releaseId + ".json";
    if (!store.exists(key)) {
      throw TnmtException.of(
          ErrorCode.RELEASE_UNKNOWN,
          "there is no release " + releaseId,
          "",
          "./tnmt releases lists those there are");
    }
    return read(key);
  }

  private Release read(String key) {
    try {
      return JSON.readValue(store.get(key), Release.class);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED, "a release manifest cannot be read", key, "", e);
    }
  }

  private static byte[] toJson(Release release) {
    try {
      return JSON.writeValueAsBytes(release);
    } catch (IOException e) {
      throw TnmtException.of(ErrorCode.INTERNAL, "a release cannot be written as JSON", "", "", e);
    }
  }

  private void forEachTable(Consumer<TableIdentifier> action) {
    identifiers().stream().parallel().forEach(action);
  }

  private List<TableIdentifier> identifiers() {
    return ((SupportsNamespaces) catalog)
        .listNamespaces().stream()
            .map(namespace -> Namespace.of(namespace.levels()))
            .flatMap(namespace -> catalog.listTables(namespace).stream())
            .sorted(java.util.Comparator.comparing(TableIdentifier::toString))
            .toList();
  }

  static String sha256(Table table, String location) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in =
          new DigestInputStream(table.io().newInputFile(location).newStream(), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED, "a manifest list cannot be read", location, "", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package vn.tnmt.lakehouse.transform.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.lake.Journals;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.transform.release.Release;
import vn.tnmt.lakehouse.transform.run.ContractRows;
import vn.tnmt.lakehouse.transform.run.NamedRows;
import vn.tnmt.lakehouse.transform.run.RunId;

/**
 * {@code ops.run} and {@code ops.release}: what was run and what was released. Unlike the rest of
 * the ledger they are written to {@code main} directly, by key, because they tell of runs that
 * released nothing, too.
 */
public final class RunLog {
  /** How runs stand in the table. */
  public static final ContractRows RUNS = ContractRows.of("ops.run", Run.class);

  /** How releases stand in the table. */
  public static final ContractRows RELEASES = ContractRows.of("ops.release", Released.class);

  /** A run that ended. */
  record Run(
      String runId,
      LocalDate businessDate,
      String status,
      String releaseId,
      Instant startedAt,
      Instant endedAt,
      String message) {}

  /**
   * A release.
   *
   * @param manifest key of its manifest in the bucket
   * @param expiredAt since when it cannot be read; null while it is kept
   */
  record Released(
      String releaseId,
      String runId,
      LocalDate businessDate,
      Instant createdAt,
      String manifest,
      List<ReleasedTable> tables,
      @Nullable Instant expiredAt) {}

  /** What a release pins of a table. */
  record ReleasedTable(
      String name,
      long snapshotId,
      String manifestListSha256,
      long records,
      String contractVersion) {}

  private final Lakehouse lake;

  public RunLog(Lakehouse lake) {
    this.lake = lake;
  }

  /** Runs and releases of one business date, read once. */
  public record DateLog(int lastRun, Optional<String> releaseId) {}

  /** The last release of a business date, and the number of its last run that ended. */
  public DateLog of(LocalDate date) {
    TreeMap<Integer, Optional<String>> runs = new TreeMap<>();
    Journals.read(
        lake,
        RUNS.table(),
        Expressions.equal("business_date", date.toString()),
        row ->
            runs.put(
                RunId.parse((String) row.getField("run_id")).number(),
                Optional.ofNullable((String) row.getField("release_id"))),
        "run_id",
        "release_id");
    return new DateLog(
        runs.isEmpty() ? 0 : runs.lastKey(),
        runs.descendingMap().values().stream().flatMap(Optional::stream).findFirst());
  }

  /** The release of the latest business date before that of {@code release}. */
  public Optional<String> releaseBefore(Release release) {
    TreeMap<RunId, String> before =
        new TreeMap<>(Comparator.comparing(RunId::businessDate).thenComparing(RunId::number));
    Journals.read(
        lake,
        RELEASES.table(),
        Expressions.lessThan("business_date", release.businessDate()),
        row ->
            before.put(
                RunId.parse((String) row.getField("run_id")), (String) row.getField("release_id")),
        "run_id",
        "release_id");
    return before.isEmpty() ? Optional.empty() : Optional.of(before.lastEntry().getValue());
  }

  /** Landing folders of the deliveries that released runs took on business dates since. */
  public Set<String> takenFrom(LocalDate since) {
    Set<String> taken = new HashSet<>();
    Journals.read(
        lake,
        "ops.delivery",
        Expressions.greaterThanOrEqual("business_date", since.toString()),
        row -> taken.add((String) row.getField("landing")),
        "landing");
    return taken;
  }

  /**
   * A delivery that a release took.
   *
   * @param night the night that collected it
   * @param landing its folder
   * @param releasedAt when that release was made
   */
  public record Taken(
      String deliveryId,
      FeedId feed,
      LocalDate night,
      String landing,
      long bytes,
      Instant releasedAt) {}

  /** Deliveries that releases took which were made in a stretch of time, the earliest first. */
  public List<Taken> taken(Instant from, Instant before) {
    Map<String, Instant> releases = new HashMap<>();
    Journals.read(
        lake,
        RELEASES.table(),
        Expressions.and(
            Expressions.greaterThanOrEqual("created_at", from.toString()),
            Expressions.lessThan("created_at", before.toString())),
        row ->
            releases.put(
                (String) row.getField("run_id"),
                ((OffsetDateTime) row.getField("created_at")).toInstant()),
        "run_id",
        "created_at");
    if (releases.isEmpty()) {
      return List.of();
    }
    List<Taken> taken = new ArrayList<>();
    Journals.read(
        lake,
        "ops.delivery",
        Expressions.in("run_id", releases.keySet()),
        row ->
            taken.add(
                new Taken(
                    (String) row.getField("delivery_id"),
                    new FeedId((String) row.getField("publisher"), (String) row.getField("feed")),
                    (LocalDate) row.getField("business_date"),
                    (String) row.getField("landing"),
                    (Long) row.getField("bytes"),
                    releases.get((String) row.getField("run_id")))),
        "delivery_id",
        "publisher",
        "feed",
        "business_date",
        "landing",
        "bytes",
        "run_id");
    taken.sort(Comparator.comparing(Taken::releasedAt).thenComparing(Taken::landing));
    return taken;
  }

  public void released(Release release, String manifest) {
    List<ReleasedTable> tables =
        release.tables().stream()
            .filter(t -> t.snapshotId() >= 0)
            .map(
                t ->
                    new ReleasedTable(
                        t.name(),
                        t.snapshotId(),
                        t.manifestListSha256(),
                        t.records(),
                        t.contractVersion()))
            .toList();
    RunId run = RunId.parse(release.runId());
    merge(
        RELEASES,
        "release_id",
        new Released(
            release.releaseId(),
            release.runId(),
            run.businessDate(),
            release.createdAt(),
            manifest,
            tables,
            null));
    ended(run, "released", release.releaseId(), release.startedAt(), release.createdAt(), null);
  }

  /** A run that ended without a release. */
  public void failed(RunId run, Instant started, Instant ended, String message) {
    ended(run, "failed", null, started, ended, message);
  }

  /** Takes back what is said of releases that were not made after all. */
  public void keepOnly(Set<String> releaseIds) {
    String made = texts(releaseIds);
    lake.spark().sql("DELETE FROM lake.ops.release WHERE release_id NOT IN " + made);
    lake.spark().sql("DELETE FROM lake.ops.run WHERE release_id NOT IN " + made);
  }

  /** Says since when releases cannot be read any more. */
  public void expired(Set<String> releaseIds, Instant since) {
    lake.spark()
        .sql(
            "UPDATE lake.ops.release SET expired_at = TIMESTAMP '%s' WHERE expired_at IS NULL AND release_id IN %s"
                .formatted(since, texts(releaseIds)));
  }

  private static String texts(Set<String> ids) {
    return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "(", ")"));
  }

  private void ended(
      RunId run,
      String status,
      @Nullable String releaseId,
      Instant started,
      Instant ended,
      @Nullable String message) {
    merge(
        RUNS,
        "run_id",
        new Run(run.toString(), run.businessDate(), status, releaseId, started, ended, message));
  }

  private void merge(ContractRows table, String key, Record record) {
    NamedRows.use(
        table.dataset(lake.spark(), List.of(table.row(record))),
        rows ->
            lake.spark()
                .sql(
                    "MERGE INTO lake.%s t USING %s s ON t.%s = s.%s WHEN NOT MATCHED THEN INSERT *"
                        .formatted(table.table(), rows, key, key)));
  }
}

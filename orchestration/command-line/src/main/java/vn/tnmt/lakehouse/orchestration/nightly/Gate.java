package vn.tnmt.lakehouse.orchestration.nightly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.store.ObjectStore;
import vn.tnmt.lakehouse.core.store.StoreAccess;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.ingestion.gate.landing.LandedSample;
import vn.tnmt.lakehouse.ingestion.gate.landing.SameFile;
import vn.tnmt.lakehouse.tables.codelist.CodeLists;
import vn.tnmt.lakehouse.tables.codelist.Units;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.tables.ddl.TableDefinition;
import vn.tnmt.lakehouse.transform.ledger.GateLog;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Entry;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Status;
import vn.tnmt.lakehouse.transform.run.RunTables;
import vn.tnmt.lakehouse.transform.standardise.SnapshotDiff;
import vn.tnmt.lakehouse.transform.standardise.Standardiser;

/**
 * Looks at each new delivery before it is loaded, and lets in what may go on.
 *
 * <p>What was judged stays judged: a night that is repeated decides the same. A delivery that is
 * held keeps the later ones of its feed waiting behind it, since approving it afterwards would put
 * older records over newer ones.
 */
final class Gate {
  private final Lakehouse lake;
  private final Contracts contracts;
  private final Map<FeedId, Feed> feeds;
  private final GateLog log;
  private final Deliveries landing;
  private final GateCheck check = new GateCheck(Units.bundled());

  /**
   * A delivery that waits.
   *
   * @param behind the delivery of its feed that is held
   */
  record Waiting(Manifest manifest, String behind) {}

  /**
   * What goes on.
   *
   * @param taken to be loaded, the rejected ones too: their records go into quarantine
   * @param rejected delivery id → why
   * @param entries what the gate says of each delivery that was pending
   * @param held those that wait for a person
   * @param waiting later deliveries of feeds of which one is held
   */
  record Admitted(
      List<Manifest> taken,
      Map<String, String> rejected,
      Map<String, Entry> entries,
      List<Manifest> held,
      List<Waiting> waiting) {
    /** Lines for the people of the night. */
    List<String> notes(Map<String, Entry> heldSince) {
      List<String> notes = new ArrayList<>();
      Map<String, Entry> now = new HashMap<>(entries);
      now.putAll(heldSince);
      now.values().stream()
          .sorted(Comparator.comparing(Entry::feed).thenComparing(Entry::landing))
          .forEach(entry -> note(entry, notes));
      for (Waiting one : waiting) {
        notes.add(
            one.manifest.feedId()
                + " "
                + one.manifest.deliveryId()
                + ": chờ lần gửi đang giữ trước nó / waits behind the one that is held");
      }
      return notes;
    }

    private static void note(Entry entry, List<String> notes) {
      for (Finding finding : entry.findings()) {
        notes.add(
            "%s %s %s: %s / %s"
                .formatted(
                    entry.feed(),
                    entry.deliveryId(),
                    finding.kind().code(),
                    finding.vi(),
                    finding.en()));
      }
      if (entry.status() == Status.HELD) {
        notes.add(
            "%s %s: đang giữ / held: ./tnmt deliveries approve|reject %s --why \"…\""
                .formatted(entry.feed(), entry.deliveryId(), entry.deliveryId()));
      }
    }
  }

  Gate(Lakehouse lake, Contracts contracts, List<Feed> feeds) {
    this.lake = lake;
    this.contracts = contracts;
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::id, feed -> feed));
    this.log = new GateLog(lake.spark());
    this.landing = new Deliveries(LandingStore.of(lake.store()));
  }

  /** Judges what was not judged yet. */
  Admitted admit(List<Manifest> pending) {
    if (pending.isEmpty()) {
      return new Admitted(List.of(), Map.of(), Map.of(), List.of(), List.of());
    }
    LocalDate oldest =
        pending.stream().map(Manifest::businessDate).min(Comparator.naturalOrder()).orElseThrow();
    Map<String, Entry> entries = log.of(pending.stream().map(Manifest::landing).toList(), oldest);
    List<Manifest> unjudged =
        pending.stream()
            .filter(manifest -> !entries.containsKey(manifest.landing()))
            .sorted(Comparator.comparing(Manifest::receivedAt).thenComparing(Manifest::landing))
            .toList();
    List<Entry> judged = judge(unjudged);
    log.write(judged);
    judged.forEach(entry -> entries.put(entry.landing(), entry));
    return admitted(pending, entries);
  }

  private static Admitted admitted(List<Manifest> pending, Map<String, Entry> entries) {
    List<Manifest> taken = new ArrayList<>();
    List<Manifest> held = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    Map<String, String> rejected = new LinkedHashMap<>();
    Map<FeedId, String> heldOfFeed = new HashMap<>();
    pending.stream()
        .sorted(Comparator.comparing(Manifest::receivedAt).thenComparing(Manifest::landing))
        .forEach(
            manifest -> {
              Entry entry = entries.get(manifest.landing());
              String behind = heldOfFeed.get(manifest.feedId());
              if (behind != null) {
                waiting.add(new Waiting(manifest, behind));
              } else if (entry.status() == Status.HELD) {
                held.add(manifest);
                heldOfFeed.put(manifest.feedId(), manifest.deliveryId());
              } else {
                taken.add(manifest);
                if (entry.status() == Status.REJECTED) {
                  rejected.put(manifest.deliveryId(), entry.why());
                }
              }
            });
    return new Admitted(taken, rejected, entries, held, waiting);
  }

  private List<Entry> judge(List<Manifest> unjudged) {
    List<Look> looks =
        unjudged.stream()
            .filter(manifest -> GateCheck.isAsked(feeds.get(manifest.feedId())))
            .map(
                manifest ->
                    new Look(
                        feeds.get(manifest.feedId()),
                        contracts.contract(manifest.dataset()),
                        manifest))
            .toList();
    Map<String, Fingerprint> fingerprints = fingerprints(looks);
    Map<String, List<Learnt>> past =
        looks.isEmpty()
            ? Map.of()
            : log.past(
                looks.stream().map(look -> look.feed.id().toString()).distinct().toList(),
                from(looks),
                GateCheck.PAST);
    List<Entry> entries = new ArrayList<>();
    for (Manifest manifest : unjudged) {
      Feed feed = feeds.get(manifest.feedId());
      Fingerprint fingerprint = fingerprints.get(manifest.landing());
      List<Learnt> earlier = past.getOrDefault(feed.id().toString(), List.of());
      entries.add(
          entry(feed, manifest, fingerprint, findings(feed, manifest, fingerprint, earlier)));
    }
    return entries;
  }

  /**
   * The last snapshot of each feed that delivers such, once its changes were found to be within the
   * feed's limits or were approved. One that is not is held, and its records are taken out of the
   * run again.
   *
   * @return feed id → delivery
   */
  Map<FeedId, Manifest> snapshots(
      RunTables tables,
      Standardiser standardiser,
      Contract contract,
      List<Manifest> loaded,
      Admitted admitted,
      HeldBack heldBack) {
    Map<FeedId, Manifest> last = new LinkedHashMap<>();
    loaded.stream()
        .filter(manifest -> feeds.get(manifest.feedId()).gate().isSnapshot())
        .filter(manifest -> !admitted.rejected().containsKey(manifest.deliveryId()))
        .sorted(Comparator.comparing(Manifest::receivedAt).thenComparing(Manifest::landing))
        .forEach(manifest -> last.put(manifest.feedId(), manifest));
    last.values()
        .removeIf(
            manifest -> {
              Entry entry = admitted.entries().get(manifest.landing());
              if (entry.status() == Status.APPROVED) {
                return false;
              }
              List<Finding> over = overLimits(tables, standardiser, contract, manifest);
              if (over.isEmpty()) {
                return false;
              }
              List<Finding> all = new ArrayList<>(entry.findings());
              all.addAll(GateCheck.answered(feeds.get(manifest.feedId()), over));
              Entry held = entry.held(all);
              tables.withdraw(TableDefinition.rawName(contract.dataset()), manifest.deliveryId());
              log.write(List.of(held));
              heldBack.add(manifest, held);
              return true;
            });
    return last;
  }

  private List<Finding> overLimits(
      RunTables tables, Standardiser standardiser, Contract contract, Manifest snapshot) {
    SnapshotDiff.Changes changes =
        SnapshotDiff.changes(
            tables
                .read(TableDefinition.rawName(contract.dataset()))
                .where(col("business_date").equalTo(lit(tables.run().businessDate())))
                .where(col("delivery_id").equalTo(snapshot.deliveryId())),
            standardiser.standing(contract, snapshot.feedId()),
            contract.key());
    GatePolicy.SnapshotLimits limits = feeds.get(snapshot.feedId()).gate().snapshot();
    List<Finding> over = new ArrayList<>();
    long standing = changes.standing();
    if (standing > 0) {
      compare(FindingKind.ADDED, changes.added(), standing, limits.added(), "thêm", "adds", over);
      compare(
          FindingKind.CHANGED,
          changes.changed(),
          standing,
          limits.changed(),
          "sửa",
          "changes",
          over);
      compare(
          FindingKind.REMOVED,
          changes.removed(),
          standing,
          limits.removed(),
          "bỏ",
          "removes",
          over);
    }
    return over;
  }

  private static void compare(
      FindingKind kind,
      long rows,
      long standing,
      double limit,
      String vi,
      String en,
      List<Finding> over) {
    if (limit < 1 && rows > limit * standing) {
      over.add(
          new Finding(
              kind,
              List.of(),
              "bản chụp %s %d trong %d bản ghi, giới hạn %s %%"
                  .formatted(vi, rows, standing, share(limit).replace('.', ',')),
              "the snapshot %s %d of %d records, the limit is %s %%"
                  .formatted(en, rows, standing, share(limit))));
    }
  }

  private static String share(double limit) {
    return java.math.BigDecimal.valueOf(100 * limit)
        .round(new java.math.MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static LocalDate from(List<Look> looks) {
    return looks.stream()
        .map(look -> GateCheck.since(look.feed, look.manifest.businessDate()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private record Look(Feed feed, Contract contract, Manifest manifest) implements Serializable {}

  private Map<String, Fingerprint> fingerprints(List<Look> looks) {
    if (looks.isEmpty()) {
      return Map.of();
    }
    StoreAccess store = lake.access().store();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    int tasks = Math.min(looks.size(), 4 * context.defaultParallelism());
    // The looks travel in the closure and the answers as text: Kryo knows no records.
    List<Look> all = new ArrayList<>(looks);
    List<String> found =
        context
            .parallelize(IntStream.range(0, all.size()).boxed().toList(), tasks)
            .map(i -> fingerprint(store, all.get(i)).toJson())
            .collect();
    Map<String, Fingerprint> fingerprints = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      fingerprints.put(all.get(i).manifest.landing(), Fingerprint.read(found.get(i)));
    }
    return fingerprints;
  }

  private static Fingerprint fingerprint(StoreAccess store, Look look) {
    try {
      return LandedSample.fingerprint(
          new Deliveries(LandingStore.of(ObjectStore.shared(store))),
          look.feed,
          look.contract,
          CodeLists.bundled(),
          look.manifest);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.STORE_FAILED, "delivery not read", look.manifest.landing(), "run again", e);
    }
  }

  private List<Finding> findings(
      Feed feed, Manifest manifest, Fingerprint fingerprint, List<Learnt> earlier) {
    if (fingerprint == null) {
      return List.of();
    }
    List<Finding> findings =
        new ArrayList<>(check.findings(feed, manifest.businessDate(), earlier, fingerprint));
    if (feed.gate().response(FindingKind.REPEATED) != Response.OFF && manifest.files() <= 100) {
      List<Manifest> before =
          landing.list(
              feed.id(),
              manifest.businessDate().minusDays(feed.transport().lookbackDays()),
              manifest.businessDate(),
              folder -> !folder.equals(manifest.landing()));
      SameFile.find(
              landing,
              before.subList(Math.max(0, before.size() - GateCheck.PAST), before.size()),
              manifest)
          .ifPresent(found -> findings.addAll(GateCheck.answered(feed, List.of(found))));
    }
    return findings;
  }

  private static Entry entry(
      Feed feed, Manifest manifest, Fingerprint fingerprint, List<Finding> findings) {
    Response response =
        feed.gate().response(findings.stream().map(Finding::kind).collect(Collectors.toSet()));
    Status status =
        switch (response) {
          case OFF -> Status.PASSED;
          case WARN -> Status.WARNED;
          case HOLD -> Status.HELD;
          case BLOCK -> Status.REJECTED;
        };
    Entry entry =
        new Entry(
            manifest.landing(),
            manifest.deliveryId(),
            feed.id().toString(),
            manifest.businessDate(),
            status,
            findings,
            fingerprint,
            null,
            null,
            null);
    return status == Status.REJECTED
        ? entry.blocked(
            findings.stream()
                .map(f -> f.kind().code() + " " + f.vi() + " / " + f.en())
                .collect(Collectors.joining("; ")))
        : entry;
  }
}

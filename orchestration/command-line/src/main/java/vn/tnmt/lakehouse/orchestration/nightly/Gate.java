package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Held;
import vn.tnmt.lakehouse.transform.standardise.SnapshotCheck.Snapshot;

/**
 * The gate of a night, in two steps: {@link #admit} before the load, {@link #keepOut} once all
 * datasets are standardised. Each step decides, writes {@code ops.gate} in one commit, and then the
 * letters; nothing else of a night writes either.
 *
 * <p>What was judged stays judged. A night that is killed before a step has written decides the
 * same when it is run again, since it looks at the same; one that is killed before the letters
 * writes those that are missing.
 */
final class Gate {
  private final Map<FeedId, Feed> feeds;
  private final Judgements log;
  private final Admission admission;
  private final Letters letters;

  Gate(Lakehouse lake, Contracts contracts, List<Feed> feeds) {
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::id, feed -> feed));
    this.log = new Judgements(lake);
    this.admission = new Admission(lake, contracts, feeds);
    this.letters = new Letters(lake, contracts, feeds);
  }

  /** Judges what was not judged yet. */
  Admitted admit(List<Manifest> pending) {
    Map<String, Judgement> judgements = judged(pending);
    List<Judgement> fresh =
        admission.judge(
            pending.stream()
                .filter(manifest -> !judgements.containsKey(manifest.landing()))
                .sorted(Manifest.ORDER)
                .toList(),
            log);
    fresh.forEach(judgement -> judgements.put(judgement.landing(), judgement));
    return decided(Admitted.of(pending, judgements), fresh);
  }

  private Map<String, Judgement> judged(List<Manifest> pending) {
    return pending.stream()
        .map(Manifest::businessDate)
        .min(Comparator.naturalOrder())
        .map(oldest -> log.of(pending.stream().map(Manifest::landing).toList(), oldest))
        .orElseGet(HashMap::new);
  }

  /** The last snapshot of each feed that delivers such, of those loaded for one dataset. */
  List<Snapshot> snapshots(List<Manifest> loaded, Admitted admitted) {
    Map<FeedId, Snapshot> last = new LinkedHashMap<>();
    loaded.stream()
        .filter(manifest -> feeds.get(manifest.feedId()).gate().isSnapshot())
        .filter(manifest -> admitted.judgement(manifest).status() != Status.REJECTED)
        .sorted(Manifest.ORDER)
        .forEach(
            manifest ->
                last.put(
                    manifest.feedId(),
                    new Snapshot(
                        manifest.deliveryId(),
                        feeds.get(manifest.feedId()),
                        admitted.judgement(manifest).status() == Status.APPROVED)));
    return List.copyOf(last.values());
  }

  /** Holds the snapshots that were taken out of the run again. */
  Admitted keepOut(Admitted admitted, Collection<Held> snapshots) {
    Map<String, Held> byDelivery =
        snapshots.stream().collect(Collectors.toMap(Held::deliveryId, held -> held));
    List<Judgement> held =
        admitted.taken().stream()
            .filter(manifest -> byDelivery.containsKey(manifest.deliveryId()))
            .map(
                manifest ->
                    admitted
                        .judgement(manifest)
                        .held(byDelivery.get(manifest.deliveryId()).findings()))
            .toList();
    return held.isEmpty() ? admitted : decided(admitted.without(held), held);
  }

  /**
   * Holds deliveries whose bytes are not those that were received; what came later of their feeds
   * waits.
   *
   * @param damaged landing folder → what is damaged
   */
  Admitted hold(Admitted admitted, Map<String, String> damaged) {
    List<Judgement> held =
        admitted.taken().stream()
            .filter(manifest -> damaged.containsKey(manifest.landing()))
            .map(
                manifest ->
                    admitted
                        .judgement(manifest)
                        .damaged(damage(manifest, damaged.get(manifest.landing()))))
            .toList();
    Map<String, Judgement> now = new HashMap<>(admitted.judgements());
    held.forEach(judgement -> now.put(judgement.landing(), judgement));
    return decided(Admitted.of(admitted.pending(), now).telling(admitted.told()), held);
  }

  private static Finding damage(Manifest manifest, String what) {
    String code = ErrorCode.DELIVERY_DAMAGED.id();
    return new Finding(
        FindingKind.DAMAGED,
        List.of(),
        "%s %s trong %s không còn như lúc nhận; khôi phục từ bản sao rồi chấp nhận, hoặc xoá thư mục để thu nhận lại"
            .formatted(code, what, manifest.landing()),
        "%s %s in %s is not as received; restore it from a backup and approve, or delete the folder to collect it again"
            .formatted(code, what, manifest.landing()),
        Response.HOLD);
  }

  private Admitted decided(Admitted admitted, List<Judgement> fresh) {
    log.write(fresh);
    letters.write(admitted);
    return admitted;
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.GatePolicy.Response;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.ingestion.gate.Fingerprint;
import vn.tnmt.lakehouse.ingestion.gate.GateCheck;
import vn.tnmt.lakehouse.ingestion.gate.Learnt;
import vn.tnmt.lakehouse.ingestion.load.LandedSamples;
import vn.tnmt.lakehouse.ingestion.load.LandedSamples.Look;
import vn.tnmt.lakehouse.ingestion.load.SameFile;
import vn.tnmt.lakehouse.tables.codelist.Units;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.gate.Judgements;

/**
 * The gate's first step: looks at each new delivery before it is loaded, and says what its feed
 * does with one that departs from those before it.
 */
final class Admission {
  private final Lakehouse lake;
  private final Contracts contracts;
  private final Map<FeedId, Feed> feeds;
  private final Deliveries landing;
  private final GateCheck check = new GateCheck(Units.bundled());

  Admission(Lakehouse lake, Contracts contracts, List<Feed> feeds) {
    this.lake = lake;
    this.contracts = contracts;
    this.feeds = feeds.stream().collect(Collectors.toMap(Feed::id, feed -> feed));
    this.landing = new Deliveries(LandingStore.of(lake.store()));
  }

  /**
   * Judges deliveries.
   *
   * @param past what their feeds delivered before
   */
  List<Judgement> judge(List<Manifest> unjudged, Judgements past) {
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
    Map<String, Fingerprint> fingerprints = LandedSamples.fingerprints(lake, looks);
    Map<String, List<Learnt>> learnt =
        looks.isEmpty()
            ? Map.of()
            : past.past(
                looks.stream().map(look -> look.feed().id().toString()).distinct().toList(),
                from(looks),
                GateCheck.PAST);
    List<Judgement> judgements = new ArrayList<>();
    for (Manifest manifest : unjudged) {
      Feed feed = feeds.get(manifest.feedId());
      Fingerprint fingerprint = fingerprints.get(manifest.landing());
      List<Learnt> earlier = learnt.getOrDefault(feed.id().toString(), List.of());
      judgements.add(
          judgement(feed, manifest, fingerprint, findings(feed, manifest, fingerprint, earlier)));
    }
    return judgements;
  }

  private static LocalDate from(List<Look> looks) {
    return looks.stream()
        .map(look -> GateCheck.since(look.feed(), look.manifest().businessDate()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private List<Finding> findings(
      Feed feed, Manifest manifest, @Nullable Fingerprint fingerprint, List<Learnt> earlier) {
    if (fingerprint == null) {
      return List.of();
    }
    List<Finding> findings =
        new ArrayList<>(check.findings(feed, manifest.businessDate(), earlier, fingerprint));
    if (feed.gate().response(FindingKind.REPEATED) != Response.OFF && manifest.files() <= 100) {
      SameFile.find(
              landing,
              landing.before(manifest, feed.transport().lookbackDays(), GateCheck.PAST),
              manifest)
          .ifPresent(found -> findings.addAll(GateCheck.answered(feed, List.of(found))));
    }
    return findings;
  }

  private static Judgement judgement(
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
    Judgement judgement =
        new Judgement(
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
        ? judgement.blocked(
            findings.stream()
                .map(f -> f.kind().code() + " " + f.vi() + " / " + f.en())
                .collect(Collectors.joining("; ")))
        : judgement;
  }
}

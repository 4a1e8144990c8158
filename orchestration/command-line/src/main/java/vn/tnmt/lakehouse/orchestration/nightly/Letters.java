package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.ingestion.collect.landing.Deliveries;
import vn.tnmt.lakehouse.ingestion.collect.landing.LandingStore;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.FindingKind;
import vn.tnmt.lakehouse.ingestion.feed.Publisher;
import vn.tnmt.lakehouse.tables.contract.Contract;
import vn.tnmt.lakehouse.tables.contract.Contracts;
import vn.tnmt.lakehouse.transform.gate.GateAnswers;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;
import vn.tnmt.lakehouse.transform.page.Words;
import vn.tnmt.lakehouse.transform.receipt.GateAnswer;
import vn.tnmt.lakehouse.transform.receipt.Letter;

/**
 * Tells publishers of deliveries that the gate keeps, refuses or has waiting. A letter follows from
 * what {@code ops.gate} says by then, and from nothing else: whoever finds a decision without its
 * letter writes it, and again it is the same.
 */
public final class Letters {
  private final Outbox outbox;
  private final Deliveries landing;
  private final Contracts contracts;
  private final Map<String, Publisher> publishers = new HashMap<>();

  public Letters(Lakehouse lake, Contracts contracts, List<Feed> feeds) {
    this.outbox = new Outbox(lake.settings());
    this.landing = new Deliveries(LandingStore.of(lake.store()));
    this.contracts = contracts;
    feeds.forEach(feed -> publishers.put(feed.publisher().id(), feed.publisher()));
  }

  /** Writes those of a night: of all deliveries that do not simply go on. */
  void write(Admitted admitted) {
    Stream.concat(
            admitted.held().stream().filter(manifest -> !isOurs(admitted.judgement(manifest))),
            admitted.taken().stream().filter(manifest -> isDecided(admitted.judgement(manifest))))
        .map(manifest -> letter(manifest, GateAnswers.of(admitted.judgement(manifest)), null))
        .forEach(outbox::write);
    admitted.waiting().stream()
        .map(
            waiting ->
                letter(
                    waiting.manifest(),
                    GateAnswers.waiting(admitted.judgement(waiting.manifest())),
                    waiting.behind()))
        .forEach(outbox::write);
  }

  /** Whoever sent what was damaged with us has nothing to do about it. */
  private static boolean isOurs(Judgement judgement) {
    return judgement.findings().stream().anyMatch(finding -> finding.kind() == FindingKind.DAMAGED);
  }

  private static boolean isDecided(Judgement judgement) {
    return judgement.status() == Status.APPROVED || judgement.status() == Status.REJECTED;
  }

  /**
   * The letter about a delivery that was held, after its decision.
   *
   * @throws vn.tnmt.lakehouse.base.error.TnmtException {@code TNMT-3002} when landing does not have
   *     the delivery
   */
  public Letter letter(Judgement decided) {
    return letter(landing.read(decided.landing()), GateAnswers.of(decided), null);
  }

  /** Puts a letter into the outbox. */
  public void put(Letter letter) {
    outbox.write(letter);
  }

  private Letter letter(Manifest manifest, GateAnswer gate, @Nullable String behind) {
    Publisher publisher = publishers.get(manifest.publisher());
    Contract contract = contracts.contract(manifest.dataset());
    return new Letter(
        manifest.deliveryId(),
        manifest.publisher(),
        publisher == null
            ? Words.same(manifest.publisher())
            : new Words(publisher.nameVi(), publisher.nameEn()),
        manifest.feedId(),
        manifest.dataset(),
        new Words(contract.titleVi(), contract.titleEn()),
        manifest.businessDate(),
        manifest.receivedAt(),
        manifest.files(),
        manifest.bytes(),
        manifest.contentSha256(),
        gate,
        gate.state() == GateAnswer.State.WAITING ? behind : null);
  }
}

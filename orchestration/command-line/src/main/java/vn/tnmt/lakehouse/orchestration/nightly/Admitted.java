package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.ingestion.feed.FeedId;
import vn.tnmt.lakehouse.ingestion.gate.Finding;
import vn.tnmt.lakehouse.transform.gate.Judgement;
import vn.tnmt.lakehouse.transform.gate.Judgement.Status;

/**
 * What goes on of the pending deliveries, and what does not. Follows from the judgements alone.
 *
 * @param taken to be loaded, the rejected ones too: their records go into quarantine
 * @param held those that wait for a person
 * @param waiting later deliveries of feeds of which one is held
 * @param judgements landing folder → what the gate says, of every pending delivery
 * @param told further lines for the people of the night
 */
record Admitted(
    List<Manifest> taken,
    List<Manifest> held,
    List<Waiting> waiting,
    Map<String, Judgement> judgements,
    List<String> told) {
  /**
   * A delivery that waits: approving the held one afterwards would put older records over newer
   * ones.
   *
   * @param behind the delivery of its feed that is held
   */
  record Waiting(Manifest manifest, String behind) {}

  /**
   * @param judgements has all that are pending
   */
  static Admitted of(Collection<Manifest> pending, Map<String, Judgement> judgements) {
    List<Manifest> taken = new ArrayList<>();
    List<Manifest> held = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    Map<FeedId, String> heldOfFeed = new HashMap<>();
    pending.stream()
        .sorted(Manifest.ORDER)
        .forEach(
            manifest -> {
              String behind = heldOfFeed.get(manifest.feedId());
              if (behind != null) {
                waiting.add(new Waiting(manifest, behind));
              } else if (judgements.get(manifest.landing()).status() == Status.HELD) {
                held.add(manifest);
                heldOfFeed.put(manifest.feedId(), manifest.deliveryId());
              } else {
                taken.add(manifest);
              }
            });
    return new Admitted(taken, held, waiting, Map.copyOf(judgements), List.of());
  }

  /** The same with lines about deliveries that could not even be judged. */
  Admitted telling(List<String> lines) {
    return new Admitted(taken, held, waiting, judgements, List.copyOf(lines));
  }

  /**
   * The same without those whose bytes have ended.
   *
   * @param ended landing folder → what is to be told
   */
  Admitted leaving(Map<String, String> ended) {
    return of(
            pending().stream().filter(one -> !ended.containsKey(one.landing())).toList(),
            judgements)
        .telling(Stream.concat(told.stream(), ended.values().stream()).toList());
  }

  /** All of them. */
  List<Manifest> pending() {
    return Stream.of(taken, held, waiting.stream().map(Waiting::manifest).toList())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The same without some that were loaded and taken out again. What came later of their feeds was
   * loaded as well, and stays.
   */
  Admitted without(Collection<Judgement> nowHeld) {
    Map<String, Judgement> now = new HashMap<>(judgements);
    nowHeld.forEach(judgement -> now.put(judgement.landing(), judgement));
    Set<String> out = nowHeld.stream().map(Judgement::landing).collect(Collectors.toSet());
    Map<Boolean, List<Manifest>> parts =
        taken.stream().collect(Collectors.partitioningBy(m -> out.contains(m.landing())));
    return new Admitted(
        parts.get(false),
        Stream.concat(held.stream(), parts.get(true).stream()).toList(),
        waiting,
        Map.copyOf(now),
        told);
  }

  Judgement judgement(Manifest manifest) {
    return judgements.get(manifest.landing());
  }

  /** Delivery id → why, of those taken that are refused as a whole. */
  Map<String, String> rejected() {
    return taken.stream()
        .map(this::judgement)
        .filter(judgement -> judgement.status() == Status.REJECTED)
        .collect(Collectors.toMap(Judgement::deliveryId, Judgement::why));
  }

  /** Lines for the people of the night. */
  List<String> notes() {
    return Stream.of(
            told.stream(),
            judgements.values().stream()
                .sorted(Comparator.comparing(Judgement::feed).thenComparing(Judgement::landing))
                .flatMap(Admitted::notes),
            waiting.stream()
                .map(
                    one ->
                        "%s %s: chờ lần gửi đang giữ trước nó / waits behind the one that is held"
                            .formatted(one.manifest.feedId(), one.manifest.deliveryId())))
        .flatMap(lines -> lines)
        .toList();
  }

  private static Stream<String> notes(Judgement judgement) {
    String delivery = judgement.feed() + " " + judgement.deliveryId();
    Stream<String> found =
        judgement.findings().stream().map(finding -> delivery + " " + text(finding));
    return judgement.status() != Status.HELD
        ? found
        : Stream.concat(
            found,
            Stream.of(
                "%s: đang giữ / held: ./tnmt deliveries approve|reject %s --why \"…\""
                    .formatted(delivery, judgement.deliveryId())));
  }

  private static String text(Finding finding) {
    return "%s: %s / %s".formatted(finding.kind().code(), finding.vi(), finding.en());
  }
}

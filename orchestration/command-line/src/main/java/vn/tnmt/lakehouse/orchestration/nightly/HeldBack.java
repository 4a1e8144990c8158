package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.tnmt.lakehouse.ingestion.collect.landing.Manifest;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Entry;

/**
 * Deliveries that were let in and loaded, and then held after all. Datasets settle side by side.
 */
final class HeldBack {
  private final Map<String, Entry> byLanding = new ConcurrentHashMap<>();
  private final Letters letters;

  HeldBack(Letters letters) {
    this.letters = letters;
  }

  /** A delivery of which {@code ops.gate} says already that it is held; its publisher is told. */
  void add(Manifest manifest, Entry held) {
    byLanding.put(manifest.landing(), held);
    letters.write(manifest, held);
  }

  List<Manifest> without(List<Manifest> manifests) {
    return manifests.stream()
        .filter(manifest -> !byLanding.containsKey(manifest.landing()))
        .toList();
  }

  List<String> notes(Gate.Admitted admitted) {
    return admitted.notes(byLanding);
  }
}

package vn.tnmt.lakehouse.orchestration.nightly;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.tnmt.lakehouse.ingestion.collect.Manifest;
import vn.tnmt.lakehouse.transform.ledger.GateLog.Entry;

/**
 * Deliveries that were let in and loaded, and then held after all. Datasets settle side by side.
 */
final class HeldBack {
  private final Map<String, Entry> byLanding = new ConcurrentHashMap<>();

  void add(Manifest manifest, Entry held) {
    byLanding.put(manifest.landing(), held);
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

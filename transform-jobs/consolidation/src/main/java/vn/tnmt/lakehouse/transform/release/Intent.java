package vn.tnmt.lakehouse.transform.release;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Lease;
import vn.tnmt.lakehouse.core.lease.LeaseState;
import vn.tnmt.lakehouse.core.store.ObjectStore;

/**
 * The release that was begun and is to be made. Each holder of the lake's lease writes it under a
 * key of its own, and the lease names the one that counts: what a late holder writes counts for
 * nothing and overwrites nothing.
 */
final class Intent {
  private static final Pattern KEY = Pattern.compile("publishing(?:-(\\d{1,10}))?\\.json");

  /** Minutes since then are above every number that leases of a lake have come to. */
  private static final Instant MINUTES_SINCE = Instant.parse("2020-01-01T00:00:00Z");

  private final Lakehouse lake;
  private final Manifests manifests;

  Intent(Lakehouse lake) {
    this.lake = lake;
    this.manifests = new Manifests(lake.store());
  }

  /** Key of the one that counts; nothing may be there. */
  String key() {
    String key = lake.leaseState().map(LeaseState::intent).orElseGet(() -> standing(lake.store()));
    return key.isEmpty() ? Manifests.INTENT : key;
  }

  Optional<Release> find() {
    return manifests.find(key());
  }

  /**
   * From here on the release will be made, by this process or the next.
   *
   * @param earlier the key under which another process began it; empty when none did
   */
  void begin(Release release, Optional<String> earlier) {
    String mine = lake.lease().map(Lease::epoch).map(Intent::key).orElse(Manifests.INTENT);
    manifests.put(mine, release);
    lake.lease().ifPresent(lease -> lease.intend(mine));
    earlier.filter(key -> !key.equals(mine)).ifPresent(manifests::delete);
  }

  /** It was made, or is not to be made. */
  void clear() {
    manifests.delete(key());
    lake.lease().ifPresent(lease -> lease.intend(""));
  }

  private static String key(long epoch) {
    return Manifests.FOLDER + "publishing-" + epoch + ".json";
  }

  /**
   * Where the lease of a lake begins whose catalogue knows of none: a new lake's at 0, else above
   * all that were, with what the store has of a release that was begun.
   */
  static Lease.Start beginning(ObjectStore store, Clock clock) {
    if (store.children(Manifests.FOLDER).isEmpty()) {
      return new Lease.Start(0, "");
    }
    return new Lease.Start(
        Duration.between(MINUTES_SINCE, clock.instant()).toMinutes(), standing(store));
  }

  /**
   * What a catalogue that knows of no lease has forgotten. One that was written down by a holder
   * who had lost the lease meanwhile, and so never counted, follows a release that is not the
   * newest, unless nothing was released since.
   */
  private static String standing(ObjectStore store) {
    Manifests manifests = new Manifests(store);
    Optional<String> newest = manifests.find(Manifests.NEWEST).map(Release::releaseId);
    return store.children(Manifests.FOLDER).stream()
        .filter(name -> KEY.matcher(name).matches())
        .sorted(Comparator.comparingLong(Intent::epoch).reversed())
        .map(name -> Manifests.FOLDER + name)
        .filter(key -> manifests.find(key).filter(one -> isNext(one, newest)).isPresent())
        .findFirst()
        .orElse("");
  }

  /** Follows the newest release, or is it, not yet finished. */
  private static boolean isNext(Release begun, Optional<String> newest) {
    return begun.lineage().previous().equals(newest.orElse(""))
        || newest.filter(begun.releaseId()::equals).isPresent();
  }

  private static long epoch(String name) {
    Matcher matcher = KEY.matcher(name);
    return matcher.matches() && matcher.group(1) != null ? Long.parseLong(matcher.group(1)) : 0;
  }
}

package vn.tnmt.lakehouse.transform.maintain;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;

/**
 * When something was last done to its end: properties of the namespace {@code tnmt} in the
 * catalogue, which cost the store nothing. A catalogue that was lost begins anew.
 */
final class Upkeep {
  /** What is done now and then. */
  enum Work {
    /** Releases and snapshots are expired, journals compacted. */
    EXPIRY("maintained-at"),
    /** Every partition of every table was looked at. */
    COMPACTION("compacted-at"),
    /** Objects that nothing names are looked for. */
    ORPHANS("orphans-at");

    private final String property;

    Work(String property) {
      this.property = property;
    }
  }

  private static final Namespace NAMESPACE = Namespace.of("tnmt");

  private final SupportsNamespaces catalogue;

  Upkeep(SupportsNamespaces catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Whether so much time has gone by. A lake in which it was never done begins to count now.
   *
   * @param now by a clock; where that went back, time has gone by
   */
  boolean isDue(Work work, Duration every, Instant now) {
    Optional<Instant> last = last(work);
    if (last.isEmpty()) {
      done(work, now);
      return false;
    }
    return now.isBefore(last.get()) || !now.isBefore(last.get().plus(every));
  }

  private Optional<Instant> last(Work work) {
    try {
      return Optional.ofNullable(catalogue.loadNamespaceMetadata(NAMESPACE).get(work.property))
          .map(Instant::parse);
    } catch (NoSuchNamespaceException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** It is to be done the next time. */
  void due(Work work) {
    done(work, Instant.EPOCH);
  }

  /** It was done to its end. */
  void done(Work work, Instant now) {
    if (!catalogue.namespaceExists(NAMESPACE)) {
      catalogue.createNamespace(NAMESPACE);
    }
    catalogue.setProperties(NAMESPACE, new HashMap<>(Map.of(work.property, now.toString())));
  }
}

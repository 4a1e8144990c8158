package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a delivery departs from those before it, {@code gate:} of a feed.
 *
 * @param otherwise for the kinds that are not named
 * @param responses kind → response
 * @param snapshot limits of a feed whose every delivery is all there is; null for other feeds
 */
public record GatePolicy(
    Response otherwise, Map<FindingKind, Response> responses, @Nullable SnapshotLimits snapshot)
    implements Serializable {

  /** From the mildest to the strictest. */
  public enum Response {
    /** Not looked at. */
    OFF,
    /** Taken, and told. */
    WARN,
    /** Waits for a person: {@code ./tnmt deliveries approve|reject}. */
    HOLD,
    /** Refused: all its records are in quarantine. */
    BLOCK
  }

  /**
   * Shares of the standing records that a snapshot may add, change and lack before it is held; 1 is
   * no limit.
   */
  public record SnapshotLimits(double added, double changed, double removed)
      implements Serializable {}

  /** Told, never held. */
  public static final GatePolicy USUAL = new GatePolicy(Response.WARN, Map.of(), null);

  public GatePolicy {
    responses = responses.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(responses));
  }

  /** Whether every delivery is all there is, so that what it lacks is gone. */
  public boolean isSnapshot() {
    return snapshot != null;
  }

  public Response response(FindingKind kind) {
    return responses.getOrDefault(kind, otherwise);
  }

  /** The strictest response to all kinds found; OFF when there are none. */
  public Response response(Collection<FindingKind> found) {
    return found.stream().map(this::response).max(Comparator.naturalOrder()).orElse(Response.OFF);
  }
}

package vn.tnmt.lakehouse.core.lease;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the register says of a lake's lease.
 *
 * @param epoch the fencing token: grows with each holder
 * @param held whether {@link #holder} still has it
 * @param duration for how long it holds without being renewed
 * @param lake id of the lake; empty while it has none
 * @param intent key of the release that was begun and is to be made; empty for none
 * @param holder who has it, or had it last
 */
public record LeaseState(
    long epoch, boolean held, Duration duration, String lake, String intent, Holder holder) {
  static final String EPOCH = "epoch";

  private static final Duration LONGEST = Duration.ofDays(1);

  /** Numbers as texts that sort like the numbers. */
  static String sortable(long number) {
    return "%010d".formatted(number);
  }

  LeaseState taken(Holder by, Duration lasting) {
    return new LeaseState(epoch + 1, true, lasting, lake, intent, by);
  }

  LeaseState free() {
    return new LeaseState(epoch, false, duration, lake, intent, holder);
  }

  LeaseState ofLake(String id) {
    return new LeaseState(epoch, held, duration, id, intent, holder);
  }

  LeaseState intending(String key) {
    return new LeaseState(epoch, held, duration, lake, key, holder);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(holder.properties());
    properties.put(EPOCH, sortable(epoch));
    properties.put("held", Boolean.toString(held));
    properties.put("duration", duration.toString());
    properties.put("lake", lake);
    properties.put("intent", intent);
    return properties;
  }

  /**
   * @throws RuntimeException when it is none
   */
  static LeaseState of(Map<String, String> properties) {
    Duration duration = Duration.parse(properties.getOrDefault("duration", ""));
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new DateTimeException("no lease lasts for " + duration);
    }
    return new LeaseState(
        Long.parseLong(properties.getOrDefault(EPOCH, "")),
        Boolean.parseBoolean(properties.get("held")),
        duration,
        properties.getOrDefault("lake", ""),
        properties.getOrDefault("intent", ""),
        Holder.of(properties));
  }
}

package vn.tnmt.lakehouse.base.progress;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process waits for: whoever tries something again tells why, and stages that do not move
 * say it to the person who waits.
 */
public final class Waits {
  private static final long RECENT_NANOS = Duration.ofMinutes(1).toNanos();

  private record Wait(String why, long at) {}

  private static volatile @Nullable Wait last;

  private Waits() {}

  /**
   * Something is tried again.
   *
   * @param why one clause, Vietnamese and English
   */
  public static void tell(String why) {
    last = new Wait(why, System.nanoTime());
  }

  /** What was told within the last minute. */
  public static Optional<String> recent() {
    Wait wait = last;
    return wait == null || System.nanoTime() - wait.at() > RECENT_NANOS
        ? Optional.empty()
        : Optional.of(wait.why());
  }
}

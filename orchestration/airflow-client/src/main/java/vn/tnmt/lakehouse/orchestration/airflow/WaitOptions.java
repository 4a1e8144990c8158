package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;

/**
 * How long to wait for something and how often to look: pauses double from the first to the longest
 * and are jittered, so that many clients do not look at once.
 *
 * @param deadline after which {@link AirflowException.Timeout} is thrown; nothing is cancelled
 * @param useServerWait whether {@code await} asks a server that can to hold the line (3.1 and
 *     later)
 */
public record WaitOptions(
    Duration deadline, Duration firstPause, Duration longestPause, boolean useServerWait) {
  public WaitOptions {
    if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses must be positive and grow: " + firstPause + " to " + longestPause);
    }
  }

  /** Looks after 2 s, then less often, at last every 30 s. */
  public static WaitOptions upTo(Duration deadline) {
    return new WaitOptions(deadline, Duration.ofSeconds(2), Duration.ofSeconds(30), true);
  }

  public WaitOptions pauses(Duration first, Duration longest) {
    return new WaitOptions(deadline, first, longest, useServerWait);
  }

  /** Looks by itself even where the server could hold the line. */
  public WaitOptions withoutServerWait() {
    return new WaitOptions(deadline, firstPause, longestPause, false);
  }
}

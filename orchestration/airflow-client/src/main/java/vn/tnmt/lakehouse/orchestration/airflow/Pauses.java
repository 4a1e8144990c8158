package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pauses between looks at something: they double from the first to the longest, jittered. */
final class Pauses {
  private final Duration first;
  private final Duration longest;
  private final Time time;
  private Duration next;

  Pauses(Duration first, Duration longest, Time time) {
    this.first = first;
    this.longest = longest;
    this.time = time;
    this.next = first;
  }

  /** Something happened: look often again. */
  void reset() {
    next = first;
  }

  /** Whether pauses have grown to the longest. */
  boolean areLongest() {
    return next.compareTo(longest) >= 0;
  }

  /** The next pause, up to a fifth longer so that clients do not march in step. */
  Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return pause.plusNanos((long) (pause.toNanos() * 0.2 * time.random()));
  }

  /**
   * How long to wait before an attempt after so many failures: anything up to a bound that doubles
   * from a half to 20 s, and never less than the server asked for.
   */
  static Duration afterFailure(int failures, @Nullable Duration asked, Time time) {
    long bound = Math.min(20_000, 500L << Math.min(failures - 1, 10));
    Duration pause = Duration.ofMillis((long) (bound * time.random()));
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }
}

package vn.tnmt.lakehouse.ingestion.collect.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/**
 * Bounded tries of what a network may refuse: pauses grow from a second to half a minute with full
 * jitter, and the deadline of the whole feed holds over all of them. One instance is one feed's
 * night.
 */
public final class Attempts {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  /** Something that may fail for the moment; other exceptions end it at once. */
  @FunctionalInterface
  public interface Attempt<T> {
    T run() throws IOException;
  }

  /** Sleeps; tests do without. */
  @FunctionalInterface
  public interface Sleep {
    void millis(long millis) throws InterruptedException;
  }

  private final TransferPolicy policy;
  private final Sleep sleep;
  private final long end;

  public Attempts(TransferPolicy policy) {
    this(policy, Thread::sleep);
  }

  public Attempts(TransferPolicy policy, Sleep sleep) {
    this.policy = policy;
    this.sleep = sleep;
    this.end = System.nanoTime() + policy.deadline().toNanos();
  }

  /**
   * The result of the first try that does not throw {@code IOException}.
   *
   * @throws IOException that of the last try
   * @throws TnmtException {@code TNMT-1001} when the feed's deadline has passed
   */
  public <T> T run(String what, Attempt<T> attempt) throws IOException {
    for (int failures = 0; ; ) {
      left(what);
      try {
        return attempt.run();
      } catch (InterruptedIOException e) {
        if (Thread.currentThread().isInterrupted() || failures == policy.retries()) {
          throw e;
        }
      } catch (IOException e) {
        if (failures == policy.retries()) {
          throw e;
        }
      }
      pause(what, ++failures, Duration.ZERO);
    }
  }

  /**
   * Pauses before another try.
   *
   * @param failures so far
   * @param asked what the server asked for; it is kept to, up to the deadline
   */
  public void pause(String what, int failures, Duration asked) throws IOException {
    long bound = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
    long millis = Math.max(asked.toMillis(), ThreadLocalRandom.current().nextLong(bound + 1));
    try {
      sleep.millis(Math.min(millis, left(what).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what);
    }
  }

  /** Time until the deadline; {@code TNMT-1001} when it has passed. */
  public Duration left(String what) {
    long nanos = end - System.nanoTime();
    if (nanos <= 0) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "quá thời hạn của nguồn cấp / the feed's deadline of %d min has passed"
              .formatted(TimeUnit.NANOSECONDS.toMinutes(policy.deadline().toNanos())),
          what,
          "the next run goes on; or raise limits.deadlineMinutes");
    }
    return Duration.ofNanos(nanos);
  }

  /** Whether the deadline has passed. */
  public boolean expired() {
    return end - System.nanoTime() <= 0;
  }
}

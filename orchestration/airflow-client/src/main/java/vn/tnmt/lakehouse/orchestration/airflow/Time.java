package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Clock, pauses and chance in one place, so that tests need not wait. */
interface Time {
  /** What the calendar says: for tokens and {@code Retry-After} dates. */
  Instant now();

  /** Runs evenly whatever the calendar does: for deadlines. */
  long nanos();

  void sleep(Duration pause) throws InterruptedException;

  /** From 0 to below 1. */
  double random();

  static Time system() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause.toMillis());
      }

      @Override
      public double random() {
        return ThreadLocalRandom.current().nextDouble();
      }
    };
  }
}

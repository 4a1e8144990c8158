package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that passes when somebody sleeps, and not otherwise. Safe for many threads. */
final class TestTime implements Time {
  static final Instant BEGIN = Instant.parse("2026-03-15T01:00:00Z");

  final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private long nanos;
  private Runnable duringSleep = () -> {};

  /** Something that happens whenever the client sleeps. */
  TestTime duringSleep(Runnable what) {
    duringSleep = what;
    return this;
  }

  synchronized Duration passed() {
    return Duration.ofNanos(nanos);
  }

  synchronized void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant now() {
    return BEGIN.plus(passed());
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration pause) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(pause);
    pass(pause);
    duringSleep.run();
  }

  @Override
  public double random() {
    return 0.5;
  }
}

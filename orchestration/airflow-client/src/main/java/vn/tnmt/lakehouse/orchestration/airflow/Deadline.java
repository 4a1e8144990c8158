package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;

/** A point in time to be done by. */
record Deadline(Time time, long end) {
  static Deadline in(Duration limit, Time time) {
    return new Deadline(time, time.nanos() + limit.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - time.nanos()));
  }

  boolean isOver() {
    return left().isZero();
  }

  Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}

package vn.tnmt.lakehouse.orchestration.demo;

import java.util.List;

/**
 * What must become of one record, as the one who planted it knows.
 *
 * @param outcome where it ends in the run that takes it
 * @param rules the blocking rules that it breaks; empty unless quarantined
 */
record Fate(Outcome outcome, List<String> rules) {
  enum Outcome {
    ACCEPTED,
    /** Accepted, and overwrites a row of an earlier delivery. */
    REPLACING,
    DUPLICATE,
    SUPERSEDED,
    QUARANTINED
  }

  static final Fate ACCEPTED = new Fate(Outcome.ACCEPTED, List.of());
  static final Fate REPLACING = new Fate(Outcome.REPLACING, List.of());
  static final Fate DUPLICATE = new Fate(Outcome.DUPLICATE, List.of());
  static final Fate SUPERSEDED = new Fate(Outcome.SUPERSEDED, List.of());

  static Fate breaks(String... rules) {
    return new Fate(Outcome.QUARANTINED, List.of(rules));
  }
}

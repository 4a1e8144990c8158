package vn.tnmt.lakehouse.ingestion.settle;

import java.util.Optional;

/**
 * What becomes of a record that passed its own rules.
 *
 * @param sequence number of the record in the order in which records were added
 * @param by the record that it repeats or that superseded it
 */
public record Fate(long sequence, Outcome outcome, Optional<Place> by) {

  /** Outcomes by the names that the ledger has for them. */
  public enum Outcome {
    ACCEPTED,
    QUARANTINED,
    DUPLICATE,
    SUPERSEDED
  }

  /**
   * Where a record stands.
   *
   * @param source number of the file
   */
  public record Place(int source, long line, int part) {}
}

package vn.tnmt.lakehouse.transform.ledger;

/**
 * What became of a delivery's records.
 *
 * @param replaced records of earlier deliveries that this one overwrote or, being a snapshot,
 *     removed; not part of the sum
 */
public record Counts(
    long received,
    long accepted,
    long quarantined,
    long duplicate,
    long superseded,
    long replaced) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /** Row conservation: every record received is in exactly one place. */
  public boolean conserved() {
    return received == accepted + quarantined + duplicate + superseded;
  }

  public Counts plus(Counts other) {
    return new Counts(
        received + other.received,
        accepted + other.accepted,
        quarantined + other.quarantined,
        duplicate + other.duplicate,
        superseded + other.superseded,
        replaced + other.replaced);
  }

  /** For example {@code received 10 = accepted 7 + quarantined 1 + duplicate 1 + superseded 1}. */
  public String equation() {
    return "received %d %s accepted %d + quarantined %d + duplicate %d + superseded %d"
        .formatted(received, conserved() ? "=" : "≠", accepted, quarantined, duplicate, superseded);
  }
}

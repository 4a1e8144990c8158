package vn.tnmt.lakehouse.transform.national;

/**
 * A table that a national dataset is computed from.
 *
 * @param dataset a standard dataset or another national one
 * @param affects changed rows → affected units
 * @param inForce the table's rows hold from {@code valid_from} to {@code valid_to}: only those in
 *     force on the business date are read, and a row that comes into force is a change
 */
public record Input(String dataset, Affects affects, Reach reach, boolean inForce) {
  /** What was kept back: the only table of the ledger that may be an input. */
  public static final String QUARANTINE = "ops.quarantine";

  public static Input of(String dataset, Affects affects, Reach reach) {
    return new Input(dataset, affects, reach, false);
  }

  /** A record of a day later than this after its night speaks of no day: a clock was wrong. */
  public static final int AHEAD = 1;

  /** The record's day, the evening before a unit's day, and the difference of UTC. */
  private static final int QUARANTINE_REACH = AHEAD + 2;

  /**
   * Records in quarantine, of all datasets, so that what is computed without them can say so. Units
   * of which nothing else is known may come from them. Those of the nights since shortly before a
   * unit's day are read.
   *
   * @param unitDay the unit's day; a record speaks of a day that is at most {@value #AHEAD} days
   *     after the business date that took it
   */
  public static Input quarantine(String unitDay, Affects affects) {
    return new Input(
        QUARANTINE, affects, Reach.since("business_date", unitDay, QUARANTINE_REACH), false);
  }

  /**
   * A register whose rows have a validity: {@code valid_from date, valid_to date}, both inclusive.
   */
  public static Input inForce(String dataset, Affects affects) {
    return new Input(dataset, affects, Reach.ALL, true);
  }
}

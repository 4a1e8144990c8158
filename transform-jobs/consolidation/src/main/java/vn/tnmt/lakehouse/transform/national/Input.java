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

  /**
   * Records in quarantine, of all datasets, so that what is computed without them can say so. Units
   * of which nothing else is known may come from them.
   */
  public static Input quarantine(Affects affects) {
    return new Input(QUARANTINE, affects, Reach.ALL, false);
  }

  /**
   * A register whose rows have a validity: {@code valid_from date, valid_to date}, both inclusive.
   */
  public static Input inForce(String dataset, Affects affects) {
    return new Input(dataset, affects, Reach.ALL, true);
  }
}

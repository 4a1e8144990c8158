package vn.tnmt.lakehouse.ingestion.collect.offer;

/**
 * What became of the files that a feed's folder held.
 *
 * @param taken files of the new delivery
 * @param bytes their bytes
 * @param unrecognised those of them whose names are not in the pattern
 * @param alreadyReceived same path and content as in an earlier delivery
 * @param leftForLater named after the business date, but not after now: another night takes them
 * @param leftUnstable vanished, changed or could not be read: the next night tries again
 * @param outsideWindow older than the lookback
 */
public record Counts(
    long taken,
    long bytes,
    long unrecognised,
    long alreadyReceived,
    long leftForLater,
    long leftUnstable,
    long outsideWindow) {
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
}

package vn.tnmt.lakehouse.ingestion.collect.landing;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;

/**
 * When a delivery was received among those of its feed, told by what lay in landing by then and not
 * by a clock, which may be set back.
 *
 * @param night the latest business date that was collected by then
 * @param number one more than that of any delivery that was there
 */
public record Turn(LocalDate night, long number) implements Serializable, Comparable<Turn> {
  private static final Comparator<Turn> ORDER =
      Comparator.comparing(Turn::night).thenComparingLong(Turn::number);

  /** The turn after those of {@code earlier}, for a delivery of {@code businessDate}. */
  public static Turn after(Collection<Manifest> earlier, LocalDate businessDate) {
    LocalDate night = businessDate;
    long number = 0;
    for (Manifest manifest : earlier) {
      Turn turn = manifest.turn();
      night = turn.night.isAfter(night) ? turn.night : night;
      number = Math.max(number, turn.number);
    }
    return new Turn(night, number + 1);
  }

  @Override
  public int compareTo(Turn other) {
    return ORDER.compare(this, other);
  }
}

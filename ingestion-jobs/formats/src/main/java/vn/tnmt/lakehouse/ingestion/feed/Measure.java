package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/**
 * A measurement: a symbol, a value and a unit that only together give the contract's columns of
 * measurements, those with a {@link vn.tnmt.lakehouse.tables.contract.Role}.
 *
 * <p>The symbol is looked up in the feed's {@link Symbols} (own station, then any station), then in
 * code list {@code parameter_symbols}. The value may carry a {@code <}.
 *
 * @param symbol the parameter as delivered
 * @param unit the unit as delivered; {@link Source#NONE} when the file has none
 */
public record Measure(Source symbol, Source value, Source unit, Place place)
    implements Serializable {
  public static final Measure NONE =
      new Measure(Source.NONE, Source.NONE, Source.NONE, new Place("", 0));

  public boolean isNone() {
    return value.kind() == Source.Kind.NONE;
  }
}

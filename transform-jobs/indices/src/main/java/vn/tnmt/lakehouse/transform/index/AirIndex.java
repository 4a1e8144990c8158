package vn.tnmt.lakehouse.transform.index;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A VN_AQI with what it came from.
 *
 * @param aqi the index 0–500, empty when a reason says why
 * @param driver the pollutant with the highest sub-index, present exactly when {@code aqi} is
 * @param subIndices unrounded sub-indices of the pollutants that have one; also kept when there is
 *     no index
 * @param reason why there is no index
 */
public record AirIndex(
    OptionalInt aqi,
    Optional<Pollutant> driver,
    Map<Pollutant, Double> subIndices,
    Optional<NoIndexReason> reason) {

  public AirIndex {
    Map<Pollutant, Double> copy = new EnumMap<>(Pollutant.class);
    copy.putAll(subIndices);
    subIndices = Collections.unmodifiableMap(copy);
  }

  /** The sub-index of one pollutant, rounded like the index. */
  public OptionalInt subIndex(Pollutant pollutant) {
    Double exact = subIndices.get(pollutant);
    return exact == null ? OptionalInt.empty() : OptionalInt.of(Curve.rounded(exact));
  }

  public Optional<AqiCategory> category() {
    return aqi.isPresent() ? Optional.of(AqiCategory.of(aqi.getAsInt())) : Optional.empty();
  }

  static AirIndex of(Map<Pollutant, Double> subIndices) {
    if (subIndices.isEmpty()) {
      return none(subIndices, NoIndexReason.NO_DATA);
    }
    if (subIndices.keySet().stream().noneMatch(Pollutant::dust)) {
      return none(subIndices, NoIndexReason.NO_PM);
    }
    Pollutant driver = null;
    for (Pollutant p : Pollutant.values()) {
      Double index = subIndices.get(p);
      if (index != null && (driver == null || index > subIndices.get(driver))) {
        driver = p;
      }
    }
    return new AirIndex(
        OptionalInt.of(Curve.rounded(subIndices.get(driver))),
        Optional.of(driver),
        subIndices,
        Optional.empty());
  }

  private static AirIndex none(Map<Pollutant, Double> subIndices, NoIndexReason reason) {
    return new AirIndex(OptionalInt.empty(), Optional.empty(), subIndices, Optional.of(reason));
  }
}

package vn.tnmt.lakehouse.transform.index;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A VN_WQI with what it came from.
 *
 * @param wqi the index 0–100, empty when a reason says why
 * @param exact the index before rounding, {@code NaN} when there is none
 * @param subIndices of the parameters that have one; also kept when there is no index
 * @param groups the value of each group that has a parameter
 * @param weighting the form used for groups IV and V
 * @param reason why there is no index
 */
public record WaterIndex(
    OptionalInt wqi,
    double exact,
    Map<WqiParameter, Double> subIndices,
    Map<WqiGroup, Double> groups,
    Weighting weighting,
    Optional<NoIndexReason> reason) {

  public WaterIndex {
    Map<WqiParameter, Double> indices = new EnumMap<>(WqiParameter.class);
    indices.putAll(subIndices);
    subIndices = Collections.unmodifiableMap(indices);
    Map<WqiGroup, Double> values = new EnumMap<>(WqiGroup.class);
    values.putAll(groups);
    groups = Collections.unmodifiableMap(values);
  }

  public OptionalDouble group(WqiGroup group) {
    Double value = groups.get(group);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public Optional<WqiCategory> category() {
    return wqi.isPresent() ? Optional.of(WqiCategory.of(wqi.getAsInt())) : Optional.empty();
  }
}

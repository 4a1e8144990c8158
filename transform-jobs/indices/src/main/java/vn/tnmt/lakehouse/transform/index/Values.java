package vn.tnmt.lakehouse.transform.index;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Missing values of the index functions → {@code null} of a row. */
public final class Values {
  private Values() {}

  public static Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  public static Double orNull(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  public static Integer orNull(OptionalInt value) {
    return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
  }

  /** Dust that was measured, but not often enough, is not the same as no dust monitor. */
  public static String reason(Optional<NoIndexReason> reason, boolean dustSeen) {
    return reason.map(r -> (dustSeen ? NoIndexReason.PM_INCOMPLETE : r).name()).orElse(null);
  }
}

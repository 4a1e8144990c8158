package vn.tnmt.lakehouse.transform.index;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Missing values of the index functions → {@code null} of a row. */
public final class Values {
  private Values() {}

  public static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  public static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  public static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
  }

  /** Dust that was measured, but not often enough, is not the same as no dust monitor. */
  public static @Nullable String reason(Optional<NoIndexReason> reason, boolean dustSeen) {
    return reason.map(r -> (dustSeen ? NoIndexReason.PM_INCOMPLETE : r).name()).orElse(null);
  }
}

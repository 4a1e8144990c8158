package vn.tnmt.lakehouse.national.waterquality;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a result that was not detected counts as. {@code <0.01} and {@code KPH} (không phát hiện,
 * the limit not stated) say the same, so both count alike: a limit that only one of them has cannot
 * count.
 */
enum NotDetected {
  /** Nothing of it in the water: of DO the worst, of everything else the best. */
  ZERO,
  /** As if it had not been measured. */
  MISSING;

  private static final Set<String> QUALIFIERS = Set.of("<", "KPH");

  /** What is always there, so that “not detected” says nothing of it. */
  private static final Set<String> ALWAYS_THERE = Set.of("pH", "water_temp");

  /** What the setting and the national table say. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static boolean qualifies(@Nullable String qualifier) {
    return qualifier != null && QUALIFIERS.contains(qualifier);
  }

  /** Null when the result does not count. */
  @Nullable Double of(String parameter) {
    return this == MISSING || ALWAYS_THERE.contains(parameter) ? null : Double.valueOf(0);
  }
}

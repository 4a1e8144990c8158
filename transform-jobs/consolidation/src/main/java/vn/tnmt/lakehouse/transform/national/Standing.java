package vn.tnmt.lakehouse.transform.national;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the national tables that stand were computed as, from the last release.
 *
 * @param asOf business date of that release; null when there is none
 * @param definitions table → {@link NationalEngine#definition}
 */
public record Standing(@Nullable LocalDate asOf, Map<String, String> definitions) {
  /** Nothing was released yet. */
  public static final Standing NOTHING = new Standing(null, Map.of());
}

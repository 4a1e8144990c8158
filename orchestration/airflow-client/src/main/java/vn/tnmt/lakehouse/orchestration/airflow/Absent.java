package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a server leaves out, made harmless. */
final class Absent {
  private Absent() {}

  /** An unmodifiable list without nulls; empty for null. */
  static <T> List<T> toEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }
}

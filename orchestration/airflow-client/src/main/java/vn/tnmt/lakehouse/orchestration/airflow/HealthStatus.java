package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** How a component of Airflow is. */
public record HealthStatus(@JsonValue String text) implements Code {
  public static final HealthStatus HEALTHY = new HealthStatus("healthy");
  public static final HealthStatus UNHEALTHY = new HealthStatus("unhealthy");

  static final List<HealthStatus> KNOWN = List.of(HEALTHY, UNHEALTHY);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public HealthStatus {
    Objects.requireNonNull(text, "text");
  }

  /** Whether this client knows the word. */
  public boolean isKnown() {
    return KNOWN.contains(this);
  }

  @Override
  public String toString() {
    return text;
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** Which runs a backfill makes anew where there are some already. */
public record ReprocessBehavior(@JsonValue String text) implements Code {
  public static final ReprocessBehavior FAILED = new ReprocessBehavior("failed");
  public static final ReprocessBehavior COMPLETED = new ReprocessBehavior("completed");
  public static final ReprocessBehavior NONE = new ReprocessBehavior("none");

  static final List<ReprocessBehavior> KNOWN = List.of(FAILED, COMPLETED, NONE);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReprocessBehavior {
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

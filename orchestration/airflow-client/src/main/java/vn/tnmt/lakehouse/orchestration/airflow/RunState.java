package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** The state of a run. */
public record RunState(@JsonValue String text) implements Code {
  public static final RunState QUEUED = new RunState("queued");
  public static final RunState RUNNING = new RunState("running");
  public static final RunState SUCCESS = new RunState("success");
  public static final RunState FAILED = new RunState("failed");

  static final List<RunState> KNOWN = List.of(QUEUED, RUNNING, SUCCESS, FAILED);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunState {
    Objects.requireNonNull(text, "text");
  }

  /** Whether a run in this state has come to its end. */
  public boolean isFinished() {
    return equals(SUCCESS) || equals(FAILED);
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

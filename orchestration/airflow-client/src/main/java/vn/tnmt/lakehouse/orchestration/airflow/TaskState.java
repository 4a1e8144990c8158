package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** The state of a task instance; {@link #NONE} before the scheduler has seen it. */
public record TaskState(@JsonValue String text) implements Code {
  public static final TaskState NONE = new TaskState("none");
  public static final TaskState REMOVED = new TaskState("removed");
  public static final TaskState SCHEDULED = new TaskState("scheduled");
  public static final TaskState QUEUED = new TaskState("queued");
  public static final TaskState RUNNING = new TaskState("running");
  public static final TaskState SUCCESS = new TaskState("success");
  public static final TaskState RESTARTING = new TaskState("restarting");
  public static final TaskState FAILED = new TaskState("failed");
  public static final TaskState UP_FOR_RETRY = new TaskState("up_for_retry");
  public static final TaskState UP_FOR_RESCHEDULE = new TaskState("up_for_reschedule");
  public static final TaskState UPSTREAM_FAILED = new TaskState("upstream_failed");
  public static final TaskState SKIPPED = new TaskState("skipped");
  public static final TaskState DEFERRED = new TaskState("deferred");

  static final List<TaskState> KNOWN =
      List.of(
          NONE,
          REMOVED,
          SCHEDULED,
          QUEUED,
          RUNNING,
          SUCCESS,
          RESTARTING,
          FAILED,
          UP_FOR_RETRY,
          UP_FOR_RESCHEDULE,
          UPSTREAM_FAILED,
          SKIPPED,
          DEFERRED);

  /** Somebody or something is busy with the instance: it will change without anything before it. */
  static final List<TaskState> AT_WORK =
      List.of(SCHEDULED, QUEUED, RUNNING, RESTARTING, UP_FOR_RETRY, UP_FOR_RESCHEDULE, DEFERRED);

  private static final List<TaskState> FINISHED =
      List.of(SUCCESS, FAILED, SKIPPED, UPSTREAM_FAILED, REMOVED);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskState {
    Objects.requireNonNull(text, "text");
  }

  /** Whether nothing more happens to an instance in this state, unless somebody clears it. */
  public boolean isFinished() {
    return FINISHED.contains(this);
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

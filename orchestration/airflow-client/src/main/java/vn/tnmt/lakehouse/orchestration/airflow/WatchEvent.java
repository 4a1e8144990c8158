package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a watch has seen. The first look reports the run and all its task instances, later ones only
 * what changed; the last event is {@link Ended}.
 */
public sealed interface WatchEvent {
  /** The run is in another state than before; {@code before} is null at the first look. */
  record RunChanged(DagRun run, RunState before) implements WatchEvent {}

  /** A task instance is in another state or try; {@code before} is null when it is new. */
  record TaskChanged(TaskInstance task, @Nullable TaskState before) implements WatchEvent {}

  /** The server cannot be reached or is out of order; the watch goes on trying. */
  record Interrupted(AirflowException cause) implements WatchEvent {}

  /** The server answers again. */
  record Resumed(Duration after) implements WatchEvent {}

  /** The run has come to its end; nothing follows. */
  record Ended(DagRun run) implements WatchEvent {}
}

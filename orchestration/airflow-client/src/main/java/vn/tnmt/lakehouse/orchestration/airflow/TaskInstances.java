package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks in runs.
 *
 * <pre>{@code
 * TaskRef ingest = TaskRef.of("nightly", runId, "ingest");
 * airflow.taskInstances().mapped(ingest).filter(t -> t.state().equals(TaskState.FAILED)).toList();
 * airflow.taskInstances().clear(ClearTasks.ofRun("nightly", runId).tasks("ingest").build());
 * }</pre>
 */
public interface TaskInstances {
  /** All of a run; those of a mapped task one by one. */
  Stream<TaskInstance> list(String dagId, String runId, TaskQuery query);

  TaskInstance get(TaskRef task);

  /** The instances of a mapped task. */
  Stream<TaskInstance> mapped(TaskRef task);

  /** All tries of an instance, the present one too. */
  List<TaskInstance> tries(TaskRef task);

  /** Runs tasks again, and returns which. */
  List<TaskInstance> clear(ClearTasks what);

  /** Which tasks {@link #clear} would run again. */
  List<TaskInstance> clearDryRun(ClearTasks what);
}

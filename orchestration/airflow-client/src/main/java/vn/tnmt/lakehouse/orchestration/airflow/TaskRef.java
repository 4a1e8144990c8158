package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.Objects;

/**
 * One task instance: its DAG, run, task, and its place among mapped instances.
 *
 * @param mapIndex −1 for a task that is not mapped
 */
public record TaskRef(String dagId, String runId, String taskId, int mapIndex) {
  public TaskRef {
    Objects.requireNonNull(dagId, "dagId");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(taskId, "taskId");
  }

  /** A task that is not mapped, or all instances of a mapped one. */
  public static TaskRef of(String dagId, String runId, String taskId) {
    return new TaskRef(dagId, runId, taskId, -1);
  }

  /** The instance at this place, from 0. */
  public TaskRef mapped(int index) {
    return new TaskRef(dagId, runId, taskId, index);
  }

  boolean isMapped() {
    return mapIndex >= 0;
  }

  @Override
  public String toString() {
    return dagId + "/" + runId + "/" + taskId + (isMapped() ? "[" + mapIndex + "]" : "");
  }
}

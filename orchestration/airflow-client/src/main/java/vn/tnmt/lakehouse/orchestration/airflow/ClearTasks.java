package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import java.util.Objects;

/**
 * Which tasks of a run to run again: {@code ClearTasks.ofRun("nightly",
 * runId).tasks("release").withDownstream().build()}.
 *
 * @param tasks empty for all; a mapped instance alone needs 3.x
 * @param onlyFailed true unless {@link Builder#evenIfNotFailed}
 */
public record ClearTasks(
    String dagId,
    String runId,
    List<TaskRef> tasks,
    boolean onlyFailed,
    boolean upstream,
    boolean downstream) {
  public ClearTasks {
    Objects.requireNonNull(dagId, "dagId");
    Objects.requireNonNull(runId, "runId");
    tasks = List.copyOf(tasks);
  }

  public static Builder ofRun(String dagId, String runId) {
    return new Builder(dagId, runId);
  }

  /** Builds what to clear: all failed tasks unless told more. */
  public static final class Builder {
    private final String dagId;
    private final String runId;
    private List<TaskRef> tasks = List.of();
    private boolean onlyFailed = true;
    private boolean upstream;
    private boolean downstream;

    private Builder(String dagId, String runId) {
      this.dagId = dagId;
      this.runId = runId;
    }

    /** These tasks, with all their mapped instances. */
    public Builder tasks(String... taskIds) {
      tasks = List.of(taskIds).stream().map(id -> TaskRef.of(dagId, runId, id)).toList();
      return this;
    }

    /** These instances. */
    public Builder tasks(List<TaskRef> instances) {
      tasks = List.copyOf(instances);
      return this;
    }

    public Builder evenIfNotFailed() {
      onlyFailed = false;
      return this;
    }

    public Builder withUpstream() {
      upstream = true;
      return this;
    }

    public Builder withDownstream() {
      downstream = true;
      return this;
    }

    public ClearTasks build() {
      return new ClearTasks(dagId, runId, tasks, onlyFailed, upstream, downstream);
    }
  }
}

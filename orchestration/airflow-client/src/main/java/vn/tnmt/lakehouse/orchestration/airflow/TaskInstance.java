package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task in a run, or one of its earlier tries. Times are instants in UTC; what a server does not
 * say is null, the state {@link TaskState#NONE}.
 *
 * @param mapIndex −1 for a task that is not mapped
 * @param renderedMapIndex the name of a mapped instance, where the DAG gives one
 * @param duration seconds
 */
public record TaskInstance(
    String dagId,
    String dagRunId,
    String taskId,
    String taskDisplayName,
    Integer mapIndex,
    @Nullable String renderedMapIndex,
    TaskState state,
    Integer tryNumber,
    Integer maxTries,
    @JsonAlias("execution_date") @Nullable Instant logicalDate,
    @Nullable Instant queuedWhen,
    @Nullable Instant scheduledWhen,
    @Nullable Instant startDate,
    @Nullable Instant endDate,
    @Nullable Double duration,
    String hostname,
    String operator,
    String pool,
    Integer poolSlots,
    String queue,
    @Nullable String note) {

  public TaskInstance {
    state = Objects.requireNonNullElse(state, TaskState.NONE);
    mapIndex = Objects.requireNonNullElse(mapIndex, -1);
    tryNumber = Objects.requireNonNullElse(tryNumber, 0);
  }

  /** Where its logs, tries and XCom are found. */
  public TaskRef ref() {
    return new TaskRef(dagId, dagRunId, taskId, mapIndex);
  }

  /** The task, with its place or name among mapped instances: {@code ingest[hanoi]}. */
  public String label() {
    if (mapIndex < 0) {
      return taskId;
    }
    return taskId + "[" + (renderedMapIndex == null ? mapIndex : renderedMapIndex) + "]";
  }
}

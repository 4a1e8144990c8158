package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a DAG. Times are instants in UTC; what a server does not say is null.
 *
 * @param logicalDate null for a run without one (3.x); 2.x has it as {@code execution_date} too
 * @param runAfter when it may start (3.x)
 * @param conf what it was triggered with; an object, or null
 */
public record DagRun(
    String dagId,
    @JsonAlias("run_id") String dagRunId,
    @Nullable RunState state,
    RunType runType,
    @JsonAlias("execution_date") @Nullable Instant logicalDate,
    @Nullable Instant dataIntervalStart,
    @Nullable Instant dataIntervalEnd,
    @Nullable Instant runAfter,
    @Nullable Instant queuedAt,
    @Nullable Instant startDate,
    @Nullable Instant endDate,
    @Nullable Double duration,
    TriggeredBy triggeredBy,
    @Nullable String triggeringUserName,
    @Nullable String bundleVersion,
    @Nullable String partitionKey,
    @Nullable String note,
    @Nullable JsonNode conf) {

  /** Whether it has come to its end; false where the state is unknown. */
  public boolean isFinished() {
    return state != null && state.isFinished();
  }
}

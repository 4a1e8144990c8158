package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

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
    RunState state,
    RunType runType,
    @JsonAlias("execution_date") Instant logicalDate,
    Instant dataIntervalStart,
    Instant dataIntervalEnd,
    Instant runAfter,
    Instant queuedAt,
    Instant startDate,
    Instant endDate,
    Double duration,
    TriggeredBy triggeredBy,
    String triggeringUserName,
    String bundleVersion,
    String partitionKey,
    String note,
    JsonNode conf) {

  /** Whether it has come to its end; false where the state is unknown. */
  public boolean isFinished() {
    return state != null && state.isFinished();
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a task left for others.
 *
 * @param value null in a listing, which does not carry values
 */
public record XCom(
    String key,
    String dagId,
    String runId,
    String taskId,
    Integer mapIndex,
    Instant timestamp,
    @JsonAlias("execution_date") Instant logicalDate,
    JsonNode value) {}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Runs of a DAG for past intervals (3.x). {@code completedAt} is null while it goes on. */
public record Backfill(
    Long id,
    String dagId,
    Instant fromDate,
    Instant toDate,
    JsonNode dagRunConf,
    Boolean isPaused,
    ReprocessBehavior reprocessBehavior,
    Integer maxActiveRuns,
    Instant createdAt,
    Instant updatedAt,
    Instant completedAt) {

  /** A run that a backfill would make. */
  public record PlannedRun(Instant logicalDate, String partitionKey, Instant partitionDate) {}
}

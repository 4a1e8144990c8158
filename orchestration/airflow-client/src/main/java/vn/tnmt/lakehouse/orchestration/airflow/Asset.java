package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data that tasks make and DAGs wait for; 2.x calls it a dataset, without name and group.
 *
 * @param scheduledDags the DAGs that run on it; 2.x: {@code consuming_dags}
 */
public record Asset(
    Long id,
    String name,
    String uri,
    String group,
    JsonNode extra,
    Instant createdAt,
    Instant updatedAt,
    @JsonAlias("consuming_dags") List<Reference> scheduledDags,
    List<Reference> producingTasks) {

  public Asset {
    scheduledDags = Absent.toEmpty(scheduledDags);
    producingTasks = Absent.toEmpty(producingTasks);
  }

  /** A DAG, or one of its tasks; {@code taskId} is null for a DAG. */
  public record Reference(String dagId, @Nullable String taskId) {}
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** An asset was changed: by which task, and which runs that started. Source fields may be null. */
public record AssetEvent(
    Long id,
    @JsonAlias("dataset_id") Long assetId,
    @JsonAlias("dataset_uri") String uri,
    String name,
    JsonNode extra,
    String sourceDagId,
    String sourceTaskId,
    String sourceRunId,
    Integer sourceMapIndex,
    List<DagRun> createdDagruns,
    Instant timestamp) {
  public AssetEvent {
    createdDagruns = Absent.toEmpty(createdDagruns);
  }
}

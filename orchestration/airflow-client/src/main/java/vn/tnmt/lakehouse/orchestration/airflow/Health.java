package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the components of Airflow are; one that is not set up is null or has no status. */
public record Health(
    @Nullable Component metadatabase,
    @Nullable Component scheduler,
    Component triggerer,
    Component dagProcessor) {

  /** One component, and when it was last heard of. */
  public record Component(
      HealthStatus status,
      @JsonAlias({
            "latest_scheduler_heartbeat",
            "latest_triggerer_heartbeat",
            "latest_dag_processor_heartbeat"
          })
          Instant latestHeartbeat) {
    boolean isHealthy() {
      return HealthStatus.HEALTHY.equals(status);
    }
  }

  /** Whether runs can start: the database and the scheduler are healthy. */
  public boolean isHealthy() {
    return metadatabase != null
        && metadatabase.isHealthy()
        && scheduler != null
        && scheduler.isHealthy();
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import java.util.List;

/**
 * A DAG. Times are instants in UTC; what a server does not say is null, lists are never null.
 *
 * @param isStale whether it is gone from the files (3.x; see {@link #isActive} for 2.x)
 * @param isActive whether it is in the files still (2.x)
 * @param nextDagrunLogicalDate 2.x calls it {@code next_dagrun}
 * @param nextDagrunRunAfter when it runs next; 2.x calls it {@code next_dagrun_create_after}
 */
public record Dag(
    String dagId,
    String dagDisplayName,
    String description,
    Boolean isPaused,
    Boolean isStale,
    Boolean isActive,
    Boolean hasImportErrors,
    String fileloc,
    String bundleName,
    List<String> owners,
    List<Tag> tags,
    String timetableDescription,
    Integer maxActiveRuns,
    Integer maxActiveTasks,
    Instant lastParsedTime,
    @JsonAlias("next_dagrun") Instant nextDagrunLogicalDate,
    Instant nextDagrunDataIntervalStart,
    Instant nextDagrunDataIntervalEnd,
    @JsonAlias("next_dagrun_create_after") Instant nextDagrunRunAfter) {

  public Dag {
    owners = Absent.toEmpty(owners);
    tags = Absent.toEmpty(tags);
  }

  /** A word that DAGs are found by. */
  public record Tag(String name) {}
}

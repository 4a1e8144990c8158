package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs for past intervals; 3.x only.
 *
 * <pre>{@code
 * BackfillRequest days = BackfillRequest.of("nightly", from, to).maxActiveRuns(1).build();
 * airflow.backfills().dryRun(days).forEach(run -> System.out.println(run.logicalDate()));
 * Backfill started = airflow.backfills().create(days);
 * airflow.backfills().cancel(started.id());
 * }</pre>
 */
public interface Backfills {
  /**
   * Starts one.
   *
   * @throws AirflowException.Conflict where one of this DAG is going on
   */
  Backfill create(BackfillRequest request);

  /** The runs that {@link #create} would make. */
  List<Backfill.PlannedRun> dryRun(BackfillRequest request);

  Stream<Backfill> list(String dagId);

  Backfill get(long id);

  Backfill pause(long id);

  Backfill unpause(long id);

  /** Ends it: runs that wait fail, those under way go on. */
  Backfill cancel(long id);
}

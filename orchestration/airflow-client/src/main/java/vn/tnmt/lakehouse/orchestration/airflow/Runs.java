package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs of DAGs.
 *
 * <pre>{@code
 * TriggerResult night = airflow.runs().trigger(Trigger.of("nightly").dataInterval(from, to).build());
 * DagRun ended = airflow.runs().await("nightly", night.run().dagRunId(), WaitOptions.upTo(hours6));
 * airflow.runs().list("nightly", RunQuery.all().in(RunState.FAILED)).limit(10).toList();
 * }</pre>
 */
public interface Runs {
  /** As {@code dagId} in {@link #list}: runs of all DAGs. */
  String ALL_DAGS = "~";

  /**
   * Makes the run, unless it is there already. After a lost answer, a 5xx or a 409 it looks for the
   * run under its run id and compares: the same run is a success, however often this is called.
   *
   * @throws AirflowException.RunConflict where the run id or logical date is taken by another run:
   *     with another conf, logical date, data interval or partition key. It is left as it is.
   */
  TriggerResult trigger(Trigger trigger);

  Stream<DagRun> list(String dagId, RunQuery query);

  DagRun get(String dagId, String runId);

  /** Marks a run as {@code success} or {@code failed}, or puts it back to {@code queued}. */
  DagRun setState(String dagId, String runId, RunState state);

  DagRun setNote(String dagId, String runId, String note);

  /** Runs all tasks of the run again. */
  DagRun clear(String dagId, String runId);

  /** The task instances that {@link #clear} would run again. */
  List<TaskInstance> clearDryRun(String dagId, String runId);

  /** Deletes a run with its history. 3.x refuses while it is running. */
  void delete(String dagId, String runId);

  /**
   * Waits until the run has come to its end, well or badly, and returns it. A server that is away
   * for a while is waited for.
   *
   * @throws AirflowException.Timeout at the deadline; the run goes on
   */
  DagRun await(String dagId, String runId, WaitOptions options);

  /** Waits for the run, as {@link #await(String, String, WaitOptions)}. */
  default DagRun await(DagRun run, WaitOptions options) {
    return await(run.dagId(), run.dagRunId(), options);
  }

  /**
   * What happens to a run and its task instances, until its end: a stream that blocks for the next
   * event. A server that is away for a while is reported and waited for. When nothing changes it
   * makes at most one request in 30 s after the first minute.
   *
   * <pre>{@code
   * airflow.runs().watch("nightly", runId, WaitOptions.upTo(Duration.ofHours(6))).forEach(event -> {
   *   if (event instanceof WatchEvent.TaskChanged change) {
   *     System.out.println(change.task().label() + " " + change.task().state());
   *   }
   * });
   * }</pre>
   *
   * @throws AirflowException.Timeout from the stream at the deadline; the run goes on
   */
  Stream<WatchEvent> watch(String dagId, String runId, WaitOptions options);
}

package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * DAGs.
 *
 * <pre>{@code
 * airflow.dags().list(DagQuery.all().tagged("tnmt")).map(Dag::dagId).forEach(System.out::println);
 * airflow.dags().pause("nightly");
 * }</pre>
 */
public interface Dags {
  Stream<Dag> list(DagQuery query);

  Dag get(String dagId);

  /** No more runs are scheduled, and none that wait start. */
  Dag pause(String dagId);

  Dag unpause(String dagId);
}

package vn.tnmt.lakehouse.orchestration.airflow;

/** A word of the server from a list that may grow: the known ones are constants, others survive. */
public sealed interface Code
    permits RunState, TaskState, RunType, TriggeredBy, ReprocessBehavior, HealthStatus {
  /** The word as the server says it. */
  String text();
}

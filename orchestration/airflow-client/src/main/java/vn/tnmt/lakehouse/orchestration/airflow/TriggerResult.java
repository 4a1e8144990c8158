package vn.tnmt.lakehouse.orchestration.airflow;

/**
 * The run that a trigger asked for.
 *
 * @param isNew whether the server confirmed that this call made it. False where it was there
 *     already, or where the answer was lost and the run was found by asking again.
 */
public record TriggerResult(DagRun run, boolean isNew) {
  /** Whether the run was found rather than confirmed as new. */
  public boolean isExisting() {
    return !isNew;
  }
}

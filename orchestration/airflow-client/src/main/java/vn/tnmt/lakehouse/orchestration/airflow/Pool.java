package vn.tnmt.lakehouse.orchestration.airflow;

/** A pool: so many tasks of a kind at once. Counts are null in a pool to be made. */
public record Pool(
    String name,
    Integer slots,
    String description,
    Boolean includeDeferred,
    Integer occupiedSlots,
    Integer runningSlots,
    Integer queuedSlots,
    Integer scheduledSlots,
    Integer openSlots,
    Integer deferredSlots) {

  /** One to be created or changed. */
  public static Pool of(String name, int slots) {
    return new Pool(name, slots, null, null, null, null, null, null, null, null);
  }

  public Pool withDescription(String text) {
    return new Pool(name, slots, text, includeDeferred, null, null, null, null, null, null);
  }

  /** Whether tasks that wait in the triggerer hold a slot. */
  public Pool withDeferred(boolean included) {
    return new Pool(name, slots, description, included, null, null, null, null, null, null);
  }
}

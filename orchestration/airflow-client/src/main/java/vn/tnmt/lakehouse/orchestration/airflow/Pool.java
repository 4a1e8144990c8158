package vn.tnmt.lakehouse.orchestration.airflow;

import org.jspecify.annotations.Nullable;

/** A pool: so many tasks of a kind at once. Counts are null in a pool to be made. */
public record Pool(
    String name,
    Integer slots,
    @Nullable String description,
    @Nullable Boolean includeDeferred,
    @Nullable Integer occupiedSlots,
    @Nullable Integer runningSlots,
    @Nullable Integer queuedSlots,
    @Nullable Integer scheduledSlots,
    @Nullable Integer openSlots,
    @Nullable Integer deferredSlots) {

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

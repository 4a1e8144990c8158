package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** What made a run. {@link #DATASET_TRIGGERED} is what 2.x calls {@link #ASSET_TRIGGERED}. */
public record RunType(@JsonValue String text) implements Code {
  public static final RunType BACKFILL = new RunType("backfill");
  public static final RunType SCHEDULED = new RunType("scheduled");
  public static final RunType MANUAL = new RunType("manual");
  public static final RunType ASSET_TRIGGERED = new RunType("asset_triggered");
  public static final RunType ASSET_MATERIALIZATION = new RunType("asset_materialization");
  public static final RunType DATASET_TRIGGERED = new RunType("dataset_triggered");

  static final List<RunType> KNOWN =
      List.of(
          BACKFILL, SCHEDULED, MANUAL, ASSET_TRIGGERED, ASSET_MATERIALIZATION, DATASET_TRIGGERED);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunType {
    Objects.requireNonNull(text, "text");
  }

  /** Whether this client knows the word. */
  public boolean isKnown() {
    return KNOWN.contains(this);
  }

  @Override
  public String toString() {
    return text;
  }
}

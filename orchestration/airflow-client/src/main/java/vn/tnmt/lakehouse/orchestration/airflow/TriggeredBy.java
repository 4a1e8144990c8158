package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;

/** Who asked for a run (3.x). */
public record TriggeredBy(@JsonValue String text) implements Code {
  public static final TriggeredBy CLI = new TriggeredBy("cli");
  public static final TriggeredBy OPERATOR = new TriggeredBy("operator");
  public static final TriggeredBy REST_API = new TriggeredBy("rest_api");
  public static final TriggeredBy UI = new TriggeredBy("ui");
  public static final TriggeredBy TEST = new TriggeredBy("test");
  public static final TriggeredBy TIMETABLE = new TriggeredBy("timetable");
  public static final TriggeredBy ASSET = new TriggeredBy("asset");
  public static final TriggeredBy BACKFILL = new TriggeredBy("backfill");

  static final List<TriggeredBy> KNOWN =
      List.of(CLI, OPERATOR, REST_API, UI, TEST, TIMETABLE, ASSET, BACKFILL);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TriggeredBy {
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

package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * What tasks leave for others.
 *
 * <pre>{@code
 * JsonNode release = airflow.xcoms().get(TaskRef.of("nightly", runId, "release"), "return_value").value();
 * }</pre>
 */
public interface XComs {
  /** Those of a task instance, without values. */
  Stream<XCom> list(TaskRef task);

  XCom get(TaskRef task, String key);
}

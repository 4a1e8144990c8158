package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * Logs of tasks, as streams that hold a line or a chunk in memory. Close a stream that is not read
 * to its end.
 *
 * <pre>{@code
 * try (Stream<LogLine> lines = airflow.logs().follow(task, 1, WaitOptions.upTo(hours6))) {
 *   lines.map(LogLine::text).forEach(System.out::println);
 * }
 * }</pre>
 */
public interface Logs {
  /** What there is now. A silence longer than the request time-out ends it with Timeout. */
  Stream<LogLine> read(TaskRef task, int tryNumber);

  /**
   * What there is, and what comes, until this try has ended; before it has begun, it waits. A
   * server that is away for a while is waited for, and no line comes twice.
   *
   * @throws AirflowException.Timeout from the stream at the deadline
   */
  Stream<LogLine> follow(TaskRef task, int tryNumber, WaitOptions options);
}

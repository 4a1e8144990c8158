package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A log as it grows. The server is asked piece by piece. After each break, and where the server has
 * lost its place, it goes on from the last token (or the beginning) and leaves out what has been
 * delivered since.
 */
final class LogFollower extends HttpLogs.Lines implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Transport transport;
  private final TaskRef task;
  private final int tryNumber;
  private final WaitOptions options;
  private final Deadline deadline;
  private final Pauses pauses;
  private final StringBuilder unfinished = new StringBuilder();

  private @Nullable String token;
  private String unfinishedAtToken = "";
  private long delivered;
  private long deliveredSinceToken;
  private long toSkip;
  private @Nullable LogChunk chunk;
  private boolean hasBegun;
  private boolean hadEnded;
  private boolean isAtEnd;
  private boolean isLate;

  LogFollower(Transport transport, TaskRef task, int tryNumber, WaitOptions options) {
    this.transport = transport;
    this.task = task;
    this.tryNumber = tryNumber;
    this.options = options;
    this.deadline = Deadline.in(options.deadline(), transport.time());
    Duration first = options.firstPause();
    Duration longest = LONGEST_PAUSE.compareTo(first) < 0 ? first : LONGEST_PAUSE;
    this.pauses = new Pauses(first, longest, transport.time());
  }

  @Override
  LogLine advance() {
    while (!isAtEnd) {
      try {
        if (chunk == null) {
          pause();
          begin();
        }
        LogLine line = chunk == null ? null : chunk.next();
        if (line == null) {
          finish();
        } else if (toSkip > 0) {
          toSkip--;
        } else {
          delivered++;
          deliveredSinceToken++;
          pauses.reset();
          return line;
        }
      } catch (AirflowException e) {
        if (isLate || !e.isTransient()) {
          close();
          throw e;
        }
        close();
      }
    }
    return LogChunk.rest(unfinished);
  }

  private void pause() {
    if (!hasBegun) {
      hasBegun = true;
      return;
    }
    if (deadline.isOver()) {
      isLate = true;
      throw new AirflowException.Timeout(
          AirflowException.Failure.of(
              task.toString(), "its log has not ended after " + options.deadline()));
    }
    transport.sleep(deadline.atMost(pauses.next()), task.toString());
  }

  /** The state is asked before the log: a log read after the end is complete. */
  private void begin() {
    TaskInstance now = null;
    if (token == null || transport.version() == ApiVersion.V1) {
      now = instance();
      hadEnded = now != null && hasEnded(now);
      if (now == null) {
        return;
      }
    }
    toSkip = deliveredSinceToken;
    unfinished.setLength(0);
    unfinished.append(unfinishedAtToken);
    try {
      Call call = HttpLogs.call(transport, task, tryNumber, token).until(deadline);
      chunk = LogChunk.open(transport, call, unfinished);
    } catch (AirflowException.NotFound notBegun) {
      // The try is not there: yet, or it never comes.
      if (now == null) {
        throw notBegun;
      }
    }
  }

  /** The instance; null while a mapped task has not been expanded to it yet. */
  private @Nullable TaskInstance instance() {
    try {
      return new HttpTaskInstances(transport).get(task);
    } catch (AirflowException.NotFound notThere) {
      if (new HttpRuns(transport).get(task.dagId(), task.runId()).isFinished()) {
        throw notThere;
      }
      return null;
    }
  }

  private void finish() {
    String next = chunk == null ? null : chunk.token();
    boolean wentOn = token != null;
    close();
    boolean isV1 = transport.version() == ApiVersion.V1;
    if (hadEnded) {
      isAtEnd = true;
    } else if (next != null) {
      token = next;
      deliveredSinceToken = 0;
      unfinishedAtToken = unfinished.toString();
    } else if (wentOn && !isV1 && hasEnded(new HttpTaskInstances(transport).get(task))) {
      // The server gives no token once the task no longer runs, with the last of its log.
      isAtEnd = true;
    } else {
      // Not begun, or between two parts of a try: the whole log is asked for anew.
      token = null;
      deliveredSinceToken = delivered;
      unfinishedAtToken = "";
    }
  }

  /** Whether nothing more is written for this try. */
  private boolean hasEnded(TaskInstance now) {
    return now.tryNumber() > tryNumber
        || now.state().isFinished()
        || (now.tryNumber() == tryNumber && now.state().equals(TaskState.UP_FOR_RETRY));
  }

  @Override
  public void close() {
    if (chunk != null) {
      chunk.close();
      chunk = null;
    }
  }
}

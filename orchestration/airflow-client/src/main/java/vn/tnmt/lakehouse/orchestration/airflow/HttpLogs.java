package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logs over HTTP. What there is now is read in the form that the server can stream, NDJSON or plain
 * text. What comes is followed in JSON, because only there a token says where to go on: the NDJSON
 * of 3.x has one too, but begins anew whatever it says, and plain text has none.
 */
record HttpLogs(Transport transport) implements Logs {
  @Override
  public Stream<LogLine> read(TaskRef task, int tryNumber) {
    Call call = call(transport, task, tryNumber, null);
    StringBuilder unfinished = new StringBuilder();
    LogChunk chunk =
        LogChunk.open(
            transport,
            call.accept(
                switch (call.version()) {
                  case V1 -> "text/plain";
                  case V2 -> "application/x-ndjson";
                }),
            unfinished);
    Iterator<LogLine> lines =
        new Lines() {
          @Override
          LogLine advance() {
            LogLine line = chunk.next();
            return line == null ? LogChunk.rest(unfinished) : line;
          }
        };
    return Pages.stream(lines).onClose(chunk::close);
  }

  @Override
  public Stream<LogLine> follow(TaskRef task, int tryNumber, WaitOptions options) {
    LogFollower follower = new LogFollower(transport, task, tryNumber, options);
    return Pages.stream(follower).onClose(follower::close);
  }

  /** {@code token} says where to go on; null for the beginning. */
  static Call call(Transport transport, TaskRef task, int tryNumber, @Nullable String token) {
    return transport
        .call(Route.LOGS)
        .at(task)
        .at(tryNumber)
        .query("map_index", task.isMapped() ? task.mapIndex() : null)
        .query("token", token)
        .streaming(transport.requestTimeout());
  }

  /** An iterator that looks one line ahead. */
  abstract static class Lines implements Iterator<LogLine> {
    private @Nullable LogLine ahead;

    /** The next line; null at the end, and so ever after. */
    abstract LogLine advance();

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        ahead = advance();
      }
      return ahead != null;
    }

    @Override
    public LogLine next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      LogLine line = ahead;
      ahead = null;
      return line;
    }
  }
}

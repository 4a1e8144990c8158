package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the end of a run: on the server's line where it has one, else by looking. */
final class RunAwait {
  private static final Logger LOG = LoggerFactory.getLogger(AirflowClient.class);

  /** How often a server that holds the line looks into its database. */
  private static final int SERVER_LOOKS_EVERY = 5;

  private final Transport transport;
  private final String dagId;
  private final String runId;
  private final WaitOptions options;
  private final Deadline deadline;

  RunAwait(Transport transport, String dagId, String runId, WaitOptions options) {
    this.transport = transport;
    this.dagId = dagId;
    this.runId = runId;
    this.options = options;
    this.deadline = Deadline.in(options.deadline(), transport.time());
  }

  DagRun end() {
    if (options.useServerWait() && transport.version() == ApiVersion.V2) {
      holdTheLine();
    }
    Pauses pauses = new Pauses(options.firstPause(), options.longestPause(), transport.time());
    while (true) {
      DagRun run = look();
      if (run != null && run.isFinished()) {
        return run;
      }
      if (deadline.isOver()) {
        throw late(dagId, runId, options.deadline(), run);
      }
      transport.sleep(deadline.atMost(pauses.next()), runId);
    }
  }

  /** Null where the server is away. */
  private @Nullable DagRun look() {
    try {
      Duration limit = deadline.left().plus(transport.requestTimeout());
      Call call = transport.call(Route.RUN).at(dagId).at(runId);
      return transport.get(call.until(Deadline.in(limit, transport.time())), DagRun.class);
    } catch (AirflowException e) {
      if (!e.isTransient()) {
        throw e;
      }
      LOG.debug("{}; still waiting for {}", e.getMessage(), runId);
      return null;
    }
  }

  /**
   * Until the server says that the run has ended, or no longer talks. The endpoint is experimental
   * and not in 3.0: whatever goes wrong, looking goes on instead.
   */
  private void holdTheLine() {
    Call call =
        transport
            .call(Route.WAIT)
            .at(dagId)
            .at(runId)
            .query("interval", SERVER_LOOKS_EVERY)
            .accept("application/x-ndjson")
            .streaming(transport.requestTimeout().plusSeconds(SERVER_LOOKS_EVERY))
            .until(deadline)
            .once();
    try {
      Transport.Answer answer = transport.open(call);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (isEnd(line)) {
            return;
          }
        }
      } catch (IOException e) {
        throw transport.broken(call, e);
      } finally {
        transport.close(answer);
      }
    } catch (AirflowException.Cancelled e) {
      throw e;
    } catch (AirflowException e) {
      LOG.debug("{}; looking instead", e.getMessage());
    }
  }

  private static boolean isEnd(String line) throws IOException {
    JsonNode state = Json.mapper().readTree(line).path("state");
    return state.isTextual() && new RunState(state.textValue()).isFinished();
  }

  /** {@code run} is what was seen last; null for nothing. */
  static AirflowException late(String dagId, String runId, Duration deadline, DagRun run) {
    return new AirflowException.Timeout(
        AirflowException.Failure.of(
            dagId + "/" + runId,
            "not ended after %s, but %s; it goes on"
                .formatted(deadline, run == null ? "out of sight" : run.state())));
  }
}

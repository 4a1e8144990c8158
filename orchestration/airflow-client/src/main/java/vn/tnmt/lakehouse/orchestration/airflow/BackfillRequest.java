package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs to be made for the scheduled intervals from one date to another, both included.
 *
 * @param maxActiveRuns null for the server's choice
 */
public record BackfillRequest(
    String dagId,
    Instant from,
    Instant to,
    ReprocessBehavior reprocess,
    @Nullable Integer maxActiveRuns,
    boolean newestFirst,
    ObjectNode conf) {
  public BackfillRequest {
    Objects.requireNonNull(dagId, "dagId");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  public static Builder of(String dagId, Instant from, Instant to) {
    return new Builder(dagId, from, to);
  }

  /** Builds a request; runs that are there stay as they are unless told otherwise. */
  public static final class Builder {
    private final String dagId;
    private final Instant from;
    private final Instant to;
    private ReprocessBehavior reprocess = ReprocessBehavior.NONE;
    private @Nullable Integer maxActiveRuns;
    private boolean newestFirst;
    private ObjectNode conf = Json.object();

    private Builder(String dagId, Instant from, Instant to) {
      this.dagId = dagId;
      this.from = from;
      this.to = to;
    }

    public Builder reprocess(ReprocessBehavior which) {
      reprocess = Objects.requireNonNull(which);
      return this;
    }

    public Builder maxActiveRuns(int most) {
      maxActiveRuns = most;
      return this;
    }

    public Builder newestFirst() {
      newestFirst = true;
      return this;
    }

    public Builder conf(Map<String, ?> parameters) {
      conf = Json.object(parameters);
      return this;
    }

    public BackfillRequest build() {
      return new BackfillRequest(dagId, from, to, reprocess, maxActiveRuns, newestFirst, conf);
    }
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run to be made, under a run id that is the same whenever DAG, data interval (or logical date),
 * partition and conf are: so it can be asked for again without making another.
 *
 * <pre>{@code
 * Trigger.of("nightly").dataInterval(from, to).conf(Map.of("feeds", "air")).build()
 * // tnmt__2026-03-14T00:00:00Z__a1b2c3d4
 * }</pre>
 *
 * @param logicalDate null for a run without one (3.x; 2.x then takes the present time)
 * @param runAfter null for at once; 3.x only
 * @param partitionKey null for none; 3.2 and later
 */
public record Trigger(
    String dagId,
    String runId,
    @Nullable Instant logicalDate,
    @Nullable Instant dataIntervalStart,
    @Nullable Instant dataIntervalEnd,
    @Nullable Instant runAfter,
    @Nullable String partitionKey,
    ObjectNode conf,
    @Nullable String note) {
  /** What a run id begins with unless asked otherwise. */
  public static final String DEFAULT_PREFIX = "tnmt";

  /** What Airflow accepts as a run id unless configured otherwise. */
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_.~:+-]{1,250}");

  public Trigger {
    Objects.requireNonNull(dagId, "dagId");
    Objects.requireNonNull(conf, "conf");
    if (!RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException(
          "a run id has letters, digits and _.~:+- only, not " + runId);
    }
    logicalDate = micros(logicalDate);
    dataIntervalStart = micros(dataIntervalStart);
    dataIntervalEnd = micros(dataIntervalEnd);
  }

  /** As exact as Airflow's database keeps it. */
  private static @Nullable Instant micros(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Whether a run is the one asked for: the same conf, and the same dates and partition where they
   * were given. Without a logical date Airflow drops the data interval.
   */
  boolean isSameAs(DagRun run) {
    JsonNode there = run.conf() == null || run.conf().isNull() ? Json.object() : run.conf();
    return Json.canonical(conf).equals(Json.canonical(there))
        && isSame(logicalDate, run.logicalDate())
        && (logicalDate == null || isSame(dataIntervalStart, run.dataIntervalStart()))
        && (logicalDate == null || isSame(dataIntervalEnd, run.dataIntervalEnd()))
        && isSame(partitionKey, run.partitionKey());
  }

  private static boolean isSame(@Nullable Object asked, Object there) {
    return asked == null || asked.equals(there);
  }

  public static Builder of(String dagId) {
    return new Builder(dagId);
  }

  /** Builds a trigger; only the DAG must be given. */
  public static final class Builder {
    private final String dagId;
    private @Nullable String runId;
    private String prefix = DEFAULT_PREFIX;
    private @Nullable Instant logicalDate;
    private Instant start;
    private Instant end;
    private Instant runAfter;
    private @Nullable String partitionKey;
    private ObjectNode conf = Json.object();
    private String note;

    private Builder(String dagId) {
      this.dagId = Objects.requireNonNull(dagId, "dagId");
    }

    /** The run id, instead of one made from the rest. */
    public Builder runId(String id) {
      runId = id;
      return this;
    }

    /** What the run id begins with. */
    public Builder prefix(String word) {
      prefix = word;
      return this;
    }

    /** The time the run stands for. */
    public Builder logicalDate(Instant date) {
      logicalDate = date;
      return this;
    }

    /** The time whose data the run takes; its start is the logical date unless that is given. */
    public Builder dataInterval(Instant from, Instant to) {
      start = Objects.requireNonNull(from);
      end = Objects.requireNonNull(to);
      return this;
    }

    /** Not before this time; 3.x only. */
    public Builder runAfter(Instant earliest) {
      runAfter = earliest;
      return this;
    }

    /** 3.2 and later. */
    public Builder partitionKey(String key) {
      partitionKey = key;
      return this;
    }

    /** The run's parameters; values are what JSON knows. */
    public Builder conf(Map<String, ?> parameters) {
      conf = Json.object(parameters);
      return this;
    }

    /** What people read beside the run; it is not part of the run id. */
    public Builder note(String text) {
      note = text;
      return this;
    }

    /** Without interval, logical date and run id, the run id is a fresh one. */
    public Trigger build() {
      Instant date = logicalDate == null ? start : logicalDate;
      return new Trigger(
          dagId, id(date), date, start, end, runAfter, partitionKey, conf.deepCopy(), note);
    }

    private String id(@Nullable Instant date) {
      if (runId != null) {
        return runId;
      }
      if (date == null && partitionKey == null) {
        return prefix + "__" + UUID.randomUUID();
      }
      return RunIds.of(prefix, dagId, micros(date), micros(start), micros(end), partitionKey, conf);
    }
  }
}

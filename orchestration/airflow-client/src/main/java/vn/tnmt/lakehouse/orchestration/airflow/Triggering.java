package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException.Failure;

/**
 * Makes a run once, however often it is asked for and whatever becomes of the answers. The run id
 * decides: the server accepts it once, so a POST whose answer was lost may be sent again.
 */
final class Triggering {
  private final Transport transport;
  private final Runs runs;
  private final Trigger trigger;
  private final Deadline deadline;

  Triggering(Transport transport, Runs runs, Trigger trigger) {
    this.transport = transport;
    this.runs = runs;
    this.trigger = trigger;
    this.deadline = transport.callDeadline();
  }

  TriggerResult result() {
    for (int failures = 1; ; failures++) {
      AirflowException lost;
      try {
        return new TriggerResult(transport.get(post(), DagRun.class), true);
      } catch (AirflowException.Conflict taken) {
        return found(taken).orElseThrow(() -> otherRunOfThatDate(taken));
      } catch (AirflowException e) {
        if (!e.isTransient()) {
          throw e;
        }
        lost = e;
      }
      Optional<TriggerResult> made = madeAllTheSame(lost);
      if (made.isPresent()) {
        return made.get();
      }
      Duration pause =
          Pauses.afterFailure(failures, lost.retryAfter().orElse(null), transport.time());
      if (failures >= transport.attempts() || pause.compareTo(deadline.left()) >= 0) {
        throw lost;
      }
      transport.sleep(pause, lost.request());
    }
  }

  private Call post() {
    Call call = transport.call(Route.TRIGGER).at(trigger.dagId()).until(deadline);
    ObjectNode body = Json.object().put("dag_run_id", trigger.runId());
    // 3.0 wants the key even if there is no date; 2.x takes the present time where it is absent.
    if (trigger.logicalDate() != null || call.version() == ApiVersion.V2) {
      body.put("logical_date", text(trigger.logicalDate()));
    }
    putIfThere(body, "data_interval_start", text(trigger.dataIntervalStart()));
    putIfThere(body, "data_interval_end", text(trigger.dataIntervalEnd()));
    putIfThere(body, "note", trigger.note());
    if (call.version() == ApiVersion.V2) {
      putIfThere(body, "run_after", text(trigger.runAfter()));
      putIfThere(body, "partition_key", trigger.partitionKey());
    } else if (trigger.runAfter() != null || trigger.partitionKey() != null) {
      throw Call.unsupported("triggering with run_after or partition_key", call.version());
    }
    body.set("conf", trigger.conf());
    return call.body(body);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static void putIfThere(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  /** After a lost answer; where nothing can be found out now, the next attempt will. */
  private Optional<TriggerResult> madeAllTheSame(AirflowException lost) {
    if (lost instanceof AirflowException.RateLimited) {
      return Optional.empty();
    }
    try {
      return found(lost);
    } catch (AirflowException e) {
      if (!e.isTransient()) {
        throw e;
      }
      lost.addSuppressed(e);
      return Optional.empty();
    }
  }

  /** The run under our run id, if it is the one asked for. */
  private Optional<TriggerResult> found(AirflowException cause) {
    DagRun run;
    try {
      Call call = transport.call(Route.RUN).at(trigger.dagId()).at(trigger.runId());
      run = transport.get(call.until(deadline), DagRun.class);
    } catch (AirflowException.NotFound e) {
      return Optional.empty();
    }
    if (!trigger.isSameAs(run)) {
      throw conflict("another run has this run id", run, cause);
    }
    return Optional.of(new TriggerResult(run, false));
  }

  /** A DAG has one run for a logical date, whatever its run id. */
  private AirflowException otherRunOfThatDate(AirflowException.Conflict taken) {
    Instant date = trigger.logicalDate();
    if (date == null) {
      return taken;
    }
    return runs.list(trigger.dagId(), RunQuery.all().logicalDates(date, date))
        .findFirst()
        .<AirflowException>map(
            run -> conflict("the DAG has another run of this logical date", run, taken))
        .orElse(taken);
  }

  private AirflowException.RunConflict conflict(String what, DagRun run, AirflowException cause) {
    Failure failure = cause.failure();
    String summary = what + ": " + run.dagRunId() + " (" + run.state() + ")";
    return new AirflowException.RunConflict(
        new Failure(failure.request(), failure.status(), summary, failure.detail(), null, cause),
        run);
  }
}

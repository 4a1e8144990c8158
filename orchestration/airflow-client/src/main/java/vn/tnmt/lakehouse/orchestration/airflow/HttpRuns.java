package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Runs over HTTP. */
record HttpRuns(Transport transport) implements Runs {
  @Override
  public TriggerResult trigger(Trigger trigger) {
    return new Triggering(transport, this, trigger).result();
  }

  @Override
  public Stream<DagRun> list(String dagId, RunQuery query) {
    return Pages.of(transport, () -> listing(dagId, query), "dag_runs", DagRun.class);
  }

  private Call listing(String dagId, RunQuery query) {
    Call call =
        transport
            .call(Route.RUNS)
            .at(dagId)
            .query("state", query.states())
            .query("start_date_gte", query.startedFrom())
            .query("start_date_lte", query.startedTo());
    String descending = query.isNewestFirst() ? "-" : "";
    return switch (call.version()) {
      case V1 -> {
        if (!query.runTypes().isEmpty()) {
          throw Call.unsupported("listing runs by type", call.version());
        }
        yield call.query("execution_date_gte", query.logicalFrom())
            .query("execution_date_lte", query.logicalTo())
            .query("order_by", descending + "execution_date");
      }
      case V2 ->
          // A run may lack a logical date, but never this one.
          call.query("run_type", query.runTypes())
              .query("logical_date_gte", query.logicalFrom())
              .query("logical_date_lte", query.logicalTo())
              .query("order_by", descending + "run_after");
    };
  }

  @Override
  public DagRun get(String dagId, String runId) {
    return transport.get(transport.call(Route.RUN).at(dagId).at(runId), DagRun.class);
  }

  @Override
  public DagRun setState(String dagId, String runId, RunState state) {
    return patch(Route.PATCH_RUN, dagId, runId, Json.object().put("state", state.text()));
  }

  @Override
  public DagRun setNote(String dagId, String runId, String note) {
    return patch(Route.NOTE_RUN, dagId, runId, Json.object().put("note", note));
  }

  private DagRun patch(Route route, String dagId, String runId, ObjectNode body) {
    return transport.get(transport.call(route).at(dagId).at(runId).body(body), DagRun.class);
  }

  @Override
  public DagRun clear(String dagId, String runId) {
    return transport.get(clearing(dagId, runId, false), DagRun.class);
  }

  @Override
  public List<TaskInstance> clearDryRun(String dagId, String runId) {
    Call call = clearing(dagId, runId, true);
    return Pages.all(call, transport.json(call), HttpTaskInstances.KEY, TaskInstance.class);
  }

  /** Says dry_run always: it is true where it is left out. */
  private Call clearing(String dagId, String runId, boolean isDry) {
    Call call = transport.call(Route.CLEAR_RUN).at(dagId).at(runId);
    ObjectNode body = Json.object().put("dry_run", isDry);
    return call.body(call.version() == ApiVersion.V2 ? body.put("only_failed", false) : body);
  }

  @Override
  public void delete(String dagId, String runId) {
    transport.done(transport.call(Route.DELETE_RUN).at(dagId).at(runId));
  }

  @Override
  public DagRun await(String dagId, String runId, WaitOptions options) {
    return new RunAwait(transport, dagId, runId, options).end();
  }

  @Override
  public Stream<WatchEvent> watch(String dagId, String runId, WaitOptions options) {
    return Pages.stream(new RunWatch(transport, dagId, runId, options));
  }
}

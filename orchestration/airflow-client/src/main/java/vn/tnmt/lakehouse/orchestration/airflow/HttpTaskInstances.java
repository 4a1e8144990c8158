package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Task instances over HTTP. */
record HttpTaskInstances(Transport transport) implements TaskInstances {
  static final String KEY = "task_instances";

  @Override
  public Stream<TaskInstance> list(String dagId, String runId, TaskQuery query) {
    return Pages.of(
        transport,
        () ->
            transport
                .call(Route.TASKS)
                .at(dagId)
                .at(runId)
                .query("state", query.states())
                .query("pool", query.pools()),
        KEY,
        TaskInstance.class);
  }

  @Override
  public TaskInstance get(TaskRef task) {
    return transport.get(one(Route.TASK, Route.MAPPED_TASK, task), TaskInstance.class);
  }

  private Call one(Route plain, Route mapped, TaskRef task) {
    return task.isMapped()
        ? transport.call(mapped).at(task).at(task.mapIndex())
        : transport.call(plain).at(task);
  }

  @Override
  public Stream<TaskInstance> mapped(TaskRef task) {
    return Pages.of(
        transport, () -> transport.call(Route.MAPPED_TASKS).at(task), KEY, TaskInstance.class);
  }

  @Override
  public List<TaskInstance> tries(TaskRef task) {
    Call call = one(Route.TRIES, Route.MAPPED_TRIES, task);
    JsonNode answer = transport.json(call);
    // The specification of 2.x says one, its server the other.
    String key = answer.has("task_instances_history") ? "task_instances_history" : KEY;
    return Pages.all(call, answer, key, TaskInstance.class);
  }

  @Override
  public List<TaskInstance> clear(ClearTasks what) {
    return clear(what, false);
  }

  @Override
  public List<TaskInstance> clearDryRun(ClearTasks what) {
    return clear(what, true);
  }

  private List<TaskInstance> clear(ClearTasks what, boolean isDry) {
    Call call = transport.call(Route.CLEAR_TASKS).at(what.dagId());
    ObjectNode body =
        Json.object()
            .put("dry_run", isDry)
            .put("dag_run_id", what.runId())
            .put("only_failed", what.onlyFailed())
            .put("include_upstream", what.upstream())
            .put("include_downstream", what.downstream())
            .put("reset_dag_runs", true);
    if (!what.tasks().isEmpty()) {
      ArrayNode ids = body.putArray("task_ids");
      what.tasks().forEach(task -> add(ids, task, call.version()));
    }
    return Pages.all(call, transport.json(call.body(body)), KEY, TaskInstance.class);
  }

  private static void add(ArrayNode ids, TaskRef task, ApiVersion version) {
    if (!task.isMapped()) {
      ids.add(task.taskId());
    } else if (version == ApiVersion.V1) {
      throw Call.unsupported("clearing a mapped instance alone", version);
    } else {
      ids.addArray().add(task.taskId()).add(task.mapIndex());
    }
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Backfills over HTTP. */
record HttpBackfills(Transport transport) implements Backfills {
  @Override
  public Backfill create(BackfillRequest request) {
    return transport.get(transport.call(Route.CREATE_BACKFILL).body(body(request)), Backfill.class);
  }

  @Override
  public List<Backfill.PlannedRun> dryRun(BackfillRequest request) {
    Call call = transport.call(Route.DRY_RUN_BACKFILL).body(body(request));
    return Pages.all(call, transport.json(call), "backfills", Backfill.PlannedRun.class);
  }

  private static ObjectNode body(BackfillRequest request) {
    ObjectNode body =
        Json.object()
            .put("dag_id", request.dagId())
            .put("from_date", request.from().toString())
            .put("to_date", request.to().toString())
            .put("run_backwards", request.newestFirst())
            .put("reprocess_behavior", request.reprocess().text());
    body.set("dag_run_conf", request.conf());
    if (request.maxActiveRuns() != null) {
      body.put("max_active_runs", request.maxActiveRuns());
    }
    return body;
  }

  @Override
  public Stream<Backfill> list(String dagId) {
    return Pages.of(
        transport,
        () -> transport.call(Route.BACKFILLS).query("dag_id", dagId),
        "backfills",
        Backfill.class);
  }

  @Override
  public Backfill get(long id) {
    return change(Route.BACKFILL, id);
  }

  @Override
  public Backfill pause(long id) {
    return change(Route.PAUSE_BACKFILL, id);
  }

  @Override
  public Backfill unpause(long id) {
    return change(Route.UNPAUSE_BACKFILL, id);
  }

  @Override
  public Backfill cancel(long id) {
    return change(Route.CANCEL_BACKFILL, id);
  }

  private Backfill change(Route route, long id) {
    return transport.get(transport.call(route).at(id), Backfill.class);
  }
}

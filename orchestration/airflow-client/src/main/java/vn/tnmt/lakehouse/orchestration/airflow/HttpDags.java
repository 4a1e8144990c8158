package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/** DAGs over HTTP. */
record HttpDags(Transport transport) implements Dags {
  @Override
  public Stream<Dag> list(DagQuery query) {
    return Pages.of(transport, () -> listing(query), "dags", Dag.class);
  }

  private Call listing(DagQuery query) {
    Call call =
        transport
            .call(Route.DAGS)
            .query("tags", query.tags())
            .query("dag_id_pattern", query.idPattern())
            .query("paused", query.paused());
    return switch (call.version()) {
      case V1 -> call.query("only_active", !query.gone());
      case V2 -> call.query("exclude_stale", !query.gone());
    };
  }

  @Override
  public Dag get(String dagId) {
    return transport.get(transport.call(Route.DAG).at(dagId), Dag.class);
  }

  @Override
  public Dag pause(String dagId) {
    return patch(dagId, true);
  }

  @Override
  public Dag unpause(String dagId) {
    return patch(dagId, false);
  }

  private Dag patch(String dagId, boolean isPaused) {
    Call call = transport.call(Route.PATCH_DAG).at(dagId);
    return transport.get(call.body(Json.object().put("is_paused", isPaused)), Dag.class);
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Pools over HTTP. */
record HttpPools(Transport transport) implements Pools {
  private static final List<String> CHANGEABLE =
      List.of("slots", "description", "include_deferred");

  @Override
  public Stream<Pool> list() {
    return Pages.of(transport, () -> transport.call(Route.POOLS), "pools", Pool.class);
  }

  @Override
  public Pool get(String name) {
    return transport.get(transport.call(Route.POOL).at(name), Pool.class);
  }

  @Override
  public Pool create(Pool pool) {
    ObjectNode body = changes(pool).put("name", pool.name());
    return transport.get(transport.call(Route.CREATE_POOL).body(body), Pool.class);
  }

  @Override
  public Pool update(Pool pool) {
    Call call = transport.call(Route.PATCH_POOL).at(pool.name());
    ObjectNode body = changes(pool);
    call.query("update_mask", List.copyOf(Json.names(body)));
    // 2.x wants the name though it does not change; 3.x refuses it.
    return transport.get(
        call.body(call.version() == ApiVersion.V1 ? body.put("name", pool.name()) : body),
        Pool.class);
  }

  private static ObjectNode changes(Pool pool) {
    ObjectNode all = Json.mapper().valueToTree(pool);
    return all.retain(CHANGEABLE);
  }

  @Override
  public void delete(String name) {
    transport.done(transport.call(Route.DELETE_POOL).at(name));
  }
}

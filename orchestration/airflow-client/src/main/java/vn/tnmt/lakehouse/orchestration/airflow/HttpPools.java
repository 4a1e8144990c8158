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
    ObjectNode changes = changes(pool);
    call.query("update_mask", List.copyOf(Json.names(changes)));
    return transport.get(call.body(whole(call.version(), pool, changes)), Pool.class);
  }

  /**
   * Only what the mask names is changed; but 2.x wants the name all the same, and 3.x (seen with
   * 3.3.2) all that a pool must have.
   */
  private ObjectNode whole(ApiVersion version, Pool pool, ObjectNode changes) {
    if (version == ApiVersion.V1) {
      return changes.put("name", pool.name());
    }
    boolean complete = pool.slots() != null && pool.includeDeferred() != null;
    Pool present = complete ? pool : get(pool.name());
    ObjectNode body =
        Json.object()
            .put("pool", pool.name())
            .put("slots", present.slots())
            .put("include_deferred", Boolean.TRUE.equals(present.includeDeferred()));
    return body.setAll(changes);
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

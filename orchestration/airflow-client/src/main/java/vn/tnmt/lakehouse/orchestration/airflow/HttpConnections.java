package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Connections over HTTP. */
record HttpConnections(Transport transport) implements Connections {
  @Override
  public Stream<Connection> list() {
    return Pages.of(
        transport, () -> transport.call(Route.CONNECTIONS), "connections", Connection.class);
  }

  @Override
  public Connection get(String connectionId) {
    return transport.get(transport.call(Route.CONNECTION).at(connectionId), Connection.class);
  }

  @Override
  public Connection create(Connection connection) {
    Call call = transport.call(Route.CREATE_CONNECTION).body(body(connection));
    return transport.get(secretly(call, connection), Connection.class);
  }

  @Override
  public Connection update(Connection connection) {
    ObjectNode body = body(connection);
    ObjectNode changed = body.deepCopy().without("connection_id");
    Call call =
        transport
            .call(Route.PATCH_CONNECTION)
            .at(connection.connectionId())
            .query("update_mask", List.copyOf(Json.names(changed)))
            .body(body);
    return transport.get(secretly(call, connection), Connection.class);
  }

  private static ObjectNode body(Connection connection) {
    return Json.mapper().valueToTree(connection);
  }

  /** Neither the password nor the extra may come back in a message, nor a part of the extra. */
  private static Call secretly(Call call, Connection connection) {
    call.secret(connection.password()).secret(connection.extra());
    Json.texts(connection.extra()).forEach(call::secret);
    return call;
  }

  @Override
  public void delete(String connectionId) {
    transport.done(transport.call(Route.DELETE_CONNECTION).at(connectionId));
  }
}

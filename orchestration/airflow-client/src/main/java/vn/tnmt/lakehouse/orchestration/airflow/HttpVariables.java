package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Variables over HTTP. */
record HttpVariables(Transport transport) implements Variables {
  @Override
  public Stream<Variable> list() {
    return Pages.of(transport, () -> transport.call(Route.VARIABLES), "variables", Variable.class);
  }

  @Override
  public Variable get(String key) {
    return transport.get(transport.call(Route.VARIABLE).at(key), Variable.class);
  }

  @Override
  public Variable create(Variable variable) {
    return transport.get(filled(transport.call(Route.CREATE_VARIABLE), variable), Variable.class);
  }

  @Override
  public Variable update(Variable variable) {
    Call call = transport.call(Route.PATCH_VARIABLE).at(variable.key());
    // 2.x knows no field "value" in a mask, but leaves alone what the body does not have.
    if (call.version() == ApiVersion.V2) {
      call.query(
          "update_mask",
          variable.description() == null ? List.of("value") : List.of("value", "description"));
    }
    return transport.get(filled(call, variable), Variable.class);
  }

  private static Call filled(Call call, Variable variable) {
    ObjectNode body = Json.object().put("key", variable.key()).put("value", variable.value());
    if (variable.description() != null) {
      body.put("description", variable.description());
    }
    return call.body(body).secret(variable.value());
  }

  @Override
  public void delete(String key) {
    transport.done(transport.call(Route.DELETE_VARIABLE).at(key));
  }
}

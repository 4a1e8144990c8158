package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/** XCom over HTTP. */
record HttpXComs(Transport transport) implements XComs {
  @Override
  public Stream<XCom> list(TaskRef task) {
    return Pages.of(
        transport,
        () -> transport.call(Route.XCOMS).at(task).query("map_index", task.mapIndex()),
        "xcom_entries",
        XCom.class);
  }

  @Override
  public XCom get(TaskRef task, String key) {
    Call call = transport.call(Route.XCOM).at(task).at(key);
    return transport.get(
        call.query("map_index", task.mapIndex()).query("stringify", false), XCom.class);
  }
}

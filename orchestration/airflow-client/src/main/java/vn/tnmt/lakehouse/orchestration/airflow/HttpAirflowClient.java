package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/** The client over HTTP. Its parts share one {@link Transport}. */
final class HttpAirflowClient implements AirflowClient {
  private final Transport transport;

  HttpAirflowClient(Transport transport) {
    this.transport = transport;
  }

  @Override
  public ApiVersion apiVersion() {
    return transport.version();
  }

  @Override
  public ServerVersion version() {
    return transport.get(transport.call(Route.VERSION), ServerVersion.class);
  }

  @Override
  public Health health() {
    return transport.get(transport.call(Route.HEALTH), Health.class);
  }

  @Override
  public Stream<ImportError> importErrors() {
    return Pages.of(
        transport, () -> transport.call(Route.IMPORT_ERRORS), "import_errors", ImportError.class);
  }

  @Override
  public Dags dags() {
    return new HttpDags(transport);
  }

  @Override
  public Runs runs() {
    return new HttpRuns(transport);
  }

  @Override
  public TaskInstances taskInstances() {
    return new HttpTaskInstances(transport);
  }

  @Override
  public Logs logs() {
    return new HttpLogs(transport);
  }

  @Override
  public XComs xcoms() {
    return new HttpXComs(transport);
  }

  @Override
  public Variables variables() {
    return new HttpVariables(transport);
  }

  @Override
  public Connections connections() {
    return new HttpConnections(transport);
  }

  @Override
  public Pools pools() {
    return new HttpPools(transport);
  }

  @Override
  public Assets assets() {
    return new HttpAssets(transport);
  }

  @Override
  public Backfills backfills() {
    return new HttpBackfills(transport);
  }

  @Override
  public void close() {
    transport.close();
  }
}

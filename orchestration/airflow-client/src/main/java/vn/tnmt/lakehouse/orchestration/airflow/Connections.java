package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.stream.Stream;

/**
 * Connections to other systems.
 *
 * <pre>{@code
 * airflow.connections().create(
 *     Connection.of("lake", "aws").withCredentials(accessKey, secretKey));
 * }</pre>
 */
public interface Connections {
  Stream<Connection> list();

  Connection get(String connectionId);

  /**
   * Makes a new one.
   *
   * @throws AirflowException.Conflict where there is one
   */
  Connection create(Connection connection);

  /** Changes what is not null in it. */
  Connection update(Connection connection);

  void delete(String connectionId);
}

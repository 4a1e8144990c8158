package vn.tnmt.lakehouse.orchestration.airflow;

import org.jspecify.annotations.Nullable;

/**
 * A connection to another system. {@link #toString} keeps password and extra to itself.
 *
 * @param password not sent by 2.x; masked by 3.x
 * @param extra a JSON object as text
 */
public record Connection(
    String connectionId,
    String connType,
    @Nullable String description,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String schema,
    @Nullable String login,
    @Nullable String password,
    @Nullable String extra) {

  /** One to be created or changed; what stays null is not sent. */
  public static Connection of(String connectionId, String connType) {
    return new Connection(connectionId, connType, null, null, null, null, null, null, null);
  }

  public Connection withDescription(String text) {
    return new Connection(connectionId, connType, text, host, port, schema, login, password, extra);
  }

  /** To where it goes; port and schema may be null. */
  public Connection withTarget(String newHost, Integer newPort, String newSchema) {
    return new Connection(
        connectionId, connType, description, newHost, newPort, newSchema, login, password, extra);
  }

  public Connection withCredentials(String newLogin, String newPassword) {
    return new Connection(
        connectionId, connType, description, host, port, schema, newLogin, newPassword, extra);
  }

  public Connection withExtra(String json) {
    return new Connection(
        connectionId, connType, description, host, port, schema, login, password, json);
  }

  @Override
  public String toString() {
    return "Connection[connectionId=%s, connType=%s, host=%s, port=%s, schema=%s, login=%s]"
        .formatted(connectionId, connType, host, port, schema, login);
  }
}

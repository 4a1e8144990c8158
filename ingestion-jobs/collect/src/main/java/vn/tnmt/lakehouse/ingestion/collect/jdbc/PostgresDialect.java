package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * PostgreSQL. Values are taken as the server writes them, never through a driver's types: exact,
 * and the same for every driver. PostGIS writes geometries as EWKB in hexadecimal.
 */
final class PostgresDialect implements JdbcDialect {
  private static final Map<String, String> SERIAL =
      Map.of("smallserial", "int2", "serial", "int4", "bigserial", "int8");
  private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");
  private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");

  @Override
  public void configure(Properties driver, Duration connect, String who) {
    String seconds = Long.toString(Math.max(1, connect.toSeconds()));
    driver.setProperty("connectTimeout", seconds);
    driver.setProperty("loginTimeout", seconds);
    driver.setProperty("socketTimeout", seconds);
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("ApplicationName", who);
    driver.setProperty("binaryTransfer", "false");
    // Details of an error hold values of rows.
    driver.setProperty("logServerErrorDetail", "false");
    // No statement is kept, so that it works behind a pool of connections.
    driver.setProperty("prepareThreshold", "0");
  }

  @Override
  public void begin(Connection connection, Duration statement, Duration left) throws SQLException {
    JdbcDialect.run(
        connection,
        "set default_transaction_read_only = on",
        "set statement_timeout = " + Math.min(statement.toMillis(), left.toMillis()),
        // The one that shares its snapshot idles while others read.
        "set idle_in_transaction_session_timeout = 0",
        "set datestyle = 'ISO, YMD'",
        "set intervalstyle = 'iso_8601'",
        "set timezone = 'UTC'",
        "set extra_float_digits = 3",
        "set bytea_output = 'hex'");
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  @Override
  public String share(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void join(Connection connection, String shared) throws SQLException {
    JdbcDialect.run(connection, "set transaction snapshot '" + shared.replace("'", "''") + "'");
  }

  @Override
  public boolean isGone(SQLException failure) {
    // "invalid snapshot identifier", or "snapshot does not exist" since version 17; "the source
    // process is not running anymore".
    return Set.of("22023", "42704", "55000").contains(String.valueOf(failure.getSQLState()));
  }

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public Cell cell(String type) {
    String name = plain(type);
    if (name.startsWith("_")) {
      Element element = element(name.substring(1));
      char delimiter = name.equals("_box") ? ';' : ',';
      return (row, column, line) ->
          PostgresText.array(row.getString(column), delimiter, element, line);
    }
    if (name.equals("bytea")) {
      return (row, column, line) -> {
        byte[] bytes = row.getBytes(column);
        line.text(bytes == null ? null : Base64.getEncoder().encodeToString(bytes));
      };
    }
    Element element = element(name);
    return (row, column, line) -> {
      String text = row.getString(column);
      if (text == null) {
        line.raw("null");
      } else {
        element.write(text, line);
      }
    };
  }

  /** How the server's text of a value becomes JSON. */
  @FunctionalInterface
  interface Element {
    void write(String text, JsonLine line);
  }

  private static Element element(String type) {
    return switch (type) {
      case "int2", "int4", "float4", "float8" -> (text, line) -> line.number(text);
      case "bool" ->
          (text, line) -> {
            switch (text) {
              case "t" -> line.raw("true");
              case "f" -> line.raw("false");
              default -> line.text(text);
            }
          };
      case "date", "timestamp" -> (text, line) -> line.text(PostgresText.iso(text));
      case "timestamptz" -> (text, line) -> line.text(PostgresText.instant(text));
      case "timetz" -> (text, line) -> line.text(PostgresText.offset(text));
      case "json", "jsonb" -> (text, line) -> line.json(text);
      case "bytea" -> (text, line) -> line.text(PostgresText.base64(text));
      default -> (text, line) -> line.text(text);
    };
  }

  @Override
  public Kind kind(String type) {
    String name = plain(type);
    if (NUMBERS.contains(name)) {
      return Kind.NUMBER;
    }
    return switch (name) {
      case "date" -> Kind.DATE;
      case "timestamp", "timestamptz" -> Kind.TIME;
      default -> Kind.OTHER;
    };
  }

  @Override
  public String ordered(String column, String type) {
    // By bytes: the order of a language changes with the server's libraries.
    return quote(column) + (TEXTS.contains(plain(type)) ? " collate \"C\"" : "");
  }

  @Override
  public String parameter(String type) {
    String name = plain(type);
    return kind(type) == Kind.OTHER ? "?" : "cast(? as " + name + ")";
  }

  @Override
  public boolean mayPass(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("58")
        || state.equals("25P03");
  }

  @Override
  public boolean timedOut(SQLException failure) {
    return "57014".equals(failure.getSQLState());
  }

  /** Without schema and quotes; a column that counts itself has the type it counts in. */
  private static String plain(String type) {
    String name = type.substring(type.lastIndexOf('.') + 1).replace("\"", "");
    return SERIAL.getOrDefault(name, name);
  }
}

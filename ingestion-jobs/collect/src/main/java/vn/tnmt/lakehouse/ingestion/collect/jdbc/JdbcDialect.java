package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** What differs between databases. */
interface JdbcDialect {
  /** How a column's value becomes JSON. */
  @FunctionalInterface
  interface Cell {
    void write(ResultSet row, int column, JsonLine line) throws SQLException;
  }

  /** Kinds of columns that have an order which ranges and increments can rely on. */
  enum Kind {
    NUMBER,
    DATE,
    TIME,
    OTHER
  }

  static JdbcDialect of(String url) {
    return url.startsWith("jdbc:postgresql:") ? new PostgresDialect() : new MariaDbDialect();
  }

  /**
   * Settings of the driver.
   *
   * @param who the name that the database's administrator sees
   */
  void configure(Properties driver, Duration connect, String who);

  /**
   * Begins the one transaction of a connection: it reads only, and sees one state of the data.
   *
   * @param statement how long the database may think about one statement
   * @param left until the deadline
   */
  void begin(Connection connection, Duration statement, Duration left) throws SQLException;

  /** A name of what the transaction sees, for {@link #join}; empty when there is no such thing. */
  String share(Connection connection) throws SQLException;

  /** Makes a transaction just begun see what another one sees. */
  void join(Connection connection, String shared) throws SQLException;

  /** Whether {@link #join} failed because the other transaction is no more. */
  boolean isGone(SQLException failure);

  /** An identifier, quoted. */
  String quote(String identifier);

  /**
   * How values of a type are written.
   *
   * @param type the type's name by the driver's metadata
   */
  Cell cell(String type);

  Kind kind(String type);

  /** The column in {@code order by}: the same order everywhere, where it can be asked for. */
  String ordered(String column, String type);

  /** A parameter to be compared with a column of this type. */
  String parameter(String type);

  /** Whether another try may succeed. */
  boolean mayPass(SQLException failure);

  /** Whether the database was not given the time it needed. */
  boolean timedOut(SQLException failure);

  /** Binds a parameter of a kind. */
  static void bind(PreparedStatement statement, int index, Kind kind, String text)
      throws SQLException {
    if (kind == Kind.NUMBER && JsonLine.isNumber(text)) {
      statement.setBigDecimal(index, new BigDecimal(text));
    } else {
      statement.setString(index, text);
    }
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}

package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.text.Nearest;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;

/**
 * One connection with one read-only transaction that sees one state of a table. What fails and may
 * pass throws {@code IOException}; what stays, {@code TnmtException}.
 */
final class JdbcSession implements AutoCloseable {
  private static final int ROWS_BETWEEN_LOOKS = 1_000;

  /** The key under which the geometry is landed that the feed names. */
  private static final String GEOMETRY = "$geometry";

  /**
   * A condition with its parameters: {@code "id" >= ?}.
   *
   * @param sql empty for all rows
   */
  record Where(String sql, List<Parameter> parameters) {
    static final Where ALL = new Where("", List.of());

    Where and(Where other) {
      if (sql.isEmpty() || other.sql.isEmpty()) {
        return sql.isEmpty() ? other : this;
      }
      List<Parameter> both = new ArrayList<>(parameters);
      both.addAll(other.parameters);
      return new Where(sql + " and " + other.sql, both);
    }

    private String clause() {
      return sql.isEmpty() ? "" : " where " + sql;
    }
  }

  record Parameter(JdbcDialect.Kind kind, String text) {}

  /**
   * What was read.
   *
   * @param tied rows of the same key as the row before: their order is nobody's
   */
  record Rows(long rows, long tied) {}

  private final Jdbc table;
  private final JdbcDialect dialect;
  private final JdbcFaults faults;
  private final Attempts attempts;
  private final String where;
  private final Connection connection;
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> filled = new HashSet<>();

  private JdbcSession(
      Jdbc table,
      JdbcDialect dialect,
      JdbcFaults faults,
      Attempts attempts,
      String where,
      Connection connection) {
    this.table = table;
    this.dialect = dialect;
    this.faults = faults;
    this.attempts = attempts;
    this.where = where;
    this.connection = connection;
  }

  /**
   * @param where the table, for messages
   * @param who the name that the database's administrator sees
   */
  static JdbcSession open(
      Jdbc table,
      JdbcDialect dialect,
      JdbcFaults faults,
      Attempts attempts,
      String where,
      String who,
      String password)
      throws IOException {
    Properties settings = new Properties();
    dialect.configure(settings, table.limits().connect(), who);
    settings.setProperty("user", table.user());
    settings.setProperty("password", password);
    Driver driver = driver(table.url(), faults);
    Connection connection = null;
    try {
      connection = driver.connect(table.url(), settings);
      Duration left = attempts.left(where);
      Duration patience = table.statement().plus(table.limits().idle());
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(patience.toMillis(), left.toMillis() + 1_000));
      dialect.begin(connection, table.statement(), left);
      return new JdbcSession(table, dialect, faults, attempts, where, connection);
    } catch (SQLException e) {
      abort(connection);
      throw faults.of(e);
    } catch (RuntimeException e) {
      abort(connection);
      throw e;
    }
  }

  private static Driver driver(String url, JdbcFaults faults) {
    try {
      return DriverManager.getDriver(url);
    } catch (SQLException e) {
      String scheme = url.substring(0, url.indexOf(':', "jdbc:".length()) + 1);
      throw faults.of(
          ErrorCode.INSTALLATION_INCOMPLETE,
          "không có trình điều khiển JDBC / there is no JDBC driver for " + scheme,
          "put the driver's jar into the folder jars/ of the installation");
    }
  }

  String share() throws IOException {
    try {
      return dialect.share(connection);
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  /**
   * Sees the state of the data that another connection shares.
   *
   * @return false when the transaction that shared is no more
   */
  boolean join(String shared) throws IOException {
    try {
      dialect.join(connection, shared);
      return true;
    } catch (SQLException e) {
      if (dialect.isGone(e)) {
        return false;
      }
      throw faults.of(e);
    }
  }

  /** The type of a column, by the driver's metadata; a column that is not there is told. */
  String type(String column) throws IOException {
    if (types.isEmpty()) {
      describe();
    }
    String type = types.get(column);
    if (type == null) {
      throw faults.of(
          ErrorCode.SOURCE_MISSING,
          "không có cột / there is no column '" + column + "'",
          Nearest.hint(column, types.keySet()));
    }
    return type;
  }

  private void describe() throws IOException {
    try (PreparedStatement statement =
            connection.prepareStatement("select * from " + from() + " where 1 = 0");
        ResultSet rows = statement.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnLabel(i);
        if (types.put(name, columns.getColumnTypeName(i)) != null) {
          throw faults.of(
              ErrorCode.SOURCE_UNREADABLE,
              "hai cột cùng tên / two columns are named '" + name + "'",
              "name them apart in the query");
        }
        if (columns.isNullable(i) == ResultSetMetaData.columnNoNulls) {
          filled.add(name);
        }
      }
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  /** A comparison of a column with a value. */
  Where compare(String column, String operator, String value) throws IOException {
    String type = type(column);
    return new Where(
        dialect.quote(column) + " " + operator + " " + dialect.parameter(type),
        List.of(new Parameter(dialect.kind(type), value)));
  }

  Where isNull(String column) {
    return new Where(dialect.quote(column) + " is null", List.of());
  }

  /** Whether a row lacks a value in a column. */
  boolean hasNulls(String column) throws IOException {
    type(column);
    if (filled.contains(column)) {
      return false;
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select 1 from " + from() + isNull(column).clause() + " limit 1");
        ResultSet row = statement.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  /** The least and the greatest value as the database writes them; nulls when there is none. */
  List<String> extremes(String column, Where condition) throws IOException {
    String quoted = dialect.quote(column);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select min(%s), max(%s) from ".formatted(quoted, quoted)
                + from()
                + condition.clause())) {
      bind(statement, condition);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Arrays.asList(row.getString(1), row.getString(2));
      }
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  /**
   * Writes rows in the order of the key.
   *
   * @param progress is told how many rows more have been written
   */
  Rows read(Where condition, SpoolFile file, LongConsumer progress) throws IOException {
    List<String> order = new ArrayList<>();
    for (String column : table.key()) {
      order.add(dialect.ordered(column, type(column)));
    }
    if (!table.geometry().isEmpty()) {
      type(table.geometry());
    }
    String sql =
        "select * from " + from() + condition.clause() + " order by " + String.join(", ", order);
    try (PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(table.fetchSize());
      bind(statement, condition);
      try (ResultSet rows = statement.executeQuery()) {
        return write(rows, file, progress);
      }
    } catch (SQLException e) {
      throw faults.of(e);
    }
  }

  private Rows write(ResultSet rows, SpoolFile file, LongConsumer progress) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    byte[][] names = new byte[width + 1][];
    JdbcDialect.Cell[] cells = new JdbcDialect.Cell[width + 1];
    int[] keys = new int[table.key().size()];
    for (int i = 1; i <= width; i++) {
      String name = columns.getColumnLabel(i);
      names[i] =
          new JsonLine()
              .raw(i == 1 ? "{" : ",")
              .text(name.equals(table.geometry()) ? GEOMETRY : name)
              .raw(":")
              .bytes();
      cells[i] = dialect.cell(columns.getColumnTypeName(i));
      if (table.key().contains(name)) {
        keys[table.key().indexOf(name)] = i;
      }
    }
    JsonLine line = new JsonLine();
    JsonLine key = new JsonLine();
    byte[] before = new byte[0];
    long count = 0;
    long tied = 0;
    while (rows.next()) {
      line.truncate(0);
      for (int i = 1; i <= width; i++) {
        line.add(names[i]);
        cells[i].write(rows, i, line);
      }
      line.raw("}\n");
      file.write(line);
      key.truncate(0);
      for (int i : keys) {
        cells[i].write(rows, i, key.raw(","));
      }
      byte[] its = key.bytes();
      tied += Arrays.equals(its, before) ? 1 : 0;
      before = its;
      if (++count % ROWS_BETWEEN_LOOKS == 0) {
        attempts.left(where);
        progress.accept(ROWS_BETWEEN_LOOKS);
      }
    }
    progress.accept(count % ROWS_BETWEEN_LOOKS);
    return new Rows(count, tied);
  }

  private static void bind(PreparedStatement statement, Where condition) throws SQLException {
    int index = 0;
    for (Parameter parameter : condition.parameters()) {
      JdbcDialect.bind(statement, ++index, parameter.kind(), parameter.text());
    }
  }

  private String from() {
    // The query may end in a comment.
    return table.query().isEmpty()
        ? table.table().stream().map(dialect::quote).collect(Collectors.joining("."))
        : "(\n" + table.query() + "\n) " + dialect.quote("tnmt");
  }

  /** Ends the connection at once, from another thread. */
  void abort() {
    abort(connection);
  }

  private static void abort(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // It is broken anyway.
    }
  }

  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      abort(connection);
    }
  }
}

package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB and MySQL. They have no name for what a transaction sees, so that parts are read one
 * after another in one transaction.
 */
final class MariaDbDialect implements JdbcDialect {
  private static final Set<String> GEOMETRIES =
      Set.of(
          "GEOMETRY",
          "POINT",
          "LINESTRING",
          "POLYGON",
          "MULTIPOINT",
          "MULTILINESTRING",
          "MULTIPOLYGON",
          "GEOMETRYCOLLECTION",
          "GEOMCOLLECTION");

  /** Of a geometry's type in EWKB: an SRID follows. */
  private static final int HAS_SRID = 0x2000_0000;

  @Override
  public void configure(Properties driver, Duration connect, String who) {
    String millis = Long.toString(Math.max(1, connect.toMillis()));
    driver.setProperty("connectTimeout", millis);
    driver.setProperty("socketTimeout", millis);
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("connectionAttributes", "program_name:" + who);
    // Numbers stay numbers; a FLOAT comes with all of its digits only as binary.
    driver.setProperty("tinyInt1isBit", "false");
    driver.setProperty("useServerPrepStmts", "true");
    // No file of ours for a server that asks for it. The names of both drivers.
    driver.setProperty("allowLocalInfile", "false");
    driver.setProperty("allowLoadLocalInfile", "false");
    // MySQL's driver otherwise holds all rows in memory, and refuses the date 0000-00-00.
    driver.setProperty("useCursorFetch", "true");
    driver.setProperty("noDatetimeStringSync", "true");
    driver.setProperty("yearIsDateType", "false");
  }

  @Override
  public void begin(Connection connection, Duration statement, Duration left) throws SQLException {
    boolean maria =
        connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")
            || connection.getMetaData().getDatabaseProductName().contains("MariaDB");
    JdbcDialect.run(
        connection,
        // The time counts until the last row has been sent.
        maria
            ? "set session max_statement_time = " + Math.max(1, left.toSeconds())
            : "set session max_execution_time = " + Math.max(1, left.toMillis()),
        "set session time_zone = '+00:00'",
        "set session transaction isolation level repeatable read",
        // The driver's setReadOnly is a hint only: the server must know.
        "set session transaction read only");
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    JdbcDialect.run(connection, "start transaction with consistent snapshot, read only");
  }

  @Override
  public String share(Connection connection) {
    return "";
  }

  @Override
  public void join(Connection connection, String shared) {
    throw new IllegalStateException("no shared snapshots");
  }

  @Override
  public boolean isGone(SQLException failure) {
    return false;
  }

  @Override
  public String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public Cell cell(String type) {
    String name = plain(type);
    if (GEOMETRIES.contains(name)) {
      return (row, column, line) -> line.text(ewkb(row.getBytes(column)));
    }
    return switch (name) {
      case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "YEAR", "FLOAT", "DOUBLE" ->
          (row, column, line) -> line.number(row.getString(column));
      case "BIT" ->
          (row, column, line) -> {
            byte[] bits = row.getBytes(column);
            line.text(bits == null ? null : new BigInteger(1, bits).toString());
          };
      case "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" ->
          (row, column, line) -> {
            byte[] bytes = row.getBytes(column);
            line.text(bytes == null ? null : Base64.getEncoder().encodeToString(bytes));
          };
      case "DATETIME" -> (row, column, line) -> line.text(time(row, column, ""));
      case "TIMESTAMP" -> (row, column, line) -> line.text(time(row, column, "Z"));
      case "JSON" -> (row, column, line) -> line.json(row.getString(column));
      default -> (row, column, line) -> line.text(row.getString(column));
    };
  }

  private static @Nullable String time(ResultSet row, int column, String zone) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : text.replace(' ', 'T') + zone;
  }

  /** The server's own form is an SRID of four bytes, little-endian, and WKB. */
  static @Nullable String ewkb(byte @Nullable [] stored) {
    if (stored == null) {
      return null;
    }
    if (stored.length < 9 || stored[4] != 1) {
      return HexFormat.of().withUpperCase().formatHex(stored);
    }
    int srid = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int type = ByteBuffer.wrap(stored, 5, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    ByteBuffer ewkb = ByteBuffer.allocate(stored.length).order(ByteOrder.LITTLE_ENDIAN);
    ewkb.put((byte) 1).putInt(srid == 0 ? type : type | HAS_SRID);
    if (srid != 0) {
      ewkb.putInt(srid);
    }
    ewkb.put(stored, 9, stored.length - 9);
    return HexFormat.of().withUpperCase().formatHex(ewkb.array(), 0, ewkb.position());
  }

  @Override
  public Kind kind(String type) {
    return switch (plain(type)) {
      case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT", "DECIMAL" -> Kind.NUMBER;
      case "DATE" -> Kind.DATE;
      case "DATETIME", "TIMESTAMP" -> Kind.TIME;
      default -> Kind.OTHER;
    };
  }

  @Override
  public String ordered(String column, String type) {
    return quote(column);
  }

  @Override
  public String parameter(String type) {
    return "?";
  }

  @Override
  public boolean mayPass(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08")
        || state.startsWith("40")
        // too many connections, shutdown, lock wait, killed statement, killed connection
        || Set.of(1040, 1053, 1203, 1205, 1317, 1927).contains(failure.getErrorCode());
  }

  @Override
  public boolean timedOut(SQLException failure) {
    // max_statement_time; max_execution_time
    return failure.getErrorCode() == 1969 || failure.getErrorCode() == 3024;
  }

  private static String plain(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    int end = name.indexOf(' ');
    return end < 0 ? name : name.substring(0, end);
  }
}

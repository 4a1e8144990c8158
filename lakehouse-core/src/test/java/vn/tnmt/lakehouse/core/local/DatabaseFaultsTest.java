package vn.tnmt.lakehouse.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Real faults of SQLite, as the catalogue meets them. */
final class DatabaseFaultsTest {
  @TempDir private Path dir;
  private Path file;

  @BeforeEach
  void make() throws SQLException {
    file = dir.resolve("catalogue.db");
    try (Connection database = open("")) {
      run(database, "create table t (a text)");
    }
  }

  @Test
  void aLockedDatabaseIsCalledLocked() throws SQLException {
    try (Connection other = open("");
        Connection ours = open("?busy_timeout=50")) {
      run(other, "begin immediate");
      assertThat(told(ours))
          .startsWith("TNMT-4009 ")
          .contains("bị chương trình khác khoá / the catalogue's database is locked")
          .contains("(catalogue.db)")
          .contains("run again");
    }
  }

  @Test
  void aDatabaseThatCannotBeWrittenIsCalledSo() throws SQLException {
    try (Connection ours = open("?open_mode=1")) {
      assertThat(told(ours)).startsWith("TNMT-4009 ").contains("cannot be written");
    }
  }

  @Test
  void aDatabaseWithoutRoomIsAFullDisk() throws SQLException {
    try (Connection ours = open("")) {
      run(ours, "pragma max_page_count = 2");
      assertThat(told(ours)).startsWith("TNMT-3004 ổ đĩa đã đầy / the disk is full (catalogue.db)");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsCalledDamagedAndRepairIsOffered() throws IOException, SQLException {
    Files.writeString(file, "không phải cơ sở dữ liệu ".repeat(400));
    try (Connection ours = open("")) {
      assertThat(told(ours)).startsWith("TNMT-4009 ").contains("damaged", "./tnmt repair");
    }
  }

  @Test
  void otherDatabasesSayWhatTheySayInOneLine() {
    SQLException theirs = new SQLException("FATAL: too many connections\nHint: none", "53300");
    assertThat(DatabaseFaults.of(new UncheckedSQLException(theirs, "Failed")))
        .hasValueSatisfying(
            told -> {
              assertThat(told.code()).isEqualTo(ErrorCode.CATALOGUE_DATABASE_FAILED);
              assertThat(told.getMessage())
                  .contains("the catalogue's database failed: FATAL: too many connections (")
                  .doesNotContain("Hint");
            });
    assertThat(DatabaseFaults.known(theirs)).isEmpty();
    assertThat(DatabaseFaults.of(new IllegalStateException("other"))).isEmpty();
  }

  private String told(Connection database) {
    try {
      run(database, "insert into t values (zeroblob(100000))");
    } catch (SQLException e) {
      return DatabaseFaults.of(new UncheckedSQLException(e, "Unknown failure"))
          .map(TnmtException::getMessage)
          .orElse("not told: " + e.getMessage());
    }
    return "no failure";
  }

  private Connection open(String options) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + options);
  }

  private static void run(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}

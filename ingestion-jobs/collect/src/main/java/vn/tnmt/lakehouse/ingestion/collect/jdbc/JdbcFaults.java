package vn.tnmt.lakehouse.ingestion.collect.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.ingestion.collect.transfer.Attempts;

/** What a failure of a database means: another try, or a word to whoever runs the feed. */
final class JdbcFaults {
  private static final Set<String> NO_SUCH_THING =
      Set.of("42P01", "42703", "3F000", "3D000", "42S02", "42S22");

  private final JdbcDialect dialect;
  private final String where;
  private final String password;

  /**
   * @param where table and place of the feed
   * @param password is kept out of whatever a driver says
   */
  JdbcFaults(JdbcDialect dialect, String where, String password) {
    this.dialect = dialect;
    this.where = where;
    this.password = password;
  }

  /**
   * @return what may pass, for {@link Attempts}
   * @throws TnmtException for what does not pass
   */
  IOException of(SQLException failure) {
    if (dialect.mayPass(failure)) {
      return new IOException(said(failure), cause(failure));
    }
    if (dialect.timedOut(failure)) {
      throw TnmtException.of(
          ErrorCode.SOURCE_UNREADABLE,
          "cơ sở dữ liệu quá thời gian / the database took too long: " + said(failure),
          where,
          "index the key and the increment column, or raise statementSeconds or"
              + " limits.deadlineMinutes",
          cause(failure));
    }
    boolean missing = NO_SUCH_THING.contains(String.valueOf(failure.getSQLState()));
    throw TnmtException.of(
        missing ? ErrorCode.SOURCE_MISSING : ErrorCode.SOURCE_UNREADABLE,
        "cơ sở dữ liệu từ chối / the database refused: " + said(failure),
        where,
        missing
            ? "check table, query and columns; names are written as the catalogue writes them"
            : "check user, password and what the user may read",
        cause(failure));
  }

  /** After the last try. */
  TnmtException givenUp(IOException failure) {
    return TnmtException.of(
        ErrorCode.SOURCE_UNREADABLE,
        "không đọc được cơ sở dữ liệu / the database could not be read: " + failure.getMessage(),
        where,
        "the next run tries again",
        failure);
  }

  TnmtException of(ErrorCode code, String what, String remedy) {
    return TnmtException.of(code, what, where, remedy);
  }

  private String said(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return hidden(line) + " [" + failure.getSQLState() + "]";
  }

  private String hidden(String text) {
    return password.isEmpty() ? text : text.replace(password, "***");
  }

  /** The failure itself, unless it or what caused it tells the password. */
  private @Nullable Throwable cause(SQLException failure) {
    int depth = 0;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      if (++depth > 20 || !hidden(text).equals(text)) {
        return null;
      }
    }
    return failure;
  }
}

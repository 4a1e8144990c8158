package vn.tnmt.lakehouse.core.local;

import java.sql.SQLException;
import java.util.Optional;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/** What the catalogue's database failed in, in words of ours. */
final class DatabaseFaults {
  private static final String FILE = "catalogue.db";
  private static final String REMEDY =
      "%s, rồi chạy lại / %s, then run again: whatever was not committed is done again";

  private DatabaseFaults() {}

  /** The coded error for a failure of the database; empty when it was none. */
  static Optional<TnmtException> of(Throwable failure) {
    return known(failure).or(() -> database(failure).map(sql -> other(sql, failure)));
  }

  /** As {@link #of}, for what has a remedy of its own. */
  static Optional<TnmtException> known(Throwable failure) {
    String message = database(failure).map(Throwable::getMessage).orElse("");
    if (names(message, "BUSY", "LOCKED")) {
      return failed(
          "cơ sở dữ liệu của danh mục đang bị chương trình khác khoá / the catalogue's database is"
              + " locked by another program",
          REMEDY.formatted("đóng chương trình đó", "end that program"),
          failure);
    }
    if (names(message, "FULL") || StoreFaults.isFull(message)) {
      return Optional.of(StoreFaults.full(FILE, failure));
    }
    if (names(message, "READONLY", "PERM")) {
      return failed(
          "không ghi được cơ sở dữ liệu của danh mục / the catalogue's database cannot be written",
          REMEDY.formatted("cho phép ghi tệp và thư mục", "make the file and its folder writable"),
          failure);
    }
    if (names(message, "CORRUPT", "NOTADB")) {
      return failed(
          "cơ sở dữ liệu của danh mục bị hỏng / the catalogue's database is damaged",
          "chuyển các tệp catalogue.db* đi chỗ khác / move catalogue.db* away, then ./tnmt repair",
          failure);
    }
    return Optional.empty();
  }

  private static Optional<SQLException> database(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private static TnmtException other(SQLException sql, Throwable failure) {
    String message = String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
    return TnmtException.of(
        ErrorCode.CATALOGUE_DATABASE_FAILED,
        "cơ sở dữ liệu của danh mục báo lỗi / the catalogue's database failed: " + message,
        "catalogue.jdbc.url",
        REMEDY.formatted("kiểm tra cơ sở dữ liệu và ổ đĩa", "see to the database and its disk"),
        failure);
  }

  /** SQLite's result codes stand in front of its messages. */
  private static boolean names(String message, String... codes) {
    for (String code : codes) {
      if (message.contains("[SQLITE_" + code)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<TnmtException> failed(String what, String remedy, Throwable cause) {
    return Optional.of(
        TnmtException.of(ErrorCode.CATALOGUE_DATABASE_FAILED, what, FILE, remedy, cause));
  }
}

package vn.tnmt.lakehouse.orchestration.cli;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;
import scala.ScalaReflectionException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.cluster.ClusterFaults;
import vn.tnmt.lakehouse.core.lake.CatalogueFaults;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/** What is told of a statement that Spark would not run, or could not run to its end. */
final class SqlFault {
  /** Beginning of Spark's error condition → what to do. */
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("DIVIDE_BY_ZERO", "dùng try_divide, hoặc nullif(mẫu số, 0) / use try_divide"),
          Map.entry(
              "CAST_INVALID_INPUT",
              "dùng try_cast: giá trị không hợp lệ thành NULL / use try_cast"),
          Map.entry(
              "CAST_OVERFLOW", "dùng try_cast hoặc kiểu rộng hơn / use try_cast or a wider type"),
          Map.entry(
              "ARITHMETIC_OVERFLOW",
              "dùng try_add, try_multiply… hoặc kiểu rộng hơn / use try_add, … or a wider type"),
          Map.entry(
              "NUMERIC_VALUE_OUT_OF_RANGE",
              "dùng try_cast hoặc kiểu rộng hơn / use try_cast or a wider type"),
          Map.entry("CANNOT_PARSE_TIMESTAMP", "dùng try_to_timestamp / use try_to_timestamp"),
          Map.entry(
              "TABLE_OR_VIEW_NOT_FOUND",
              "xem các bảng / list the tables: ./tnmt sql \"show tables\""),
          Map.entry(
              "SCHEMA_NOT_FOUND",
              "xem các nhóm bảng / list the namespaces: ./tnmt sql \"show namespaces\""),
          Map.entry(
              "UNRESOLVED_ROUTINE",
              "xem các hàm / list the functions: ./tnmt sql \"show functions\""),
          Map.entry(
              "INVALID_TYPED_LITERAL",
              "viết / write DATE 'YYYY-MM-DD', TIMESTAMP 'YYYY-MM-DD hh:mm:ss'"),
          Map.entry(
              "UNRESOLVED_COLUMN",
              "xem các cột / list the columns: ./tnmt sql \"describe TABLE\""));

  private static final Pattern UNKNOWN_VERSION =
      Pattern.compile("Cannot find matching snapshot ID or reference name for version (\\S+)");

  private static final String GEOMETRY = "org.locationtech.jts.";

  private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), pos (\\d+)\\)");

  private SqlFault() {}

  /** The coded error for whatever a statement ended with. */
  static TnmtException of(Throwable e) {
    Optional<TnmtException> coded =
        CatalogueFaults.of(e).or(() -> StoreFaults.of(e)).or(() -> ClusterFaults.of(e));
    if (coded.isPresent()) {
      return coded.get();
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ForbiddenException) {
        return TnmtException.of(
            ErrorCode.SQL_NOT_READ_ONLY,
            "câu lệnh muốn làm thay đổi hồ dữ liệu / this statement would change the lakehouse",
            "",
            "add --write if that is what you want",
            e);
      }
      if (cause instanceof RESTException) {
        return TnmtException.of(
            ErrorCode.CATALOGUE_UNREACHABLE,
            "danh mục không trả lời / the catalogue does not answer",
            "",
            "kiểm tra / check catalogue.uri, catalogue.credentials",
            e);
      }
      if (cause instanceof NoClassDefFoundError || cause instanceof ScalaReflectionException) {
        return TnmtException.of(
            ErrorCode.SQL_FAILED,
            "hàm này cần một thư viện không đi kèm / this function needs a library that does not"
                + " ship",
            String.valueOf(cause.getMessage()).replaceAll(" in JavaMirror with [\\s\\S]*", ""),
            "ST_Transform, RS_*, ExpandAddress không dùng được ở đây / cannot be used here",
            e);
      }
    }
    Throwable told = told(e);
    String message = message(told);
    if (told.getClass().getName().startsWith(GEOMETRY)) {
      return TnmtException.of(
          ErrorCode.SQL_FAILED,
          "hình học không đọc được / a geometry cannot be read: " + message,
          "",
          "kiểm tra chuỗi WKT, GeoJSON hay WKB / check the text: WKT, GeoJSON or WKB",
          e);
    }
    Matcher version = UNKNOWN_VERSION.matcher(message);
    if (version.find()) {
      return TnmtException.of(
          ErrorCode.SQL_FAILED,
          "không có bản phát hành hay ảnh chụp / there is no release or snapshot "
              + version.group(1),
          "",
          "xem các bản phát hành / list the releases: ./tnmt releases",
          e);
    }
    return TnmtException.of(ErrorCode.SQL_FAILED, message, place(told, message), hint(told), e);
  }

  /** The release or snapshot that a statement asked for and that is not there. */
  static Optional<String> unknownVersion(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      Matcher version = UNKNOWN_VERSION.matcher(String.valueOf(cause.getMessage()));
      if (version.find()) {
        return Optional.of(version.group(1));
      }
    }
    return Optional.empty();
  }

  /** The innermost cause that Spark explains, else the innermost that says anything. */
  private static Throwable told(Throwable e) {
    Throwable told = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean explained = cause instanceof SparkThrowable spark && spark.getCondition() != null;
      boolean better =
          explained
              || !(told instanceof SparkThrowable s
                  && s.getCondition() != null
                  && !"FAILED_EXECUTE_UDF".equals(s.getCondition()));
      if (better && cause.getMessage() != null) {
        told = cause;
      }
    }
    return told;
  }

  /** Without Java's stack, and without the statement that the user has before him. */
  private static String message(Throwable told) {
    String message = String.valueOf(told.getMessage());
    for (String end :
        new String[] {
          "\n\nJVM stacktrace",
          "\n\tat ",
          "\n== SQL",
          "; SQLSTATE",
          " SQLSTATE:",
          ";\n'",
          // Advice for who may set what readers may not, or drops.
          " If necessary set ",
          "\nIf you did not qualify"
        }) {
      int at = message.indexOf(end);
      message = at > 0 ? message.substring(0, at) : message;
    }
    return message.strip();
  }

  private static String place(Throwable told, String message) {
    if (told instanceof AnalysisException analysis && analysis.line().isDefined()) {
      return "line %s, position %s"
          .formatted(analysis.line().get(), analysis.startPosition().getOrElse(() -> 0));
    }
    Matcher line = PLACE.matcher(message);
    if (line.find()) {
      return "line " + line.group(1) + ", position " + line.group(2);
    }
    if (told instanceof SparkThrowable spark) {
      for (QueryContext context : spark.getQueryContext()) {
        String fragment = fragment(context);
        if (fragment != null && !fragment.isBlank()) {
          return fragment;
        }
      }
    }
    return "";
  }

  private static @Nullable String fragment(QueryContext context) {
    try {
      return context.fragment();
    } catch (RuntimeException e) {
      return null; // a context of a DataFrame has none
    }
  }

  private static String hint(Throwable told) {
    String condition = told instanceof SparkThrowable spark ? spark.getCondition() : null;
    if (condition == null) {
      return "";
    }
    return HINTS.entrySet().stream()
        .filter(entry -> condition.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}

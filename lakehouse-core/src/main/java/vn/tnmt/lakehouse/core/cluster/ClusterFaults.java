package vn.tnmt.lakehouse.core.cluster;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** A cluster that fails below Spark, told in words of ours. */
public final class ClusterFaults {
  private static final String REMEDY =
      "xem cụm (./tnmt cluster status, trang web của master), rồi chạy lại / see to the cluster"
          + " (./tnmt cluster status, the master's web page), then run again: it carries on";

  /** Names of classes before what they say. */
  private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:: ?)?");

  /** What Spark says of work that is given up because its executors die under it. */
  private static final Pattern LOST =
      Pattern.compile(
          "ExecutorLostFailure \\(.*?Reason: ([^\\n]*)|(FetchFailed)|(Master removed our application)");

  /** Of what a process prints: parts of a stack trace, and what Spark begins each output with. */
  private static final Pattern NO_NEWS =
      Pattern.compile("^(?:\\s|Caused by|Spark Executor Command|=+$|WARNING: |$)");

  private ClusterFaults() {}

  /** The coded error for work that a cluster did not bring to its end. */
  public static Optional<TnmtException> of(Throwable failure) {
    return ClusterWatch.givenUp().map(why -> failed(why, failure)).or(() -> lost(failure));
  }

  private static Optional<TnmtException> lost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher lost = LOST.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof SparkException && lost.find()) {
        String why = lost.group(1) == null ? "" : ": " + plain(lost.group(1)).strip();
        return Optional.of(
            failed(
                "cụm mất tiến trình tính toán giữa chừng / the cluster lost executors in the"
                    + " middle of the work"
                    + why,
                failure));
      }
    }
    return Optional.empty();
  }

  static TnmtException failed(String why, Throwable cause) {
    return TnmtException.of(ErrorCode.CLUSTER_FAILED, why, "", REMEDY, cause);
  }

  /** Without names of Java's classes. */
  static String plain(String text) {
    return CLASS.matcher(text).replaceAll("").replaceAll("\\s+", " ").strip();
  }

  /** The last line that says something, without the log's own columns. */
  static Optional<String> lastOf(List<String> log) {
    return log.stream()
        .filter(line -> !NO_NEWS.matcher(line).find())
        .reduce((one, next) -> next)
        .map(line -> plain(line.replaceFirst("^\\S+Z? [A-Z]+ +\\[[^\\]]*\\] \\S+: ", "")));
  }
}

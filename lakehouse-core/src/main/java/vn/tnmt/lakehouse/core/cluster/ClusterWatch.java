package vn.tnmt.lakehouse.core.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.progress.Waits;

/**
 * Watches over a Spark whose executors are a cluster's. Spark itself waits for executors for ever;
 * this gives work up that has had none for too long, and remembers why, which Spark's own errors do
 * not say.
 */
public final class ClusterWatch {
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final String NO_ROOM =
      "không máy nào còn đủ bộ nhớ hoặc lõi / no worker has the memory or the cores free"
          + " (spark.executor.memory, spark.executor.cores)";

  /** Executors that end before one works; a standalone master would begin the next for ever. */
  private static final int MOST_STARTS = 10;

  private static final int CONNECT_MILLIS = 5_000;

  private static volatile @Nullable String givenUp;

  private final String master;
  private final Duration patience;
  private final ClusterLog log;
  private volatile boolean closed;

  private ClusterWatch(
      String master, Duration patience, Function<String, Optional<String>> printed) {
    this.master = master;
    this.patience = patience;
    this.log = ClusterLog.listen(printed);
  }

  /** Why the cluster of this process was given up, once it was. */
  static Optional<String> givenUp() {
    return Optional.ofNullable(givenUp);
  }

  /**
   * Starts a Spark on a cluster and waits for its first executor.
   *
   * @param master its address
   * @param patience how long work may be without any executor
   * @param printed what an executor printed last, by its name, where that is known
   * @param starting what starts it
   * @throws TnmtException {@code TNMT-8001} when the master does not answer, {@code TNMT-8002} when
   *     no executor comes
   */
  public static ClusterWatch start(
      String master,
      Duration patience,
      Function<String, Optional<String>> printed,
      Supplier<SparkSession> starting) {
    givenUp = null;
    requireAnswer(master);
    ClusterWatch watch = new ClusterWatch(master, patience, printed);
    Waits.tell("đang chờ cụm / waiting for the cluster: " + master);
    try {
      SparkContext context = starting.get().sparkContext();
      if (!context.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
        watch.awaitExecutor(context);
      }
      Thread thread = new Thread(() -> watch.watch(context), "cluster-watch");
      thread.setDaemon(true);
      thread.start();
      return watch;
    } catch (TnmtException e) {
      throw e;
    } catch (RuntimeException e) { // Spark that was ended while it started falls over in many ways
      throw watch.notStarted(e);
    }
  }

  /** Whoever stops Spark says so before: from now on it is not the cluster that ends it. */
  public void close() {
    closed = true;
  }

  private void awaitExecutor(SparkContext context) {
    long end = System.nanoTime() + patience.toNanos();
    while (executors(context) == 0) {
      if (context.isStopped() || Thread.currentThread().isInterrupted()) {
        throw notStarted(new IllegalStateException("stopped"));
      }
      if (System.nanoTime() > end || log.ended() >= MOST_STARTS) {
        context.stop();
        throw notStarted(new IllegalStateException("no executor"));
      }
      pause();
    }
  }

  private TnmtException notStarted(RuntimeException failure) {
    String why = log.why().orElse(NO_ROOM);
    if (why.contains("All masters are unresponsive")) {
      return unreachable(master, failure);
    }
    return ClusterFaults.failed(
        "không tiến trình tính toán nào khởi động được trên cụm / no executor could start on %s: %s"
            .formatted(master, why),
        failure);
  }

  /** Spark would ask a standalone master in vain for a minute. */
  private static void requireAnswer(String master) {
    if (!master.startsWith("spark://")) {
      return;
    }
    for (String address : master.substring("spark://".length()).split(",", -1)) {
      URI uri = URI.create("spark://" + address);
      if (uri.getHost() == null) {
        return; // Spark says what is wrong with it
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        // The next one may be the master.
      }
    }
    throw unreachable(master, null);
  }

  private static TnmtException unreachable(String master, @Nullable Throwable failure) {
    return TnmtException.of(
        ErrorCode.CLUSTER_UNREACHABLE,
        "cụm Spark không trả lời / the Spark cluster does not answer",
        master,
        "kiểm tra / check spark.master, spark.authenticate.secret; ./tnmt cluster start",
        failure);
  }

  private void watch(SparkContext context) {
    long without = 0;
    while (!closed && !Thread.currentThread().isInterrupted()) {
      if (context.isStopped()) {
        giveUp("cụm đã dừng công việc / the cluster ended the work");
        return;
      }
      if (context.statusTracker().getActiveJobIds().length == 0 || executors(context) > 0) {
        without = 0;
      } else if (without == 0) {
        without = System.nanoTime();
      } else {
        Waits.tell("cụm không có tiến trình tính toán / the cluster has no executor: " + master);
        if (System.nanoTime() - without > patience.toNanos()) {
          giveUp(
              "cụm không có tiến trình tính toán nào suốt %d giây / the cluster had no executor for %d s"
                  .formatted(patience.toSeconds(), patience.toSeconds()));
          context.stop();
          return;
        }
      }
      pause();
    }
  }

  private void giveUp(String what) {
    if (!closed) {
      givenUp = what + " (" + master + ")" + log.why().map(said -> ": " + said).orElse("");
    }
  }

  /** The driver counts itself. */
  private static int executors(SparkContext context) {
    SparkStatusTracker tracker = context.statusTracker();
    return context.isStopped() ? 0 : tracker.getExecutorInfos().length - 1;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package vn.tnmt.lakehouse.transform.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Runs independent steps of a night side by side: planning a query keeps one core busy, so that one
 * step after the other leaves the cluster idle in between.
 */
public final class Parallel implements AutoCloseable {
  private static final int THREADS = 4;

  private final SparkSession spark;
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  public Parallel(SparkSession spark) {
    this.spark = spark;
  }

  /** Starts a step once those before it have ended; it fails when one of them has failed. */
  public <T> CompletableFuture<T> after(
      List<? extends CompletableFuture<?>> before, Supplier<T> step) {
    return CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            done -> {
              SparkSession.setActiveSession(spark);
              return step.get();
            },
            pool);
  }

  /** Starts a step at once. */
  public <T> CompletableFuture<T> start(Supplier<T> step) {
    return after(List.of(), step);
  }

  /**
   * The results in order, when all steps have ended; the first failure, when there is one, is
   * thrown as it was.
   */
  public static <T> List<T> join(List<? extends CompletableFuture<? extends T>> steps) {
    CompletableFuture<Void> all = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
    try {
      all.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    List<T> results = new ArrayList<>();
    steps.forEach(step -> results.add(step.join()));
    return results;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}

package vn.tnmt.lakehouse.core.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of the cluster that a file remembers by its id and the time at which it started: an id
 * alone may be that of somebody else's process by now, which is never ended.
 *
 * @param port where Spark talks to it, on loopback
 * @param uiPort where its web page is
 */
record ClusterProcess(Path file, ProcessHandle handle, int port, int uiPort) {
  /** The operating system tells the start by a clock that is set now and then. */
  private static final Duration PRECISION = Duration.ofSeconds(2);

  private static final Duration GENTLY = Duration.ofSeconds(15);

  /** Remembers a process that was just started. */
  static void remember(Path file, ProcessHandle handle, int port, int uiPort) throws IOException {
    long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    Files.writeString(file, "%d %d %d %d%n".formatted(handle.pid(), started, port, uiPort));
  }

  /** The process that a file remembers, while it runs. */
  static Optional<ClusterProcess> running(Path file) throws IOException {
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!text.matches("\\d{1,18} \\d{1,18} \\d{1,5} \\d{1,5}")) {
      return Optional.empty();
    }
    long[] numbers = Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    Instant started = Instant.ofEpochMilli(numbers[1]);
    return ProcessHandle.of(numbers[0])
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().filter(at -> near(at, started)).isPresent())
        .map(handle -> new ClusterProcess(file, handle, (int) numbers[2], (int) numbers[3]));
  }

  private static boolean near(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(PRECISION) <= 0;
  }

  /** Ends it and what it has started, by force what does not go, and waits until all have gone. */
  void end() throws IOException {
    List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
    all.add(handle);
    handle.destroy();
    gone(handle);
    for (ProcessHandle one : all) {
      one.destroyForcibly();
      gone(one);
    }
    Files.deleteIfExists(file);
  }

  private static void gone(ProcessHandle handle) {
    try {
      handle.onExit().get(GENTLY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Whoever asked looks after it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

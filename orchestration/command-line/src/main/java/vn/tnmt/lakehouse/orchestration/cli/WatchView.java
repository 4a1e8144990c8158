package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.airflow.DagRun;
import vn.tnmt.lakehouse.orchestration.airflow.TaskInstance;
import vn.tnmt.lakehouse.orchestration.airflow.TaskRef;
import vn.tnmt.lakehouse.orchestration.airflow.TaskState;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent;

/** Shows a run while it goes on: a table that is redrawn on a terminal, plain lines elsewhere. */
final class WatchView {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Mapped instances that are named below their task. */
  private static final int NAMED = 5;

  private static final List<TaskState> WORTH_NAMING =
      List.of(TaskState.FAILED, TaskState.UP_FOR_RETRY, TaskState.RUNNING);

  private final PrintWriter to;
  private final boolean redraws;
  private final Map<TaskRef, TaskInstance> tasks = new LinkedHashMap<>();
  private int drawn;

  private WatchView(PrintWriter to, boolean redraws) {
    this.to = to;
    this.redraws = redraws;
  }

  @SuppressWarnings("SystemConsoleNull") // the build and the launcher hold on to JDK 17
  static WatchView of(PrintWriter to, boolean ownsConsole) {
    return new WatchView(
        to,
        ownsConsole
            && System.console() != null
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM")));
  }

  static WatchView plain(PrintWriter to) {
    return new WatchView(to, false);
  }

  /** Shows events until the run has ended, and returns the run. */
  DagRun show(Stream<WatchEvent> events) {
    for (Iterator<WatchEvent> it = events.iterator(); it.hasNext(); ) {
      WatchEvent event = it.next();
      if (event instanceof WatchEvent.RunChanged changed) {
        line("run " + changed.run().state());
      } else if (event instanceof WatchEvent.TaskChanged changed) {
        tasks.put(changed.task().ref(), changed.task());
        changed(changed.task());
      } else if (event instanceof WatchEvent.Interrupted interrupted) {
        line("Airflow does not answer, trying on: " + interrupted.cause().getMessage());
      } else if (event instanceof WatchEvent.Resumed resumed) {
        line("Airflow answers again after " + resumed.after().toSeconds() + " s");
      } else if (event instanceof WatchEvent.Ended ended) {
        redraw();
        return ended.run();
      }
    }
    throw new IllegalStateException("a watch ends with its run");
  }

  private void changed(TaskInstance task) {
    if (redraws) {
      redraw();
    } else if (task.state().isFinished() || WORTH_NAMING.contains(task.state())) {
      line(
          "%-9s %s%s"
              .formatted(
                  task.state(),
                  task.label(),
                  task.tryNumber() > 1 ? ", try " + task.tryNumber() : ""));
    }
  }

  private void line(String text) {
    wipe();
    to.println("[" + CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + "] " + text);
    redraw();
    to.flush();
  }

  private void redraw() {
    if (redraws) {
      wipe();
      List<String> lines = table(tasks.values(), Instant.now());
      lines.forEach(to::println);
      drawn = lines.size();
      to.flush();
    }
  }

  private void wipe() {
    if (drawn > 0) {
      to.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  /** A line for each task, in the order in which they were seen; instances that matter below. */
  static List<String> table(Collection<TaskInstance> tasks, Instant now) {
    Map<String, List<TaskInstance>> byTask =
        tasks.stream()
            .collect(
                Collectors.groupingBy(
                    TaskInstance::taskId, LinkedHashMap::new, Collectors.toList()));
    TextTable table = new TextTable("TASK", "STATE", "TIME");
    byTask.forEach(
        (id, instances) -> {
          table.row(id, states(instances), time(instances, now));
          instances.stream()
              .filter(task -> task.mapIndex() >= 0 && WORTH_NAMING.contains(task.state()))
              .limit(NAMED)
              .forEach(
                  task -> table.row("  " + task.label(), task.state(), time(List.of(task), now)));
        });
    return new ArrayList<>(table.render().lines().toList());
  }

  private static String states(List<TaskInstance> instances) {
    if (instances.size() == 1) {
      return instances.get(0).state().toString();
    }
    Map<String, Long> counts =
        instances.stream()
            .collect(
                Collectors.groupingBy(
                    task -> task.state().toString(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** From the first start to the last end, or to now. */
  private static String time(List<TaskInstance> instances, Instant now) {
    Instant first =
        instances.stream()
            .map(TaskInstance::startDate)
            .filter(java.util.Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    if (first == null) {
      return "";
    }
    Instant last =
        instances.stream()
            .map(task -> task.startDate() != null && task.endDate() == null ? now : task.endDate())
            .filter(java.util.Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(now);
    return Duration.between(first, last).toSeconds() + " s";
  }
}

package vn.tnmt.lakehouse.orchestration.airflow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a run and its task instances, and says what has changed. While something happens it
 * looks at both. When nothing does, it asks once in half a minute: for the instances that are at
 * work, mostly one page whatever the size of the DAG, and every fourth time for the run. Once they
 * are others than before it looks at everything again.
 */
final class RunWatch implements Iterator<WatchEvent> {
  private static final Duration IDLE_PAUSE = Duration.ofSeconds(30);
  private static final int RUN_EVERY = 4;

  private record Seen(TaskState state, int tryNumber) {}

  private final Transport transport;
  private final String dagId;
  private final String runId;
  private final WaitOptions options;
  private final Deadline deadline;
  private final Pauses pauses;
  private final Queue<WatchEvent> events = new ArrayDeque<>();
  private final Map<TaskRef, Seen> tasks = new HashMap<>();
  private @Nullable DagRun run;
  private boolean hasLooked;
  private boolean hasEnded;
  private int idleLooks;
  private @Nullable Long awaySince;
  private int pages = 1;

  RunWatch(Transport transport, String dagId, String runId, WaitOptions options) {
    this.transport = transport;
    this.dagId = dagId;
    this.runId = runId;
    this.options = options;
    this.deadline = Deadline.in(options.deadline(), transport.time());
    Duration longest = options.longestPause();
    this.pauses =
        new Pauses(
            options.firstPause(),
            longest.compareTo(IDLE_PAUSE) < 0 ? IDLE_PAUSE : longest,
            transport.time());
  }

  @Override
  public boolean hasNext() {
    while (events.isEmpty() && !hasEnded) {
      boolean isIdle = hasLooked && pauses.areLongest() && awaySince == null;
      if (hasLooked) {
        pause(isIdle ? pages : 1);
      }
      hasLooked = true;
      look(isIdle);
    }
    return !events.isEmpty();
  }

  @Override
  public WatchEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return events.remove();
  }

  private void pause(int times) {
    if (deadline.isOver()) {
      throw RunAwait.late(dagId, runId, options.deadline(), run);
    }
    transport.sleep(deadline.atMost(pauses.next().multipliedBy(times)), runId);
  }

  private void look(boolean isIdle) {
    try {
      if (isIdle && nothingIsNew()) {
        return;
      }
      DagRun now = fetchRun(); // before the tasks: when it has ended, theirs are the last states
      List<TaskInstance> all = fetchTasks(List.of());
      back();
      all.forEach(this::report);
      report(now);
    } catch (AirflowException e) {
      if (!e.isTransient()) {
        throw e;
      }
      away(e);
    }
    if (!events.isEmpty()) {
      pauses.reset();
    }
  }

  private boolean nothingIsNew() {
    if (++idleLooks % RUN_EVERY == 0) {
      return Objects.equals(fetchRun().state(), run.state());
    }
    List<TaskInstance> atWork = fetchTasks(TaskState.AT_WORK);
    pages = 1 + atWork.size() / Pages.SIZE;
    Map<TaskRef, Seen> now = new HashMap<>();
    atWork.forEach(task -> now.put(ref(task), seen(task)));
    now.values().removeIf(task -> !TaskState.AT_WORK.contains(task.state()));
    Map<TaskRef, Seen> before = new HashMap<>(tasks);
    before.values().removeIf(task -> !TaskState.AT_WORK.contains(task.state()));
    return now.equals(before);
  }

  private DagRun fetchRun() {
    return transport.get(transport.call(Route.RUN).at(dagId).at(runId).once(), DagRun.class);
  }

  /** Those in one of the states; with none named, all. */
  private List<TaskInstance> fetchTasks(List<TaskState> states) {
    return Pages.of(
            transport,
            () -> transport.call(Route.TASKS).at(dagId).at(runId).query("state", states).once(),
            HttpTaskInstances.KEY,
            TaskInstance.class)
        .toList();
  }

  private TaskRef ref(TaskInstance task) {
    return new TaskRef(dagId, runId, String.valueOf(task.taskId()), task.mapIndex());
  }

  private static Seen seen(TaskInstance task) {
    return new Seen(task.state(), task.tryNumber());
  }

  private void report(TaskInstance task) {
    Seen now = seen(task);
    Seen before = tasks.put(ref(task), now);
    if (!now.equals(before)) {
      events.add(new WatchEvent.TaskChanged(task, before == null ? null : before.state()));
    }
  }

  private void report(DagRun now) {
    RunState before = run == null ? null : run.state();
    boolean isNew = run == null || (now.state() != null && !now.state().equals(before));
    run = now;
    if (isNew) {
      events.add(new WatchEvent.RunChanged(now, before));
    }
    if (now.isFinished()) {
      events.add(new WatchEvent.Ended(now));
      hasEnded = true;
    }
  }

  private void away(AirflowException cause) {
    if (awaySince == null) {
      awaySince = transport.time().nanos();
      events.add(new WatchEvent.Interrupted(cause));
    }
    cause.retryAfter().ifPresent(asked -> transport.sleep(deadline.atMost(asked), runId));
  }

  private void back() {
    if (awaySince != null) {
      long away = transport.time().nanos() - awaySince;
      awaySince = null;
      events.add(new WatchEvent.Resumed(Duration.ofNanos(away)));
    }
  }
}

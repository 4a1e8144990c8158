package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent.Ended;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent.Interrupted;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent.Resumed;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent.RunChanged;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent.TaskChanged;

/** Waiting for a run and watching it, on a clock that only sleeping moves. */
class WaitingTest {
  private static final String RUN = "GET /api/v2/dags/a/dagRuns/r";
  private static final String TASKS = RUN + "/taskInstances";
  private static final String WAIT = RUN + "/wait";
  private static final Duration DAY = Duration.ofDays(1);

  private final TestTime time = new TestTime();
  private final FakeAirflow fake = new FakeAirflow();
  private final AirflowClient client = fake.client().time(time).version(ApiVersion.V2).build();

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private static Reply run(String state) {
    return Reply.json(200, "{\"dag_id\":\"a\",\"dag_run_id\":\"r\",\"state\":\"" + state + "\"}");
  }

  private static Reply tasks(String... states) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < states.length; i++) {
      items
          .append(i == 0 ? "" : ",")
          .append(
              "{\"dag_id\":\"a\",\"dag_run_id\":\"r\",\"map_index\":-1,\"try_number\":1,\"task_id\":\"t")
          .append(i)
          .append("\",\"state\":")
          .append(states[i] == null ? "null" : "\"" + states[i] + "\"")
          .append("}");
    }
    return Reply.json(
        200, "{\"task_instances\":[" + items + "],\"total_entries\":" + states.length + "}");
  }

  private static Reply lines(String text) {
    return Reply.of(200, "application/x-ndjson", text);
  }

  @Test
  void awaitsOnTheServersLine() {
    fake.on(WAIT, lines("{\"state\":\"running\"}\n{\"state\":\"failed\"}\n"))
        .on(RUN, run("failed"));
    DagRun ended = client.runs().await("a", "r", WaitOptions.upTo(DAY));
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(fake.only(WAIT).headers()).containsEntry("Accept", "application/x-ndjson");
    assertThat(fake.requests()).hasSize(2);
    assertThat(time.sleeps).isEmpty();
  }

  @Test
  void looksByItselfWhateverIsWrongWithTheServersLine() {
    for (Reply odd :
        List.of(
            Reply.json(404, "{\"detail\":\"Not Found\"}"),
            Reply.json(500, ""),
            lines("{\"state\":\"running\"}\n").cutAfter(8),
            lines("{\"state\":\"running\"}\n"),
            lines("<html>"))) {
      fake.on(WAIT, odd).on(RUN, run("queued"), run("running"), run("success"));
      assertThat(client.runs().await("a", "r", WaitOptions.upTo(DAY)).state())
          .isEqualTo(RunState.SUCCESS);
    }
  }

  @Test
  void looksLessAndLessOften() {
    Reply[] states = new Reply[10];
    Arrays.fill(states, run("running"));
    states[9] = run("success");
    fake.on(RUN, states);
    client.runs().await("a", "r", WaitOptions.upTo(DAY).withoutServerWait());
    assertThat(fake.requests(WAIT)).isEmpty();
    assertThat(time.sleeps)
        .extracting(Duration::toMillis)
        .containsExactly(2200L, 4400L, 8800L, 17600L, 33000L, 33000L, 33000L, 33000L, 33000L);
  }

  @Test
  void waitsForAServerThatIsAway() {
    fake.on(
        RUN,
        run("running"),
        Reply.json(502, ""),
        Reply.json(503, ""),
        Reply.json(200, "{").cutAfter(-1),
        Reply.of(200, "text/html", "<html>"),
        run("success"));
    assertThat(client.runs().await("a", "r", WaitOptions.upTo(DAY)).state())
        .isEqualTo(RunState.SUCCESS);
  }

  @Test
  void awaitEndsAtItsDeadline() {
    fake.on(RUN, run("running"));
    assertThatThrownBy(() -> client.runs().await("a", "r", WaitOptions.upTo(Duration.ofMinutes(5))))
        .isInstanceOf(AirflowException.Timeout.class)
        .hasMessageContaining("a/r: not ended after PT5M, but running");
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aRunThatIsGoneIsNotWaitedFor() {
    assertThatThrownBy(() -> client.runs().await("a", "r", WaitOptions.upTo(DAY)))
        .isInstanceOf(AirflowException.NotFound.class);
    assertThatThrownBy(() -> client.runs().watch("a", "r", WaitOptions.upTo(DAY)).toList())
        .isInstanceOf(AirflowException.NotFound.class);
  }

  @Test
  void watchesEachChangeOnce() {
    fake.on(RUN, run("queued"), run("running"), run("running"), run("success"))
        .on(
            TASKS,
            tasks(null, null),
            tasks("running", null),
            tasks("success", "up_for_retry"),
            tasks("success", "success"));
    List<String> seen = new ArrayList<>();
    client
        .runs()
        .watch("a", "r", WaitOptions.upTo(DAY))
        .forEach(event -> seen.add(described(event)));
    assertThat(seen)
        .containsExactly(
            "t0 null>none",
            "t1 null>none",
            "run null>queued",
            "t0 none>running",
            "run queued>running",
            "t0 running>success",
            "t1 none>up_for_retry",
            "t1 up_for_retry>success",
            "run running>success",
            "ended success");
  }

  private static String described(WatchEvent event) {
    if (event instanceof TaskChanged change) {
      return change.task().label() + " " + change.before() + ">" + change.task().state();
    }
    if (event instanceof RunChanged change) {
      return "run " + change.before() + ">" + change.run().state();
    }
    return event instanceof Ended end ? "ended " + end.run().state() : event.toString();
  }

  @Test
  void anIdleWatchAsksOnceInHalfAMinute() {
    fake.on(RUN, run("running")).on(TASKS, tasks("running", null));
    List<Duration> asked = idle(Duration.ofHours(1));
    assertQuietAfterAMinute(asked);
    assertThat(asked).hasSizeGreaterThan(60);
  }

  @Test
  void anIdleWatchOfManyTasksAsksNoOftener() {
    fake.on(RUN, run("running"))
        .on(TASKS, request -> mapped(Integer.parseInt(request.query("offset")), 250));
    List<Duration> asked = idle(Duration.ofHours(1));
    long late = asked.stream().filter(at -> at.compareTo(Duration.ofMinutes(2)) > 0).count();
    assertThat(late).isLessThanOrEqualTo(58 * 2);
  }

  /** What matters at three in the morning: the last of many tasks is seen to end, and soon. */
  @Test
  void anIdleWatchSeesTheLastOfManyTasksEnd() {
    boolean[] ended = {false};
    fake.on(RUN, any -> run(ended[0] ? "success" : "running"))
        .on(
            TASKS,
            request ->
                request.query("state") == null
                    ? mapped(
                        Integer.parseInt(request.query("offset")),
                        250,
                        i -> i < 249 || ended[0] ? "success" : "running")
                    : ended[0] ? tasks() : only(249));
    Duration end = Duration.ofMinutes(20);
    time.duringSleep(() -> ended[0] = time.passed().compareTo(end) > 0);
    client.runs().watch("a", "r", WaitOptions.upTo(DAY)).forEach(event -> {});
    assertThat(time.passed()).isLessThan(end.plusSeconds(36 * 2 + 3));
    // a dozen before the first minute is over, one in half a minute, a dozen at the end
    assertThat(fake.requests()).hasSizeLessThan(40 + 24);
  }

  private static Reply only(int index) {
    return Reply.json(
        200,
        "{\"task_instances\":[{\"task_id\":\"t\",\"state\":\"running\",\"map_index\":"
            + index
            + "}],\"total_entries\":1}");
  }

  private static Reply mapped(int offset, int total) {
    return mapped(offset, total, i -> "running");
  }

  private static Reply mapped(int offset, int total, IntFunction<String> state) {
    StringBuilder items = new StringBuilder();
    for (int i = offset; i < Math.min(total, offset + 100); i++) {
      items
          .append(i == offset ? "" : ",")
          .append("{\"task_id\":\"t\",\"state\":\"")
          .append(state.apply(i))
          .append("\",\"map_index\":")
          .append(i)
          .append("}");
    }
    return Reply.json(200, "{\"task_instances\":[" + items + "],\"total_entries\":" + total + "}");
  }

  /** When requests were made while nothing changed. */
  private List<Duration> idle(Duration span) {
    List<Duration> asked = new ArrayList<>();
    int[] before = {0};
    Runnable note =
        () -> {
          for (; before[0] < fake.requests().size(); before[0]++) {
            asked.add(
                time.passed()
                    .minus(
                        time.sleeps.isEmpty()
                            ? Duration.ZERO
                            : time.sleeps.get(time.sleeps.size() - 1)));
          }
        };
    time.duringSleep(note);
    assertThatThrownBy(
            () -> client.runs().watch("a", "r", WaitOptions.upTo(span)).forEach(event -> {}))
        .isInstanceOf(AirflowException.Timeout.class);
    return asked;
  }

  private static void assertQuietAfterAMinute(List<Duration> asked) {
    List<Duration> late =
        asked.stream().filter(at -> at.compareTo(Duration.ofMinutes(1)) > 0).toList();
    for (int i = 1; i < late.size(); i++) {
      assertThat(late.get(i).minus(late.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void looksOftenAgainOnceSomethingHappens() {
    AtomicReference<Reply> now = new AtomicReference<>(tasks("running"));
    fake.on(RUN, run("running")).on(TASKS, any -> now.get());
    Iterator<WatchEvent> events = client.runs().watch("a", "r", WaitOptions.upTo(DAY)).iterator();
    events.next();
    events.next();
    BooleanSupplier isQuiet = () -> time.passed().compareTo(Duration.ofMinutes(10)) > 0;
    time.duringSleep(
        () -> {
          if (isQuiet.getAsBoolean()) {
            now.set(tasks("success"));
          }
        });
    assertThat(described(events.next())).isEqualTo("t0 running>success");
    int slept = time.sleeps.size();
    fake.on(RUN, run("success"));
    assertThat(described(events.next())).isEqualTo("run running>success");
    assertThat(time.sleeps.subList(slept, time.sleeps.size()))
        .containsExactly(Duration.ofMillis(2200));
  }

  @Test
  void anIdleWatchSeesTheRunEndWithItsTasks() {
    AtomicReference<String> state = new AtomicReference<>("running");
    fake.on(RUN, any -> run(state.get())).on(TASKS, any -> tasks(state.get()));
    time.duringSleep(
        () -> {
          if (time.passed().compareTo(Duration.ofMinutes(7)) > 0) {
            state.set("failed");
          }
        });
    List<WatchEvent> events = client.runs().watch("a", "r", WaitOptions.upTo(DAY)).toList();
    assertThat(events)
        .extracting(WaitingTest::described)
        .containsExactly(
            "t0 null>running",
            "run null>running",
            "t0 running>failed",
            "run running>failed",
            "ended failed");
    assertThat(time.passed()).isLessThan(Duration.ofMinutes(9));
  }

  @Test
  void watchOutlivesARestartOfTheServer() {
    fake.on(RUN, run("running")).on(TASKS, tasks("running"));
    int port = fake.port();
    List<FakeAirflow> restarted = new ArrayList<>();
    time.duringSleep(
        () -> {
          if (time.sleeps.size() == 3) {
            fake.stop();
          } else if (time.sleeps.size() == 6) {
            restarted.add(
                new FakeAirflow(port)
                    .on(RUN, Reply.of(502, "text/html", "<html>"), run("success"))
                    .on(TASKS, tasks("success")));
          }
        });
    try {
      List<WatchEvent> events = client.runs().watch("a", "r", WaitOptions.upTo(DAY)).toList();
      assertThat(events)
          .hasSize(7)
          .satisfies(
              all -> {
                assertThat(all.get(2))
                    .isInstanceOfSatisfying(
                        Interrupted.class,
                        event ->
                            assertThat(event.cause())
                                .isInstanceOf(AirflowException.Unreachable.class));
                assertThat(all.get(3))
                    .isInstanceOfSatisfying(
                        Resumed.class, event -> assertThat(event.after()).isPositive());
                assertThat(described(all.get(4))).isEqualTo("t0 running>success");
                assertThat(all.get(6)).isInstanceOf(Ended.class);
              });
    } finally {
      restarted.forEach(FakeAirflow::close);
    }
  }

  @Test
  void watchIsInterruptible() {
    fake.on(RUN, run("running")).on(TASKS, tasks("running"));
    time.duringSleep(() -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> client.runs().watch("a", "r", WaitOptions.upTo(DAY)).toList())
        .isInstanceOf(AirflowException.Cancelled.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}

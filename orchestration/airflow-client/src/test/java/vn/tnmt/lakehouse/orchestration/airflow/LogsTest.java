package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;

/** Logs in the forms of both versions, once and as they grow. */
class LogsTest {
  private static final TaskRef TASK = TaskRef.of("a", "r", "t");
  private static final WaitOptions DAY = WaitOptions.upTo(Duration.ofDays(1));
  private static final String RUN = "GET /api/v2/dags/a/dagRuns/r";
  private static final String STATE = "GET /api/v2/dags/a/dagRuns/r/taskInstances/t";
  private static final String LOG = STATE + "/logs/1";

  private final TestTime time = new TestTime();
  private final FakeAirflow fake = new FakeAirflow();
  private final AirflowClient client = fake.client().time(time).build();

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private static Reply state(String state, int tryNumber) {
    return Reply.json(
        200, "{\"task_id\":\"t\",\"state\":\"" + state + "\",\"try_number\":" + tryNumber + "}");
  }

  /** As 3.x: a header, then lines; a token as long as the task runs. */
  private static Reply chunk(String token, String... events) {
    StringBuilder items = new StringBuilder();
    for (String event : events) {
      items
          .append(items.length() == 0 ? "" : ",")
          .append("{\"event\":\"")
          .append(event)
          .append("\"}");
    }
    return Reply.json(
        200,
        "{\"content\":["
            + items
            + "]"
            + (token == null
                ? ",\"continuation_token\":null}"
                : ",\"continuation_token\":\"" + token + "\"}"));
  }

  private List<String> followed() {
    try (Stream<LogLine> lines = client.logs().follow(TASK, 1, DAY)) {
      return lines.map(LogLine::event).toList();
    }
  }

  @Test
  void readsStructuredLinesAsTheyCome() {
    fake.on(
        LOG,
        Reply.of(
                200,
                "application/x-ndjson",
                "{\"timestamp\":\"2026-03-15T01:02:03.5Z\",\"event\":\"Đã nạp\",\"level\":\"info\",\"logger\":\"tnmt\",\"rows\":63}\n"
                    + "{\"timestamp\":null,\"event\":\"::endgroup::\"}\nnot json\n{\"event\":{\"a\":1}}")
            .with("Airflow-Continuation-Token", "x"));
    try (Stream<LogLine> lines = client.logs().read(TASK, 1)) {
      List<LogLine> all = lines.toList();
      assertThat(all)
          .extracting(LogLine::text)
          .containsExactly(
              "2026-03-15T01:02:03.500Z INFO Đã nạp", "::endgroup::", "not json", "{\"a\":1}");
      assertThat(all.get(0).timestamp()).isEqualTo(Instant.parse("2026-03-15T01:02:03.5Z"));
      assertThat(all.get(0).fields()).containsOnlyKeys("rows");
    }
    assertThat(fake.only(LOG).headers()).containsEntry("Accept", "application/x-ndjson");
    assertThat(fake.only(LOG).query()).isEmpty();
  }

  /** What structlog made of an exception, against what Python printed of it. */
  @Test
  void printsTheExceptionOfAFailedTask() {
    fake.on(
        LOG,
        Reply.json(
            200,
            """
            {"content": [{"timestamp": null, "level": "error", "event": "Task failed with exception", "error_detail": [
              {"exc_type": "ValueError", "exc_value": "hỏng rồi", "exc_notes": [], "syntax_error": null, "is_cause": false,
               "frames": [{"filename": "x.py", "lineno": 7, "name": "<module>"}, {"filename": "x.py", "lineno": 6, "name": "task"}],
               "is_group": false, "exceptions": []},
              {"exc_type": "KeyError", "exc_value": "'tỉnh'", "exc_notes": [], "syntax_error": null, "is_cause": true,
               "frames": [{"filename": "x.py", "lineno": 5, "name": "task"}, {"filename": "x.py", "lineno": 3, "name": "read"}],
               "is_group": false, "exceptions": []}]}]}"""));
    assertThat(client.logs().read(TASK, 1).map(LogLine::text))
        .containsExactly(
            """
            ERROR Task failed with exception
            Traceback (most recent call last):
              File "x.py", line 5, in task
              File "x.py", line 3, in read
            KeyError: 'tỉnh'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "x.py", line 7, in <module>
              File "x.py", line 6, in task
            ValueError: hỏng rồi""");
  }

  @Test
  void readsALogOfAMappedTask() {
    fake.on(
        LOG, Reply.json(200, "{\"content\":[\"old\",\"strings\"],\"continuation_token\":null}"));
    assertThat(client.logs().read(TASK.mapped(7), 1).map(LogLine::event))
        .containsExactly("old", "strings");
    assertThat(fake.only(LOG).query("map_index")).isEqualTo("7");
  }

  @Test
  void aLineIsDeliveredBeforeTheNextIsSent() {
    fake.on(
        LOG,
        Reply.of(200, "application/x-ndjson", "{\"event\":\"first\"}\n{\"event\":\"second\"}\n")
            .silentAfter(20));
    try (AirflowClient hasty = fake.client().requestTimeout(Duration.ofMillis(200)).build();
        Stream<LogLine> lines = hasty.logs().read(TASK, 1)) {
      var iterator = lines.iterator();
      assertThat(iterator.next().event()).isEqualTo("first");
      assertThatThrownBy(iterator::hasNext).isInstanceOf(AirflowException.Timeout.class);
    }
  }

  @Test
  void aLogThatBreaksOffSaysSo() {
    fake.on(
        LOG, Reply.of(200, "application/x-ndjson", "{\"event\":\"first\"}\n{\"eve").cutAfter(20));
    assertThatThrownBy(() -> client.logs().read(TASK, 1).toList())
        .isInstanceOf(AirflowException.class);
    assertThatThrownBy(() -> client.logs().read(TASK, 2).toList())
        .isInstanceOf(AirflowException.NotFound.class);
  }

  @Test
  void followsWithTheTokenUntilTheTaskHasEnded() {
    fake.on(STATE, state("running", 1), state("success", 1))
        .on(LOG, chunk("t1", "head", "one"), chunk("t2"), chunk("t3", "two"), chunk(null, "three"));
    assertThat(followed()).containsExactly("head", "one", "two", "three");
    assertThat(fake.requests(LOG))
        .extracting(request -> request.query("token"))
        .containsExactly("", "t1", "t2", "t3");
    assertThat(fake.requests(LOG))
        .allSatisfy(
            request -> assertThat(request.headers()).containsEntry("Accept", "application/json"));
    assertThat(fake.requests(STATE)).hasSize(2);
  }

  @Test
  void waitsForATryThatHasNotBegun() {
    Reply missing = Reply.json(404, "{\"detail\":\"TaskInstance not found\"}");
    fake.on(
            STATE,
            state("scheduled", 0),
            state("queued", 1),
            state("running", 1),
            state("up_for_retry", 1))
        .on(LOG, missing, chunk(null, "head"), chunk("t1", "head", "one"), chunk(null, "two"));
    assertThat(followed()).containsExactly("head", "one", "two");
  }

  @Test
  void waitsForAMappedTaskToBeExpandedWhileItsRunGoesOn() {
    Reply missing = Reply.json(404, "{\"detail\":\"The Mapped Task Instance was not found\"}");
    fake.on(STATE, missing, missing, state("success", 1))
        .on(RUN, "{\"dag_id\":\"a\",\"dag_run_id\":\"r\",\"state\":\"running\"}")
        .on(LOG, chunk(null, "head"));
    assertThat(followed()).containsExactly("head");
    fake.on(STATE, missing).on(RUN, "{\"dag_id\":\"a\",\"dag_run_id\":\"r\",\"state\":\"failed\"}");
    assertThatThrownBy(this::followed).isInstanceOf(AirflowException.NotFound.class);
  }

  @Test
  void goesOnWhereATryPausesAndWhereTheServerRestarts() {
    fake.on(
            STATE,
            state("running", 1),
            state("up_for_reschedule", 1),
            state("running", 1),
            state("success", 1))
        .on(
            LOG,
            chunk("t1", "head", "one"),
            chunk(null, "two"),
            chunk("t2", "head", "one", "two", "three"),
            Reply.json(502, ""),
            Reply.json(502, ""),
            Reply.json(502, ""),
            Reply.json(502, ""),
            chunk("t3", "four", "five").cutAfter(35),
            chunk("t3", "four", "five"),
            chunk(null, "six"));
    assertThat(followed()).containsExactly("head", "one", "two", "three", "four", "five", "six");
  }

  @Test
  void aTryThatIsOverIsReadOnce() {
    fake.on(STATE, state("running", 2)).on(LOG, chunk(null, "head", "failed"));
    assertThat(followed()).containsExactly("head", "failed");
    assertThat(time.sleeps).isEmpty();
    fake.on(STATE, state("skipped", 0)).on(LOG, Reply.json(404, ""));
    assertThat(followed()).isEmpty();
  }

  @Test
  void followingEndsAtItsDeadline() {
    fake.on(STATE, state("running", 1)).on(LOG, chunk("t", "head"), chunk("t"));
    WaitOptions minutes = WaitOptions.upTo(Duration.ofMinutes(5));
    assertThatThrownBy(() -> client.logs().follow(TASK, 1, minutes).toList())
        .isInstanceOf(AirflowException.Timeout.class)
        .hasMessage("a/r/t: its log has not ended after PT5M");
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void followsTheTextOf2() {
    String state = "GET /api/v1/dags/a/dagRuns/r/taskInstances/t";
    try (FakeAirflow two = FakeAirflow.v1();
        AirflowClient client2 = two.client().build()) {
      two.on(state, state("running", 1), state("running", 1), state("success", 1))
          .on(
              state + "/logs/1",
              content("[('host', 'one\\\\nĐo \\\\'tw')]"),
              content("[('', \\\"o' \\\\\\\\d\\\\x41\\\\u1ea1\\\\nth\\\")]"),
              content("[('host', 'ree')]"));
      try (Stream<LogLine> lines = client2.logs().follow(TASK, 1, DAY)) {
        assertThat(lines.map(LogLine::event)).containsExactly("one", "Đo 'two' \\dAạ", "three");
      }
      two.on(state + "/logs/2", Reply.of(200, "text/plain; charset=utf-8", "host\nmột\nhai\n"));
      assertThat(client2.logs().read(TASK, 2).map(LogLine::event))
          .containsExactly("host", "một", "hai");
      two.on(state + "/logs/3", content("no list"));
      assertThat(client2.logs().read(TASK, 3).map(LogLine::event)).containsExactly("no list");
    }
  }

  private static Reply content(String python) {
    return Reply.json(200, "{\"content\":\"" + python + "\",\"continuation_token\":\"always\"}");
  }
}

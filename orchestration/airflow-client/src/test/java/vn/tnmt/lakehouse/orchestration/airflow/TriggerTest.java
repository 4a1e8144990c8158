package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Request;

/** The same run asked for, whatever becomes of the answers, is one run. */
class TriggerTest {
  private static final Instant FROM = Instant.parse("2026-03-14T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-15T00:00:00Z");
  private static final String RUNS = "/api/v2/dags/nightly/dagRuns";
  private static final String POST = "POST " + RUNS;
  private static final Trigger NIGHT =
      Trigger.of("nightly")
          .dataInterval(FROM, TO)
          .conf(Map.of("feeds", List.of("air"), "n", 1))
          .build();
  private static final String GET = "GET " + RUNS + "/" + NIGHT.runId();

  private final TestTime time = new TestTime();
  private final Map<String, String> made = new ConcurrentHashMap<>();
  private final FakeAirflow fake = new FakeAirflow().on(POST, this::accept).on(GET, this::find);
  private final AirflowClient client = fake.client().time(time).build();

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  /** As Airflow does: a run id is accepted once. */
  private Reply accept(Request request) {
    ObjectNode run = (ObjectNode) request.json();
    run.put("dag_id", "nightly").put("state", "queued");
    return made.putIfAbsent(run.path("dag_run_id").asText(), run.toString()) == null
        ? Reply.json(200, run.toString())
        : Reply.json(
            409,
            "{\"detail\":{\"reason\":\"Unique constraint violation\",\"statement\":\"hidden\"}}");
  }

  private Reply find(Request request) {
    String run = made.get(request.path().substring(RUNS.length() + 1));
    return run == null
        ? Reply.json(404, "{\"detail\":\"The DagRun was not found\"}")
        : Reply.json(200, run);
  }

  @Test
  void sendsWhatTheSpecificationWants() {
    TriggerResult result = client.runs().trigger(NIGHT);

    assertThat(result.isNew()).isTrue();
    assertThat(result.run().dagRunId()).isEqualTo(NIGHT.runId());
    assertThat(fake.only(POST).json().toString())
        .isEqualTo(
            "{\"dag_run_id\":\""
                + NIGHT.runId()
                + "\",\"logical_date\":\"2026-03-14T00:00:00Z\","
                + "\"data_interval_start\":\"2026-03-14T00:00:00Z\","
                + "\"data_interval_end\":\"2026-03-15T00:00:00Z\","
                + "\"conf\":"
                + NIGHT.conf()
                + "}");
  }

  @Test
  void sendsTheLogicalDateEvenIfThereIsNone() {
    client.runs().trigger(Trigger.of("nightly").runId("by-hand").note("why not").build());
    ObjectNode body = (ObjectNode) fake.only(POST).json();
    assertThat(body.path("logical_date").isNull()).isTrue();
    assertThat(body.has("run_after")).isFalse();
  }

  @Test
  void sendsNoKeyOf3To2() {
    try (FakeAirflow two =
            FakeAirflow.v1().on("POST /api/v1/dags/nightly/dagRuns", "{\"dag_run_id\":\"x\"}");
        AirflowClient client2 = two.client().build()) {
      client2.runs().trigger(Trigger.of("nightly").runId("x").build());
      assertThat(two.only("POST /api/v1/dags/nightly/dagRuns").json().toString())
          .isEqualTo("{\"dag_run_id\":\"x\",\"conf\":{}}");
      Trigger later = Trigger.of("nightly").runId("x").runAfter(TO).build();
      assertThatThrownBy(() -> client2.runs().trigger(later))
          .isInstanceOf(AirflowException.Unsupported.class);
    }
  }

  @Test
  void theSameRunTwiceIsASuccess() {
    assertThat(client.runs().trigger(NIGHT).isNew()).isTrue();
    TriggerResult again = client.runs().trigger(NIGHT);
    assertThat(again.isExisting()).isTrue();
    assertThat(again.run().dagRunId()).isEqualTo(NIGHT.runId());
    assertThat(made).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostAfterTheRunWasMadeIsNoFailure() {
    for (Reply lost :
        List.of(
            Reply.json(200, "{}").cutAfter(-1),
            Reply.json(200, "{\"dag").cutAfter(3),
            Reply.json(200, "{\"dag"),
            Reply.json(500, "{\"detail\":\"database is locked\"}"),
            Reply.of(504, "text/html", "<title>Gateway Time-out</title>"))) {
      made.clear();
      int before = fake.requests(POST).size();
      fake.on(
          POST,
          request -> {
            accept(request);
            return lost;
          });
      TriggerResult result = client.runs().trigger(NIGHT);
      assertThat(result.isExisting()).isTrue();
      assertThat(fake.requests(POST)).hasSize(before + 1);
    }
  }

  @Test
  void aTimeOutIsLookedAfter() {
    fake.on(
        POST,
        request -> {
          accept(request);
          return Reply.json(200, "{}").silentAfter(-1);
        });
    try (AirflowClient hasty = fake.client().requestTimeout(Duration.ofMillis(200)).build()) {
      assertThat(hasty.runs().trigger(NIGHT).isExisting()).isTrue();
    }
  }

  @Test
  void anAnswerThatIsLostBeforeTheRunWasMadeIsAskedForAgain() {
    List<Reply> lost =
        new ArrayList<>(List.of(Reply.json(503, ""), Reply.json(200, "").cutAfter(-1)));
    fake.on(POST, request -> lost.isEmpty() ? accept(request) : lost.remove(0));
    assertThat(client.runs().trigger(NIGHT).isNew()).isTrue();
    assertThat(fake.requests(POST))
        .hasSize(3)
        .extracting(Request::body)
        .containsOnly(fake.requests(POST).get(0).body());
    assertThat(time.sleeps).hasSize(2);
  }

  @Test
  void aRunThatIsMadeLateIsFoundByItsConflict() {
    List<Request> late = new ArrayList<>();
    fake.on(
        POST,
        request -> {
          late.add(request);
          if (late.size() == 1) {
            return Reply.json(200, "").cutAfter(-1);
          }
          accept(late.get(0));
          return accept(request);
        });
    assertThat(client.runs().trigger(NIGHT).isExisting()).isTrue();
    assertThat(made).hasSize(1);
  }

  @Test
  void givesUpWithTheFirstCauseAndChangesNothing() {
    fake.on(POST, Reply.json(503, "{\"detail\":\"upgrade\"}"));
    assertThatThrownBy(() -> client.runs().trigger(NIGHT))
        .isInstanceOf(AirflowException.ServerFault.class)
        .hasMessageContaining("upgrade");
    assertThat(fake.requests(POST)).hasSize(4);
    assertThat(fake.requests()).noneMatch(request -> request.method().equals("DELETE"));
  }

  @Test
  void refusalsAreNotRepeated() {
    fake.on(POST, Reply.json(404, "{\"detail\":\"DAG with dag_id: 'nightly' not found\"}"));
    assertThatThrownBy(() -> client.runs().trigger(NIGHT))
        .isInstanceOf(AirflowException.NotFound.class);
    assertThat(fake.requests()).hasSize(1);
  }

  @Test
  void anotherRunUnderTheSameIdIsAConflict() {
    for (String other :
        List.of(
            run(
                "2026-03-14T00:00:00Z",
                "2026-03-14T00:00:00Z",
                "2026-03-15T00:00:00Z",
                "{\"n\":2}"),
            run(
                "2026-03-13T00:00:00Z",
                "2026-03-14T00:00:00Z",
                "2026-03-15T00:00:00Z",
                NIGHT.conf().toString()),
            run(
                "2026-03-14T00:00:00Z",
                "2026-03-14T00:00:00Z",
                "2026-03-16T00:00:00Z",
                NIGHT.conf().toString()))) {
      made.put(NIGHT.runId(), other);
      AirflowException.RunConflict conflict =
          catchThrowableOfType(
              AirflowException.RunConflict.class, () -> client.runs().trigger(NIGHT));
      assertThat(conflict.existing().dagRunId()).isEqualTo(NIGHT.runId());
      assertThat(conflict).hasMessageContaining("another run has this run id");
      assertThat(made).containsEntry(NIGHT.runId(), other);
    }
  }

  @Test
  void theSameRunWrittenOtherwiseIsTheSame() {
    made.put(
        NIGHT.runId(),
        run(
            "2026-03-14T07:00:00+07:00",
            "2026-03-14T00:00:00+00:00",
            "2026-03-15T00:00:00.000000Z",
            "{\"n\":1.0,\"feeds\":[\"air\"]}"));
    assertThat(client.runs().trigger(NIGHT).isExisting()).isTrue();
  }

  private static String run(String date, String start, String end, String conf) {
    return "{\"dag_run_id\":\"%s\",\"state\":\"running\",\"logical_date\":\"%s\",\"data_interval_start\":\"%s\",\"data_interval_end\":\"%s\",\"conf\":%s}"
        .formatted(NIGHT.runId(), date, start, end, conf);
  }

  @Test
  void aRunOfThatDateUnderAnotherIdIsAConflict() {
    fake.on(POST, Reply.json(409, "{\"detail\":\"exists\"}"))
        .on(
            "GET " + RUNS,
            "{\"dag_runs\":[{\"dag_run_id\":\"scheduled__2026-03-14\",\"state\":\"success\"}],\"total_entries\":1}");
    AirflowException.RunConflict conflict =
        catchThrowableOfType(
            AirflowException.RunConflict.class, () -> client.runs().trigger(NIGHT));
    assertThat(conflict.existing().dagRunId()).isEqualTo("scheduled__2026-03-14");
    assertThat(conflict)
        .hasMessageContaining("another run of this logical date: scheduled__2026-03-14 (success)");
    assertThat(fake.only("GET " + RUNS).query("logical_date_gte")).isEqualTo(FROM.toString());

    fake.on("GET " + RUNS, "{\"dag_runs\":[],\"total_entries\":0}");
    assertThatThrownBy(() -> client.runs().trigger(NIGHT))
        .isInstanceOf(AirflowException.Conflict.class);
  }

  @Test
  void manyAtOnceMakeOneRun() {
    List<CompletableFuture<TriggerResult>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(CompletableFuture.supplyAsync(() -> client.runs().trigger(NIGHT)));
    }
    assertThat(all.stream().map(CompletableFuture::join).filter(TriggerResult::isNew)).hasSize(1);
    assertThat(made).hasSize(1);
  }

  @Test
  void runIdsSayTheSameForTheSame() {
    // sha256sum of {"conf":{"feeds":["air"],"n":1e0},"dag_id":"nightly",
    // "data_interval_end":"2026-03-15T00:00:00Z","data_interval_start":"2026-03-14T00:00:00Z",
    // "logical_date":"2026-03-14T00:00:00Z","partition_key":null}, in one line.
    assertThat(NIGHT.runId()).isEqualTo("tnmt__2026-03-14T00:00:00Z__85ce6952");
    Map<String, Object> otherOrder = new LinkedHashMap<>();
    otherOrder.put("n", 1.0);
    otherOrder.put("feeds", List.of("air"));
    Trigger same = Trigger.of("nightly").dataInterval(FROM, TO).conf(otherOrder).note("x").build();
    assertThat(same.runId()).isEqualTo(NIGHT.runId());

    assertThat(
            List.of(
                NIGHT.runId(),
                Trigger.of("hourly").dataInterval(FROM, TO).conf(otherOrder).build().runId(),
                Trigger.of("nightly").dataInterval(FROM, TO).build().runId(),
                Trigger.of("nightly").logicalDate(FROM).build().runId(),
                Trigger.of("nightly").partitionKey("air").build().runId(),
                Trigger.of("nightly").build().runId(),
                Trigger.of("nightly").build().runId()))
        .doesNotHaveDuplicates();
    assertThat(Trigger.of("nightly").logicalDate(FROM).prefix("demo").build().runId())
        .startsWith("demo__2026-03-14T00:00:00Z__");
    assertThatThrownBy(() -> Trigger.of("nightly").runId("a/b").build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}

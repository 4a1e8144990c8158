package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;

/**
 * What each call sends to both versions and makes of the answer. {@link FakeAirflow} holds every
 * request against the specification besides.
 */
class OperationsTest {
  private static final String RUN =
      "{\"dag_id\":\"nightly\",\"dag_run_id\":\"r 1\",\"state\":\"running\"}";
  private static final Instant FROM = Instant.parse("2026-03-14T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-15T00:00:00Z");

  @Test
  void findsOutTheVersionOnce() {
    try (FakeAirflow two = FakeAirflow.v1();
        AirflowClient client = two.client().build()) {
      assertThat(client.apiVersion()).isEqualTo(ApiVersion.V1);
      assertThat(client.version().version()).isEqualTo("2.11.0");
      assertThat(two.requests("GET /api/v2/version")).hasSize(1);
    }
    try (FakeAirflow three = new FakeAirflow();
        AirflowClient client = three.client().build()) {
      assertThat(client.apiVersion()).isEqualTo(ApiVersion.V2);
      assertThat(client.apiVersion()).isEqualTo(ApiVersion.V2);
      assertThat(three.requests("GET /api/v2/version")).hasSize(1);
      assertThat(three.requests("GET /api/v1/version")).isEmpty();
    }
  }

  @Test
  void keepsThePathBeforeTheApi() {
    try (FakeAirflow fake =
            new FakeAirflow().on("GET /airflow/api/v2/dags/a", "{\"dag_id\":\"a\"}");
        AirflowClient client =
            AirflowClient.builder(fake.address().resolve("/airflow/"))
                .version(ApiVersion.V2)
                .build()) {
      assertThat(client.dags().get("a").dagId()).isEqualTo("a");
    }
  }

  @Test
  void asksFor3() {
    String runs = "/api/v2/dags/nightly/dagRuns";
    String tasks = runs + "/r 1/taskInstances";
    try (FakeAirflow fake = new FakeAirflow();
        AirflowClient client = fake.client().build()) {
      fake.on("GET /api/v2/monitor/health", health("healthy"))
          .on(
              "GET /api/v2/importErrors",
              list("import_errors", "{\"import_error_id\":1,\"filename\":\"a.py\"}"))
          .on(
              "GET /api/v2/dags",
              list("dags", "{\"dag_id\":\"nightly\",\"owners\":null,\"tags\":[{\"name\":\"x\"}]}"))
          .on("PATCH /api/v2/dags/nightly", "{\"dag_id\":\"nightly\",\"is_paused\":true}")
          .on("GET " + runs, list("dag_runs", RUN))
          .on("PATCH " + runs + "/r 1", RUN)
          .on("DELETE " + runs + "/r 1", Reply.of(204, "application/json", ""))
          .on(
              "POST " + runs + "/r 1/clear",
              any ->
                  Reply.json(
                      200,
                      any.json().path("dry_run").asBoolean()
                          ? list("task_instances", "{\"task_id\":\"a\"}")
                          : RUN))
          .on("GET " + tasks, list("task_instances", "{\"task_id\":\"a\",\"state\":null}"))
          .on(
              "GET " + tasks + "/a",
              "{\"task_id\":\"a\",\"dag_id\":\"nightly\",\"dag_run_id\":\"r 1\",\"map_index\":-1}")
          .on(
              "GET " + tasks + "/a/2",
              "{\"task_id\":\"a\",\"map_index\":2,\"rendered_map_index\":\"hanoi\"}")
          .on(
              "GET " + tasks + "/a/listMapped",
              list("task_instances", "{\"task_id\":\"a\",\"map_index\":0}"))
          .on(
              "GET " + tasks + "/a/tries",
              list("task_instances", "{\"task_id\":\"a\",\"try_number\":1}"))
          .on(
              "GET " + tasks + "/a/2/tries",
              list("task_instances", "{\"task_id\":\"a\",\"try_number\":2}"))
          .on(
              "POST /api/v2/dags/nightly/clearTaskInstances",
              list("task_instances", "{\"task_id\":\"a\"}"))
          .on("GET " + tasks + "/a/xcomEntries", list("xcom_entries", "{\"key\":\"return_value\"}"))
          .on("GET " + tasks + "/a/xcomEntries/k/ey", "{\"key\":\"k/ey\",\"value\":{\"n\":[1,2]}}")
          .on("GET /api/v2/variables", list("variables", "{\"key\":\"a\",\"value\":\"1\"}"))
          .on("GET /api/v2/variables/a/b", "{\"key\":\"a/b\",\"value\":\"1\"}")
          .on("POST /api/v2/variables", Reply.json(201, "{\"key\":\"a\",\"value\":\"1\"}"))
          .on("PATCH /api/v2/variables/a", "{\"key\":\"a\",\"value\":\"2\"}")
          .on("DELETE /api/v2/variables/a", Reply.of(204, "application/json", ""))
          .on("GET /api/v2/connections", list("connections", "{\"connection_id\":\"lake\"}"))
          .on(
              "GET /api/v2/connections/lake",
              "{\"connection_id\":\"lake\",\"port\":9000,\"extra\":null}")
          .on("POST /api/v2/connections", Reply.json(201, "{\"connection_id\":\"lake\"}"))
          .on("PATCH /api/v2/connections/lake", "{\"connection_id\":\"lake\"}")
          .on("DELETE /api/v2/connections/lake", Reply.of(204, "application/json", ""))
          .on("GET /api/v2/pools", list("pools", "{\"name\":\"spark\",\"slots\":1}"))
          .on(
              "GET /api/v2/pools/spark",
              "{\"name\":\"spark\",\"slots\":1,\"open_slots\":1,\"include_deferred\":true}")
          .on("POST /api/v2/pools", Reply.json(201, "{\"name\":\"spark\",\"slots\":1}"))
          .on("PATCH /api/v2/pools/spark", "{\"name\":\"spark\",\"slots\":2}")
          .on("DELETE /api/v2/pools/spark", Reply.of(204, "application/json", ""))
          .on(
              "GET /api/v2/assets",
              list(
                  "assets",
                  "{\"id\":6,\"uri\":\"tnmt://AIR\"}",
                  "{\"id\":7,\"uri\":\"tnmt://air\",\"name\":\"air\"}"))
          .on("GET /api/v2/assets/7", "{\"id\":7,\"uri\":\"tnmt://air\"}")
          .on(
              "GET /api/v2/assets/events",
              list(
                  "asset_events",
                  "{\"id\":1,\"asset_id\":7,\"created_dagruns\":[{\"run_id\":\"r\"}]}"))
          .on("POST /api/v2/assets/events", "{\"id\":1,\"asset_id\":7}")
          .on("GET /api/v2/backfills", list("backfills", "{\"id\":3}"))
          .on("POST /api/v2/backfills", "{\"id\":3,\"completed_at\":null}")
          .on(
              "POST /api/v2/backfills/dry_run",
              list("backfills", "{\"logical_date\":\"2026-03-14T00:00:00Z\"}"))
          .on("GET /api/v2/backfills/3", "{\"id\":3}")
          .on("PUT /api/v2/backfills/3/pause", "{\"id\":3,\"is_paused\":true}")
          .on("PUT /api/v2/backfills/3/unpause", "{\"id\":3,\"is_paused\":false}")
          .on(
              "PUT /api/v2/backfills/3/cancel",
              "{\"id\":3,\"completed_at\":\"2026-03-15T01:02:03Z\"}");

      assertThat(client.version().version()).isEqualTo("3.2.1");
      assertThat(client.health().isHealthy()).isTrue();
      assertThat(client.importErrors()).extracting(ImportError::filename).containsExactly("a.py");

      DagQuery query = DagQuery.all().tagged("x", "y").idLike("night").paused(false);
      assertThat(client.dags().list(query))
          .singleElement()
          .satisfies(
              dag -> {
                assertThat(dag.owners()).isEmpty();
                assertThat(dag.tags()).containsExactly(new Dag.Tag("x"));
              });
      assertThat(fake.only("GET /api/v2/dags").query())
          .containsEntry("tags", List.of("x", "y"))
          .containsEntry("limit", List.of("100"));
      assertThat(client.dags().pause("nightly").isPaused()).isTrue();

      RunQuery failed =
          RunQuery.all()
              .in(RunState.FAILED, RunState.QUEUED)
              .ofType(RunType.MANUAL)
              .logicalDates(FROM, TO)
              .started(FROM, null)
              .newestFirst();
      assertThat(client.runs().list("nightly", failed)).hasSize(1);
      assertThat(fake.only("GET " + runs).query("order_by")).isEqualTo("-run_after");
      assertThat(fake.only("GET " + runs).query("state")).isEqualTo("failed queued");
      client.runs().setState("nightly", "r 1", RunState.FAILED);
      client.runs().setNote("nightly", "r 1", "checked");
      assertThat(client.runs().clear("nightly", "r 1").state()).isEqualTo(RunState.RUNNING);
      assertThat(client.runs().clearDryRun("nightly", "r 1")).hasSize(1);
      assertThat(fake.requests("POST " + runs + "/r 1/clear"))
          .allSatisfy(request -> assertThat(request.json().has("dry_run")).isTrue());
      client.runs().delete("nightly", "r 1");

      TaskRef task = TaskRef.of("nightly", "r 1", "a");
      assertThat(
              client
                  .taskInstances()
                  .list("nightly", "r 1", TaskQuery.all().in(TaskState.FAILED).inPool("spark")))
          .extracting(TaskInstance::state)
          .containsExactly(TaskState.NONE);
      assertThat(client.taskInstances().get(task).ref()).isEqualTo(task);
      assertThat(client.taskInstances().get(task.mapped(2)).label()).isEqualTo("a[hanoi]");
      assertThat(client.taskInstances().mapped(task)).hasSize(1);
      assertThat(client.taskInstances().tries(task)).hasSize(1);
      assertThat(client.taskInstances().tries(task.mapped(2))).hasSize(1);
      client
          .taskInstances()
          .clear(
              ClearTasks.ofRun("nightly", "r 1")
                  .tasks(List.of(task, task.mapped(2)))
                  .withDownstream()
                  .build());
      client
          .taskInstances()
          .clearDryRun(ClearTasks.ofRun("nightly", "r 1").evenIfNotFailed().withUpstream().build());
      assertThat(fake.requests("POST /api/v2/dags/nightly/clearTaskInstances"))
          .extracting(request -> request.json().toString())
          .satisfiesExactly(
              first ->
                  assertThat(first).contains("\"dry_run\":false", "\"task_ids\":[\"a\",[\"a\",2]]"),
              second -> assertThat(second).contains("\"dry_run\":true").doesNotContain("task_ids"));

      assertThat(client.xcoms().list(task)).hasSize(1);
      assertThat(client.xcoms().get(task, "k/ey").value().at("/n/1").asInt()).isEqualTo(2);

      assertThat(client.variables().list()).hasSize(1);
      assertThat(client.variables().get("a/b").value()).isEqualTo("1");
      client.variables().create(Variable.of("a", "1").withDescription("one"));
      client.variables().update(Variable.of("a", "2"));
      assertThat(fake.only("PATCH /api/v2/variables/a").query("update_mask")).isEqualTo("value");
      client.variables().delete("a");

      assertThat(client.connections().list()).hasSize(1);
      assertThat(client.connections().get("lake").port()).isEqualTo(9000);
      Connection lake =
          Connection.of("lake", "aws")
              .withDescription("the lake")
              .withTarget("127.0.0.1", 9000, "lake")
              .withCredentials("key", "secret")
              .withExtra("{}");
      client.connections().create(lake);
      client.connections().update(Connection.of("lake", "aws").withCredentials("key", null));
      assertThat(fake.only("PATCH /api/v2/connections/lake").query("update_mask"))
          .isEqualTo("conn_type login");
      client.connections().delete("lake");

      assertThat(client.pools().list()).hasSize(1);
      assertThat(client.pools().get("spark").openSlots()).isEqualTo(1);
      client.pools().create(Pool.of("spark", 1).withDescription("one").withDeferred(true));
      assertThat(client.pools().update(Pool.of("spark", 2)).slots()).isEqualTo(2);
      // 3.3.2 answers 422 unless all that a pool must have is there.
      assertThat(fake.only("PATCH /api/v2/pools/spark").query("update_mask")).isEqualTo("slots");
      assertThat(fake.only("PATCH /api/v2/pools/spark").body())
          .isEqualTo("{\"pool\":\"spark\",\"slots\":2,\"include_deferred\":true}");
      client.pools().delete("spark");

      assertThat(client.assets().list()).hasSize(2);
      Asset air = client.assets().byUri("tnmt://air").orElseThrow();
      assertThat(air.id()).isEqualTo(7);
      assertThat(client.assets().byUri("tnmt://water")).isEmpty();
      assertThat(client.assets().get(7).uri()).isEqualTo("tnmt://air");
      assertThat(client.assets().events(AssetEventQuery.all().of(air).fromRun("nightly", "r 1")))
          .singleElement()
          .extracting(event -> event.createdDagruns().get(0).dagRunId())
          .isEqualTo("r");
      client.assets().createEvent(air, Map.of("night", "2026-03-14"));

      BackfillRequest days =
          BackfillRequest.of("nightly", FROM, TO)
              .maxActiveRuns(1)
              .newestFirst()
              .reprocess(ReprocessBehavior.FAILED)
              .conf(Map.of("feeds", "air"))
              .build();
      assertThat(client.backfills().dryRun(days))
          .singleElement()
          .extracting(Backfill.PlannedRun::logicalDate)
          .isEqualTo(FROM);
      assertThat(client.backfills().create(days).completedAt()).isNull();
      assertThat(client.backfills().list("nightly")).hasSize(1);
      assertThat(client.backfills().get(3).id()).isEqualTo(3);
      assertThat(client.backfills().pause(3).isPaused()).isTrue();
      assertThat(client.backfills().unpause(3).isPaused()).isFalse();
      assertThat(client.backfills().cancel(3).completedAt()).isNotNull();
    }
  }

  @Test
  void asksFor2() {
    String runs = "/api/v1/dags/nightly/dagRuns";
    String tasks = runs + "/r 1/taskInstances";
    try (FakeAirflow fake = FakeAirflow.v1();
        AirflowClient client = fake.client().build()) {
      fake.on("GET /api/v1/health", health("unhealthy"))
          .on("GET /api/v1/importErrors", list("import_errors"))
          .on(
              "GET /api/v1/dags",
              list(
                  "dags", "{\"dag_id\":\"nightly\",\"next_dagrun\":\"2026-03-15T00:00:00+00:00\"}"))
          .on("GET /api/v1/dags/nightly", "{\"dag_id\":\"nightly\"}")
          .on("PATCH /api/v1/dags/nightly", "{\"is_paused\":false}")
          .on(
              "GET " + runs,
              list(
                  "dag_runs",
                  "{\"dag_run_id\":\"r\",\"execution_date\":\"2026-03-14T00:00:00.5+07:00\"}"))
          .on("PATCH " + runs + "/r 1", RUN)
          .on("PATCH " + runs + "/r 1/setNote", RUN)
          .on(
              "POST " + runs + "/r 1/clear",
              any ->
                  Reply.json(
                      200,
                      any.json().path("dry_run").asBoolean()
                          ? list("task_instances", "{\"task_id\":\"a\"}")
                          : RUN))
          .on(
              "GET " + tasks,
              list("task_instances", "{\"task_id\":\"a\",\"queued_when\":\"2026-03-14 00:00:00\"}"))
          .on("GET " + tasks + "/a/tries", "{\"task_instances_history\":[{\"task_id\":\"a\"}]}")
          .on("GET " + tasks + "/a/3/tries", list("task_instances", "{\"task_id\":\"a\"}"))
          .on(
              "POST /api/v1/dags/nightly/clearTaskInstances",
              list("task_instances", "{\"task_id\":\"a\"}"))
          .on("GET " + tasks + "/a/xcomEntries", list("xcom_entries"))
          .on("GET " + tasks + "/a/xcomEntries/k", "{\"key\":\"k\",\"value\":\"v\"}")
          .on("POST /api/v1/variables", "{\"key\":\"a\",\"value\":\"1\"}")
          .on("PATCH /api/v1/variables/a", "{\"key\":\"a\",\"value\":\"1\"}")
          .on("POST /api/v1/connections", "{\"connection_id\":\"lake\"}")
          .on("PATCH /api/v1/connections/lake", "{\"connection_id\":\"lake\"}")
          .on("POST /api/v1/pools", "{\"name\":\"spark\"}")
          .on("PATCH /api/v1/pools/spark", "{\"name\":\"spark\"}")
          .on(
              "GET /api/v1/datasets",
              list(
                  "datasets",
                  "{\"id\":7,\"uri\":\"tnmt://air\",\"consuming_dags\":[{\"dag_id\":\"nightly\"}]}"))
          .on(
              "GET /api/v1/datasets/events",
              list("dataset_events", "{\"dataset_id\":7,\"dataset_uri\":\"tnmt://air\"}"))
          .on("POST /api/v1/datasets/events", "{\"dataset_uri\":\"tnmt://air\"}");

      assertThat(client.health().isHealthy()).isFalse();
      assertThat(client.importErrors()).isEmpty();
      assertThat(client.dags().list(DagQuery.all().tagged("x", "y").withGone()))
          .extracting(Dag::nextDagrunLogicalDate)
          .containsExactly(TO);
      assertThat(fake.only("GET /api/v1/dags").query())
          .containsEntry("tags", List.of("x,y"))
          .containsEntry("only_active", List.of("false"));
      assertThat(client.dags().unpause("nightly").isPaused()).isFalse();
      assertThat(client.runs().list("nightly", RunQuery.all().logicalDates(FROM, TO)))
          .extracting(DagRun::logicalDate)
          .containsExactly(Instant.parse("2026-03-13T17:00:00.5Z"));
      assertThat(fake.only("GET " + runs).query("execution_date_gte")).isEqualTo(FROM.toString());
      client.runs().setState("nightly", "r 1", RunState.SUCCESS);
      client.runs().setNote("nightly", "r 1", "checked");
      client.runs().clear("nightly", "r 1");
      client.runs().clearDryRun("nightly", "r 1");
      TaskRef task = TaskRef.of("nightly", "r 1", "a");
      assertThat(client.taskInstances().list("nightly", "r 1", TaskQuery.all()))
          .extracting(TaskInstance::queuedWhen)
          .containsExactly(FROM);
      assertThat(client.taskInstances().tries(task)).hasSize(1);
      assertThat(client.taskInstances().tries(task.mapped(3))).hasSize(1);
      client.taskInstances().clear(ClearTasks.ofRun("nightly", "r 1").tasks("a").build());
      assertThat(client.xcoms().list(task)).isEmpty();
      assertThat(client.xcoms().get(task, "k").value().asText()).isEqualTo("v");
      client.variables().create(Variable.of("a", "1"));
      client.variables().update(Variable.of("a", "1").withDescription("one"));
      assertThat(fake.only("PATCH /api/v1/variables/a").query()).isEmpty();
      client.connections().create(Connection.of("lake", "aws"));
      client.connections().update(Connection.of("lake", "aws").withExtra("{}"));
      client.pools().create(Pool.of("spark", 1));
      client.pools().update(Pool.of("spark", 1));
      Asset air = client.assets().byUri("tnmt://air").orElseThrow();
      assertThat(air.scheduledDags()).containsExactly(new Asset.Reference("nightly", null));
      assertThat(client.assets().events(AssetEventQuery.all().of(air)))
          .extracting(AssetEvent::uri)
          .containsExactly("tnmt://air");
      client.assets().createEvent(air, Map.of());

      assertThatThrownBy(() -> client.backfills().get(1))
          .isInstanceOf(AirflowException.Unsupported.class)
          .hasMessageContaining("/api/v1");
      assertThatThrownBy(() -> client.assets().get(1))
          .isInstanceOf(AirflowException.Unsupported.class);
      ClearTasks one = ClearTasks.ofRun("nightly", "r 1").tasks(List.of(task.mapped(1))).build();
      assertThatThrownBy(() -> client.taskInstances().clear(one))
          .isInstanceOf(AirflowException.Unsupported.class);
      RunQuery typed = RunQuery.all().ofType(RunType.MANUAL);
      assertThatThrownBy(() -> client.runs().list("nightly", typed).toList())
          .isInstanceOf(AirflowException.Unsupported.class);
    }
  }

  @Test
  void refusesNamesThatWouldMeanAnotherPath() {
    try (FakeAirflow fake = new FakeAirflow();
        AirflowClient client = fake.client().build()) {
      for (String name : new String[] {"", ".", ".."}) {
        assertThatThrownBy(() -> client.variables().delete(name))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(fake.requests()).isEmpty();
    }
  }

  @Test
  void refusesAddressesWithCredentialsOrApiPath() {
    for (String address :
        new String[] {
          "http://user:pw@host:8080",
          "http://host/api/v2",
          "ftp://host",
          "host:8080",
          "http://h?a=b"
        }) {
      assertThatThrownBy(() -> AirflowClient.builder(URI.create(address)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("pw");
    }
  }

  @Test
  void unknownWordsNullsAndWrongTypesDoNotBreakIt() {
    try (FakeAirflow fake = new FakeAirflow();
        AirflowClient client = fake.client().build()) {
      fake.on(
              "GET /api/v2/dags/a/dagRuns/r",
              "{\"dag_id\":null,\"dag_run_id\":\"r\",\"state\":\"hibernating\",\"run_type\":{\"new\":1},"
                  + "\"start_date\":\"yesterday\",\"end_date\":12,\"duration\":\"long\",\"conf\":null,\"brand_new\":[{}]}")
          .on("GET /api/v2/dags/a/dagRuns", "{\"dag_runs\":null}")
          .on(
              "GET /api/v2/dags",
              "{\"dags\":[null,{\"dag_id\":\"a\",\"tags\":\"none\",\"owners\":[null]}],\"total_entries\":1}");

      DagRun run = client.runs().get("a", "r");
      assertThat(run.state()).isEqualTo(new RunState("hibernating"));
      assertThat(run.state().isKnown()).isFalse();
      assertThat(run.isFinished()).isFalse();
      assertThat(run.runType()).isNull();
      assertThat(run.startDate()).isNull();
      assertThat(run.duration()).isNull();
      assertThat(client.runs().list("a", RunQuery.all())).isEmpty();
      assertThat(client.dags().list(DagQuery.all()))
          .singleElement()
          .extracting(Dag::dagId)
          .isEqualTo("a");
    }
  }

  private static String health(String scheduler) {
    return "{\"metadatabase\":{\"status\":\"healthy\"},\"scheduler\":{\"status\":\""
        + scheduler
        + "\",\"latest_scheduler_heartbeat\":\"2026-03-15T00:00:00+00:00\"},\"triggerer\":{\"status\":null}}";
  }

  private static String list(String key, String... items) {
    return "{\""
        + key
        + "\":["
        + String.join(",", items)
        + "],\"total_entries\":"
        + items.length
        + "}";
  }
}

package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow;
import vn.tnmt.lakehouse.orchestration.airflow.FakeAirflow.Reply;

/** {@code tnmt airflow …} as a person meets it: what it asks, prints and returns. */
class AirflowCommandTest {
  private static final String RUNS = "/api/v2/dags/tnmt_nightly/dagRuns";
  private static final String RUN = RUNS + "/r";
  private static final String TASKS = RUN + "/taskInstances";
  private static final String CLEAR = "POST /api/v2/dags/tnmt_nightly/clearTaskInstances";

  @TempDir Path dir;
  private final FakeAirflow fake = new FakeAirflow();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private PrintStream out;
  private PrintStream err;

  @BeforeEach
  void listen() {
    out = System.out;
    err = System.err;
    System.setOut(new PrintStream(printed, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setOut(out);
    System.setErr(err);
    fake.close();
  }

  private int airflow(String... arguments) {
    printed.reset();
    complained.reset();
    List<String> all = new ArrayList<>(List.of("airflow"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", fake.address().toString()));
    int code = Tnmt.run(all.toArray(String[]::new));
    System.out.flush();
    return code;
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  private static String run(String state) {
    return "{\"dag_id\":\"tnmt_nightly\",\"dag_run_id\":\"r\",\"state\":\"%s\"}".formatted(state);
  }

  private static String task(String id, int mapIndex, String state) {
    return "{\"dag_id\":\"tnmt_nightly\",\"dag_run_id\":\"r\",\"task_id\":\"%s\",\"map_index\":%d,\"try_number\":1,\"state\":\"%s\"%s}"
        .formatted(
            id,
            mapIndex,
            state,
            mapIndex < 0 ? "" : ",\"rendered_map_index\":\"Sở " + mapIndex + " · station\"");
  }

  private static String list(String key, String... items) {
    return "{\"%s\":[%s],\"total_entries\":%d}"
        .formatted(key, String.join(",", items), items.length);
  }

  private FakeAirflow healthy(String scheduler, String... errors) {
    return fake.on(
            "GET /api/v2/monitor/health",
            """
            {"metadatabase":{"status":"healthy"},"scheduler":{"status":"%s"},
             "triggerer":{"status":null},"dag_processor":{"status":"healthy"}}"""
                .formatted(scheduler))
        .on("GET /api/v2/importErrors", list("import_errors", errors));
  }

  @Test
  void healthIsATableAndAnExitCode() {
    healthy("healthy");
    assertThat(airflow("health")).isZero();
    assertThat(printed()).contains("3.2.1", "scheduler", "healthy", "not set up");
    assertThat(airflow("health", "--format", "json")).isZero();
    assertThat(printed()).contains("\"scheduler\" : \"healthy\"");

    healthy("unhealthy");
    assertThat(airflow("health")).isEqualTo(1);
    healthy("healthy", "{\"import_error_id\":1,\"filename\":\"a.py\",\"stack_trace\":\"no b\"}");
    assertThat(airflow("health")).isEqualTo(1);
    assertThat(printed()).contains("a.py", "no b");
  }

  @Test
  void aNightIsAskedForByItsBusinessDate() {
    fake.on("POST " + RUNS, Reply.json(200, run("queued")), Reply.json(409, "{\"detail\":\"\"}"));
    assertThat(airflow("trigger", "--date", "2026-03-14", "--param", "min_publishers=5")).isZero();
    assertThat(printed()).startsWith("triggered tnmt_nightly r (queued)");
    // 01:00 of 14 and 15 March in Viet Nam; the number stays a number
    assertThat(fake.only("POST " + RUNS).body())
        .contains(
            "\"logical_date\":\"2026-03-13T18:00:00Z\"",
            "\"data_interval_end\":\"2026-03-14T18:00:00Z\"",
            "\"min_publishers\":5");

    String asked = fake.only("POST " + RUNS).body();
    fake.on(
        "GET " + RUNS + "/" + fake.only("POST " + RUNS).json().path("dag_run_id").asText(),
        asked.replaceFirst("\\{", "{\"dag_id\":\"tnmt_nightly\",\"state\":\"running\","));
    assertThat(airflow("trigger", "--date", "2026-03-14", "--param", "min_publishers=5")).isZero();
    assertThat(printed()).startsWith("is there already: tnmt_nightly").contains("(running)");
  }

  @Test
  void aWatchPrintsLinesAndEndsWithTheResult() {
    fake.on("GET " + TASKS, list("task_instances", task("ingest", 0, "failed")))
        .on("GET " + RUN, run("failed"));
    assertThat(airflow("watch", "tnmt_nightly", "r")).isEqualTo(1);
    assertThat(printed()).isEqualTo("tnmt_nightly r failed\n");
    assertThat(complained()).contains("ingest[Sở 0 · station]").doesNotContain("\u001b");
    fake.on("GET " + RUN, run("success"));
    assertThat(airflow("watch", "tnmt_nightly", "r")).isZero();
  }

  @Test
  void runsAreListed() {
    fake.on(
        "GET " + RUNS,
        list(
            "dag_runs",
            """
            {"dag_id":"tnmt_nightly","dag_run_id":"r","state":"success","data_interval_start":"2026-03-13T18:00:00Z",
             "data_interval_end":"2026-03-14T18:00:00Z","start_date":"2026-03-14T18:00:01Z","end_date":"2026-03-14T18:01:31Z"}"""));
    assertThat(airflow("runs", "--state", "success")).isZero();
    assertThat(printed()).contains("success", "2026-03-13T18:00:00Z – 2026-03-14T18:00:00Z", " 90");
    assertThat(fake.only("GET " + RUNS).query()).containsEntry("state", List.of("success"));
  }

  @Test
  void whatDidNotDeliverRunsAgainWithAllThatFollows() {
    fake.on(
            "GET " + TASKS,
            list("task_instances", task("ingest", 3, "failed"), task("ingest", 7, "skipped")))
        .on(
            CLEAR,
            list("task_instances", task("ingest", 3, "failed"), task("release", -1, "success")));
    assertThat(airflow("clear", "tnmt_nightly", "r", "ingest", "--dry-run")).isZero();
    assertThat(printed()).contains("WOULD RUN AGAIN", "ingest[Sở 3 · station]", "release");
    assertThat(fake.only("GET " + TASKS).query())
        .containsEntry("state", List.of("failed", "upstream_failed", "skipped"));
    // Only failed would leave a release that succeeded without them as it is.
    assertThat(fake.only(CLEAR).json().toString())
        .contains(
            "\"dry_run\":true",
            "\"only_failed\":false",
            "\"include_downstream\":true",
            "[[\"ingest\",3],[\"ingest\",7]]");
    assertThat(airflow("clear", "tnmt_nightly", "r", "--all")).isZero();
    assertThat(fake.requests(CLEAR).get(1).json().at("/task_ids").toString())
        .isEqualTo("[\"ingest\"]");
  }

  @Test
  void nothingToClearIsSaid() {
    fake.on("GET " + TASKS, list("task_instances"));
    assertThat(airflow("clear", "tnmt_nightly", "r")).isZero();
    assertThat(complained()).contains("--all");
    assertThat(fake.requests(CLEAR)).isEmpty();
  }

  @Test
  void logsArePrinted() {
    String log = TASKS + "/release";
    fake.on("GET " + log, task("release", -1, "success"))
        .on(
            "GET " + log + "/logs/1",
            Reply.of(
                200, "application/x-ndjson", "{\"event\":\"phát hành\",\"level\":\"info\"}\n"));
    assertThat(airflow("logs", "tnmt_nightly", "r", "release")).isZero();
    assertThat(printed()).contains("phát hành");
  }

  @Test
  void aBackfillNamesItsNights() {
    fake.on(
        "POST /api/v2/backfills/dry_run",
        list(
            "backfills",
            "{\"logical_date\":\"2026-03-13T18:00:00Z\"}",
            "{\"logical_date\":\"2026-03-14T18:00:00Z\"}"));
    assertThat(
            airflow(
                "backfill", "create", "--from", "2026-03-14", "--to", "2026-03-15", "--dry-run"))
        .isZero();
    assertThat(printed()).containsSubsequence("2026-03-14 ", "2026-03-15 ");
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() throws IOException {
    Path file = Files.writeString(dir.resolve("password"), "khong-dung\n");
    fake.on("POST /auth/token", Reply.json(401, "{\"detail\":\"Invalid credentials\"}"));
    assertThat(airflow("runs", "--user", "admin", "--password-file", file.toString())).isEqualTo(1);
    assertThat(complained())
        .startsWith("TNMT-7001")
        .contains("Invalid credentials", "--password-file")
        .doesNotContain("khong-dung");
    assertThat(airflow("runs", "--user", "admin", "--password-file", dir + "/none")).isEqualTo(2);
    assertThat(complained()).contains(dir + "/none");
  }

  @Test
  void aServerFileSaysWhereAndWho() throws IOException {
    assertThat(airflow("health", "--server", dir.resolve("server.json").toString())).isEqualTo(2);
    assertThat(complained()).contains("server.json", "serve running?");
  }

  @Test
  void nobodyThereIsSaid() {
    assertThat(Tnmt.run("airflow", "health", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(complained()).startsWith("TNMT-7001").contains("127.0.0.1:1", "check --url");
  }
}

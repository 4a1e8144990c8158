package vn.tnmt.lakehouse.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowClient;
import vn.tnmt.lakehouse.orchestration.airflow.ApiVersion;
import vn.tnmt.lakehouse.orchestration.airflow.Auth;
import vn.tnmt.lakehouse.orchestration.airflow.Backfill;
import vn.tnmt.lakehouse.orchestration.airflow.DagRun;
import vn.tnmt.lakehouse.orchestration.airflow.LogLine;
import vn.tnmt.lakehouse.orchestration.airflow.Pool;
import vn.tnmt.lakehouse.orchestration.airflow.RunQuery;
import vn.tnmt.lakehouse.orchestration.airflow.RunState;
import vn.tnmt.lakehouse.orchestration.airflow.RunType;
import vn.tnmt.lakehouse.orchestration.airflow.TaskInstance;
import vn.tnmt.lakehouse.orchestration.airflow.TaskRef;
import vn.tnmt.lakehouse.orchestration.airflow.TaskState;
import vn.tnmt.lakehouse.orchestration.airflow.Trigger;
import vn.tnmt.lakehouse.orchestration.airflow.TriggerResult;
import vn.tnmt.lakehouse.orchestration.airflow.WaitOptions;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent;

/**
 * The client and the nightly DAG against a real Airflow 3 that runs the demo's night through Spark
 * to a release. {@code mvn verify -Pairflow} runs it, with the distribution that it has built.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("slow")
class NightOnAirflowTest {
  private static final String NIGHTLY = "tnmt_nightly";
  private static final WaitOptions PATIENT = WaitOptions.upTo(Duration.ofMinutes(15));

  /** The night of 2026-03-14 begins at 01:00 of the next day in Viet Nam. */
  private static final Trigger NIGHT =
      Trigger.of(NIGHTLY)
          .logicalDate(Instant.parse("2026-03-13T18:00:00Z"))
          .dataInterval(
              Instant.parse("2026-03-13T18:00:00Z"), Instant.parse("2026-03-14T18:00:00Z"))
          .build();

  @TempDir static Path dir;
  private static AirflowServer server;
  private static AirflowClient airflow;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    tnmt("demo", "--nights", "0", "--quiet");
    // A publisher without a folder: its feeds fail, the night goes on.
    Files.move(camau(), dir.resolve("ca_mau"));
    server =
        AirflowServer.of(3, dir.resolve("airflow"))
            .environment("TNMT_HOME", home())
            .environment("TNMT_RETRIES", "1")
            .environment("TNMT_DEADLINE_MINUTES", "1") // shorter than the night
            .environment("TNMT_ALERT_COMMAND", alertCommand())
            .unpaused()
            .start();
    server.awaitDag(NIGHTLY);
    airflow = client();
  }

  private static AirflowClient client() {
    return AirflowClient.builder(server.url())
        .auth(Auth.password(server.user(), () -> server.password().toCharArray()))
        .build();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      airflow.close();
      server.close();
    }
  }

  private static Path home() {
    return dir.resolve("home");
  }

  private static Path camau() {
    return home().resolve("exports/ca_mau");
  }

  /** Whoever is on duty, as a file. */
  private static Path alertCommand() throws IOException {
    Path program = dir.resolve("alert");
    Files.writeString(program, "#!/bin/sh\necho \"$1\" >>'" + dir.resolve("alerted") + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private static String tnmt(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(AirflowServer.launcher().toString()));
    command.addAll(Arrays.asList(arguments));
    command.addAll(
        arguments[0].equals("airflow")
            ? List.of("--server", dir.resolve("airflow/server.json").toString())
            : List.of("--home", home().toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + printed).isZero();
    return printed;
  }

  @Test
  @Order(1)
  void theServerIsHealthyAndReadsEveryDag() {
    assertThat(airflow.apiVersion()).isEqualTo(ApiVersion.V2);
    assertThat(airflow.health().isHealthy()).isTrue();
    assertThat(airflow.importErrors()).isEmpty();
    assertThat(airflow.pools().list().map(Pool::name)).contains("tnmt_ingest", "tnmt_spark");
    assertThat(airflow.dags().get(NIGHTLY).isPaused()).isFalse();
  }

  @Test
  @Order(2)
  void theNightEndsInAReleaseThroughARestartOfTheServer() throws Exception {
    TriggerResult triggered = airflow.runs().trigger(NIGHT);
    assertThat(triggered.isNew()).isTrue();
    assertThat(airflow.runs().trigger(NIGHT).isNew()).as("asked for twice, made once").isFalse();
    String run = triggered.run().dagRunId();

    TaskRef consolidate = TaskRef.of(NIGHTLY, run, "consolidate");
    CompletableFuture<List<String>> log =
        CompletableFuture.supplyAsync(() -> followed(consolidate));
    assertThat(watchedUntilCtrlC(run))
        .contains("The run goes on. Watch it again: ./tnmt airflow watch", run);
    List<WatchEvent> seen = new CopyOnWriteArrayList<>();
    AtomicBoolean killed = new AtomicBoolean();
    try (Stream<WatchEvent> events = airflow.runs().watch(NIGHTLY, run, PATIENT)) {
      events.forEach(
          event -> {
            seen.add(event);
            if (isRunning(event, "consolidate") && killed.compareAndSet(false, true)) {
              server.kill("api-server");
            }
          });
    }

    assertThat(killed).isTrue();
    assertThat(seen).hasAtLeastOneElementOfType(WatchEvent.Interrupted.class);
    assertThat(seen).hasAtLeastOneElementOfType(WatchEvent.Resumed.class);
    assertThat(seen.get(seen.size() - 1)).isInstanceOf(WatchEvent.Ended.class);
    assertThat(airflow.runs().get(NIGHTLY, run).state()).isEqualTo(RunState.SUCCESS);
    assertThat(log.get()).anyMatch(line -> line.contains("account for every record"));
    assertThat(releases()).containsExactly("R20260314-1");
    // 108 feeds, each a task named after its publisher; Cà Mau's three have failed.
    List<TaskInstance> ingest =
        airflow.taskInstances().mapped(TaskRef.of(NIGHTLY, run, "ingest")).toList();
    assertThat(ingest).hasSize(34 * 3 + 2 + 4);
    assertThat(ingest)
        .filteredOn(task -> task.state().equals(TaskState.FAILED))
        .hasSize(3)
        .allMatch(task -> task.renderedMapIndex().contains("Cà Mau"));
  }

  /** What {@code tnmt airflow watch} says until and after somebody presses Ctrl-C. */
  private static String watchedUntilCtrlC(String run) throws IOException, InterruptedException {
    Process watch =
        new ProcessBuilder(
                AirflowServer.launcher().toString(),
                "airflow",
                "watch",
                NIGHTLY,
                run,
                "--server",
                dir.resolve("airflow/server.json").toString())
            .redirectErrorStream(true)
            .start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.contains("plan")) {
          // As Ctrl-C, which a process in the background may ignore; destroy() would close the
          // pipe.
          new ProcessBuilder("kill", "-TERM", Long.toString(watch.pid())).start();
        }
      }
    }
    assertThat(watch.waitFor()).isNotZero();
    return said.toString();
  }

  private static boolean isRunning(WatchEvent event, String task) {
    return event instanceof WatchEvent.TaskChanged changed
        && changed.task().taskId().equals(task)
        && changed.task().state().equals(TaskState.RUNNING);
  }

  private static List<String> followed(TaskRef task) {
    try (AirflowClient other = client();
        Stream<LogLine> lines = other.logs().follow(task, 1, PATIENT)) {
      return lines.map(LogLine::text).toList();
    }
  }

  private static List<String> releases() throws IOException, InterruptedException {
    return tnmt("sql", "--format", "csv", "select release_id from ops.release order by release_id")
        .lines()
        .skip(1)
        .toList();
  }

  @Test
  @Order(3)
  void whatFailedIsClearedAndJoinsTheNight() throws Exception {
    Files.move(dir.resolve("ca_mau"), camau());
    String run = NIGHT.runId();
    assertThat(tnmt("airflow", "clear", NIGHTLY, run, "ingest", "--dry-run"))
        .contains("WOULD RUN AGAIN", "Cà Mau", "consolidate", "release")
        .doesNotContain("Hà Nội");
    assertThat(airflow.runs().get(NIGHTLY, run).state()).isEqualTo(RunState.SUCCESS);
    tnmt("airflow", "clear", NIGHTLY, run, "ingest");
    assertThat(tnmt("airflow", "logs", NIGHTLY, run, "release", "--try", "2", "--follow"))
        .contains("R20260314-2");
    assertThat(airflow.runs().await(NIGHTLY, run, PATIENT).state()).isEqualTo(RunState.SUCCESS);
    assertThat(releases()).containsExactly("R20260314-1", "R20260314-2");
  }

  @Test
  @Order(4)
  void theDutyOfficerWasToldThatTheReleaseIsLate() throws IOException {
    assertThat(Files.readString(dir.resolve("alerted"))).contains("quá hạn", NIGHT.runId());
  }

  @Test
  @Order(5)
  void threeNightsAreBackfilledUnlessTheDagIsPaused() throws Exception {
    assertThat(airflow.dags().pause(NIGHTLY).isPaused()).isTrue();
    assertThat(
            tnmt(
                "airflow",
                "backfill",
                "create",
                "--from",
                "2026-03-15",
                "--to",
                "2026-03-17",
                "--dry-run"))
        .contains("2026-03-15 ", "2026-03-16 ", "2026-03-17 ");
    List<String> days =
        new ArrayList<>(
            List.of("airflow", "backfill", "create", "--from", "2026-03-15", "--to", "2026-03-17"));
    // On the last of them nobody has sent anything.
    days.addAll(List.of("--param", "min_publishers=0"));
    days.addAll(List.of("--param", "publishers=[\"cuc-ddbd\",\"snnmt-ca_mau\"]"));
    tnmt(days.toArray(String[]::new));
    Backfill backfill = airflow.backfills().list(NIGHTLY).findFirst().orElseThrow();
    assertThat(airflow.backfills().pause(backfill.id()).isPaused()).isTrue();
    assertThat(airflow.backfills().unpause(backfill.id()).isPaused()).isFalse();
    List<DagRun> runs =
        airflow.runs().list(NIGHTLY, RunQuery.all().ofType(RunType.BACKFILL)).toList();
    assertThat(runs).hasSize(3).noneMatch(run -> RunState.SUCCESS.equals(run.state()));

    assertThat(airflow.dags().unpause(NIGHTLY).isPaused()).isFalse();
    for (DagRun run : runs) {
      assertThat(airflow.runs().await(run, PATIENT).state()).isEqualTo(RunState.SUCCESS);
      TaskRef ingest = TaskRef.of(NIGHTLY, run.dagRunId(), "ingest");
      assertThat(airflow.taskInstances().mapped(ingest)).hasSize(2 + 3);
    }
    assertThat(releases()).startsWith("R20260314-1", "R20260314-2", "R20260315-1");
  }
}

package vn.tnmt.lakehouse.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowClient;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException;
import vn.tnmt.lakehouse.orchestration.airflow.ApiVersion;
import vn.tnmt.lakehouse.orchestration.airflow.Asset;
import vn.tnmt.lakehouse.orchestration.airflow.AssetEventQuery;
import vn.tnmt.lakehouse.orchestration.airflow.Auth;
import vn.tnmt.lakehouse.orchestration.airflow.ClearTasks;
import vn.tnmt.lakehouse.orchestration.airflow.Connection;
import vn.tnmt.lakehouse.orchestration.airflow.DagQuery;
import vn.tnmt.lakehouse.orchestration.airflow.DagRun;
import vn.tnmt.lakehouse.orchestration.airflow.LogLine;
import vn.tnmt.lakehouse.orchestration.airflow.Pool;
import vn.tnmt.lakehouse.orchestration.airflow.RunQuery;
import vn.tnmt.lakehouse.orchestration.airflow.RunState;
import vn.tnmt.lakehouse.orchestration.airflow.TaskInstance;
import vn.tnmt.lakehouse.orchestration.airflow.TaskQuery;
import vn.tnmt.lakehouse.orchestration.airflow.TaskRef;
import vn.tnmt.lakehouse.orchestration.airflow.TaskState;
import vn.tnmt.lakehouse.orchestration.airflow.Trigger;
import vn.tnmt.lakehouse.orchestration.airflow.TriggerResult;
import vn.tnmt.lakehouse.orchestration.airflow.Variable;
import vn.tnmt.lakehouse.orchestration.airflow.WaitOptions;

/** Every resource of the client, at a real server of either version. */
final class ClientTour {
  private static final String DAG = "proof";
  private static final WaitOptions PATIENT = WaitOptions.upTo(Duration.ofMinutes(4));
  private static final Trigger RUN =
      Trigger.of(DAG)
          .logicalDate(Instant.parse("2026-03-14T00:00:00Z"))
          .conf(Map.of("đêm", List.of(1, 2)))
          .build();

  private final AirflowServer server;
  private final Path mended;

  /**
   * @param mended the file without which a task of the DAG fails
   */
  ClientTour(AirflowServer server, Path mended) {
    this.server = server;
    this.mended = mended;
  }

  /** Three mapped tasks, of which one fails until a file is there; what they return is added up. */
  static void writeDag(Path folder, Path mended) throws IOException {
    Files.writeString(
        folder.resolve("proof.py"),
        """
        import time
        from datetime import datetime, timezone
        from pathlib import Path

        try:
            from airflow.sdk import DAG, Asset, task
        except ImportError:
            from airflow.datasets import Dataset as Asset
            from airflow.decorators import task
            from airflow.models.dag import DAG

        with DAG("proof", schedule=None, catchup=False, start_date=datetime(2026, 1, 1, tzinfo=timezone.utc), tags=["proof"]):

            @task
            def numbers():
                return [1, 2, 3]

            @task(retries=0, map_index_template="số {{ task.op_kwargs['n'] }}")
            def square(n):
                for step in range(6):
                    print(f"bước {step} của {n}", flush=True)
                    time.sleep(0.5)
                if n == 2 and not Path("%s").exists():
                    raise ValueError("hỏng rồi")
                return n * n

            @task(outlets=[Asset("tnmt://proof/total")])
            def total(squares):
                return sum(squares)

            total(square.expand(n=numbers()))
        """
            .formatted(mended));
  }

  void go() throws Exception {
    server.awaitDag(DAG);
    Auth auth =
        server.version().startsWith("2")
            ? Auth.basic(server.user(), () -> server.password().toCharArray())
            : Auth.password(server.user(), () -> server.password().toCharArray());
    try (AirflowClient airflow = AirflowClient.builder(server.url()).auth(auth).build()) {
      isRecognised(airflow);
      makesChangesAndRemovesThings(airflow);
      aRunFailsIsMendedAndEnds(airflow);
    }
    try (AirflowClient stranger =
        AirflowClient.builder(server.url()).auth(Auth.basic("admin", "no"::toCharArray)).build()) {
      assertThatThrownBy(() -> stranger.dags().get(DAG))
          .isInstanceOf(
              server.version().startsWith("2") // its FAB takes a stranger for its role Public
                  ? AirflowException.Forbidden.class
                  : AirflowException.Unauthorized.class);
    }
  }

  private void isRecognised(AirflowClient airflow) {
    assertThat(airflow.version().version()).isEqualTo(server.version());
    assertThat(airflow.health().isHealthy()).isTrue();
    assertThat(airflow.importErrors()).isEmpty();
    assertThat(airflow.dags().list(DagQuery.all().tagged("proof")))
        .singleElement()
        .satisfies(dag -> assertThat(dag.dagId()).isEqualTo(DAG));
    assertThatThrownBy(() -> airflow.dags().get("nirgends"))
        .isInstanceOf(AirflowException.NotFound.class);
    assertThat(airflow.dags().pause(DAG).isPaused()).isTrue();
    assertThat(airflow.dags().unpause(DAG).isPaused()).isFalse();
  }

  private static void makesChangesAndRemovesThings(AirflowClient airflow) {
    airflow.pools().create(Pool.of("hồ", 3).withDescription("thử"));
    assertThatThrownBy(() -> airflow.pools().create(Pool.of("hồ", 3)))
        .isInstanceOf(AirflowException.Conflict.class);
    assertThat(airflow.pools().update(Pool.of("hồ", 4)).slots()).isEqualTo(4);
    assertThat(airflow.pools().list().map(Pool::name)).contains("hồ", "tnmt_spark");
    airflow.pools().delete("hồ");
    assertThatThrownBy(() -> airflow.pools().get("hồ"))
        .isInstanceOf(AirflowException.NotFound.class);

    airflow.variables().create(Variable.of("biến", "một").withDescription("thử"));
    airflow.variables().update(Variable.of("biến", "hai"));
    assertThat(airflow.variables().get("biến").value()).isEqualTo("hai");
    assertThat(airflow.variables().list().map(Variable::key)).contains("biến");
    airflow.variables().delete("biến");

    airflow
        .connections()
        .create(Connection.of("ho_nuoc", "http").withTarget("127.0.0.1", 9000, "x"));
    airflow.connections().update(Connection.of("ho_nuoc", "http").withCredentials("ai", "khoá"));
    assertThat(airflow.connections().get("ho_nuoc"))
        .satisfies(c -> assertThat(c.login()).isEqualTo("ai"))
        .satisfies(c -> assertThat(c.port()).isEqualTo(9000));
    assertThat(airflow.connections().list().map(Connection::connectionId)).contains("ho_nuoc");
    airflow.connections().delete("ho_nuoc");
  }

  private void aRunFailsIsMendedAndEnds(AirflowClient airflow) throws Exception {
    TriggerResult triggered = airflow.runs().trigger(RUN);
    assertThat(triggered.isNew()).isTrue();
    assertThat(airflow.runs().trigger(RUN).isExisting()).isTrue();
    String run = RUN.runId();

    TaskRef square = TaskRef.of(DAG, run, "square");
    CompletableFuture<List<String>> log =
        CompletableFuture.supplyAsync(() -> followed(airflow, square.mapped(1)));
    assertThat(airflow.runs().await(triggered.run(), PATIENT).state()).isEqualTo(RunState.FAILED);
    for (int step = 0; step < 6; step++) {
      String line = "bước " + step + " của 2";
      assertThat(log.get()).filteredOn(text -> text.contains(line)).as(line).hasSize(1);
    }
    assertThat(log.get()).anyMatch(text -> text.contains("hỏng rồi"));

    List<TaskInstance> squares = airflow.taskInstances().mapped(square).toList();
    assertThat(squares).extracting(TaskInstance::mapIndex).containsExactlyInAnyOrder(0, 1, 2);
    List<TaskInstance> failed =
        airflow
            .taskInstances()
            .list(DAG, run, TaskQuery.all().in(TaskState.FAILED))
            .filter(task -> task.taskId().equals("square"))
            .toList();
    assertThat(failed)
        .singleElement()
        .satisfies(task -> assertThat(task.label()).isEqualTo("square[số 2]"));

    Files.createFile(mended);
    // 2.x runs all instances of a mapped task again.
    ClearTasks.Builder again = ClearTasks.ofRun(DAG, run).withDownstream().evenIfNotFailed();
    ClearTasks what =
        airflow.apiVersion() == ApiVersion.V1
            ? again.tasks("square").build()
            : again.tasks(List.of(failed.get(0).ref())).build();
    assertThat(airflow.taskInstances().clearDryRun(what)).isNotEmpty();
    assertThat(airflow.runs().get(DAG, run).state()).isEqualTo(RunState.FAILED);
    airflow.taskInstances().clear(what);
    assertThat(airflow.runs().await(DAG, run, PATIENT).state()).isEqualTo(RunState.SUCCESS);

    assertThat(airflow.taskInstances().tries(square.mapped(1))).hasSize(2);
    TaskRef total = TaskRef.of(DAG, run, "total");
    assertThat(airflow.xcoms().list(total)).anyMatch(x -> x.key().equals("return_value"));
    assertThat(airflow.xcoms().get(total, "return_value").value().asText()).isEqualTo("14");

    Asset asset = airflow.assets().byUri("tnmt://proof/total").orElseThrow();
    assertThat(airflow.assets().events(AssetEventQuery.all().of(asset).fromRun(DAG, run)))
        .hasSize(1);
    airflow.assets().createEvent(asset, Map.of("bởi", "tay"));
    assertThat(airflow.assets().events(AssetEventQuery.all().of(asset))).hasSize(2);

    airflow.runs().setNote(DAG, run, "đã xem");
    assertThat(airflow.runs().list(DAG, RunQuery.all().in(RunState.SUCCESS)))
        .singleElement()
        .extracting(DagRun::note)
        .isEqualTo("đã xem");
    assertThat(airflow.runs().setState(DAG, run, RunState.FAILED).state())
        .isEqualTo(RunState.FAILED);
    airflow.runs().delete(DAG, run);
    assertThat(airflow.runs().list(DAG, RunQuery.all())).isEmpty();
  }

  private static List<String> followed(AirflowClient airflow, TaskRef task) {
    try (Stream<LogLine> lines = airflow.logs().follow(task, 1, PATIENT)) {
      return lines.map(LogLine::text).toList();
    }
  }
}

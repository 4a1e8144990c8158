package vn.tnmt.lakehouse.orchestration.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Airflow, as {@code orchestration/airflow/serve} runs it, in folders of its own. */
final class RealAirflow implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(8);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

  private final Process serve;
  private final Path home;

  private RealAirflow(Process serve, Path home) {
    this.serve = serve;
    this.home = home;
  }

  /** Starts it and waits until it answers and has read its DAGs. */
  static RealAirflow start(
      Path repository, Path home, Path dags, Map<String, String> environment, List<String> awaited)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            "python3",
            repository.resolve("orchestration/airflow/serve").toString(),
            "--home",
            home.toString(),
            "--dags",
            dags.toString(),
            "--port",
            "0",
            "--unpaused");
    command.environment().putAll(environment);
    File log = new File(home + ".log");
    RealAirflow started =
        new RealAirflow(command.redirectErrorStream(true).redirectOutput(log).start(), home);
    try {
      started.awaitReady(log, awaited);
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void awaitReady(File log, List<String> awaited) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(STARTS_WITHIN);
    while (!Files.readString(log.toPath()).contains("is ready") || !areListed(awaited)) {
      if (!serve.isAlive() || Instant.now().isAfter(limit)) {
        throw new IllegalStateException(
            "Airflow did not start:\n" + Files.readString(log.toPath()));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private boolean areListed(List<String> dags) {
    try (AirflowClient client = client()) {
      return client.dags().list(DagQuery.all()).map(Dag::dagId).toList().containsAll(dags);
    }
  }

  AirflowClient client() {
    JsonNode server = said();
    Path password = Path.of(server.get("passwordFile").asText());
    return AirflowClient.builder(URI.create(server.get("url").asText()))
        .auth(Auth.password(server.get("user").asText(), () -> read(password)))
        .build();
  }

  private static char[] read(Path file) {
    try {
      return Files.readString(file).strip().toCharArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode said() {
    try {
      return new ObjectMapper().readTree(home.resolve("server.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills the API server; {@code serve} starts it again. */
  void killApiServer() {
    long pid = said().get("pids").get("api-server").asLong();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    serve.destroy();
    if (!serve.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      serve.destroyForcibly();
    }
  }
}

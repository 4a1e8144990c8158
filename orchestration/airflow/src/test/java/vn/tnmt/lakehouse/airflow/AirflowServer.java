package vn.tnmt.lakehouse.airflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A real Airflow on 127.0.0.1, as {@code orchestration/airflow/serve} starts it for users too. Its
 * tasks call the launcher of the distribution that this build made.
 *
 * <pre>{@code
 * try (AirflowServer airflow =
 *     AirflowServer.of(3, temporaryFolder).environment("TNMT_HOME", home).unpaused().start()) {
 *   airflow.url(); airflow.user(); airflow.password();
 * }
 * }</pre>
 */
public final class AirflowServer implements AutoCloseable {
  private static final Duration INSTALLED_AND_UP_WITHIN = Duration.ofMinutes(8);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(40);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(
              HttpClient.Version
                  .HTTP_1_1) // uvicorn loses the body of a request that offers an upgrade
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** What a server is started with. */
  public static final class Builder {
    private final int version;
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();

    private Builder(int version, Path home) {
      this.version = version;
      this.home = home;
      environment("TNMT_LAUNCHER", launcher());
      // No night begins by itself, and a failed task is tried again soon.
      environment("TNMT_LAST_NIGHT", "2026-04-01");
      environment("TNMT_RETRY_SECONDS", "2");
    }

    /** A variable of the server's environment, which its tasks see as well. */
    public Builder environment(String name, Object value) {
      environment.put(name, value.toString());
      return this;
    }

    /** New DAGs begin unpaused. */
    public Builder unpaused() {
      options.add("--unpaused");
      return this;
    }

    /** Further options of {@code serve}. */
    public Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** Starts it, and returns when it is healthy. The first time on a machine, it is installed. */
    public AirflowServer start() throws IOException {
      List<String> command = new ArrayList<>(List.of(serve().toString(), "--until-eof"));
      command.addAll(List.of("--airflow", Integer.toString(version)));
      command.addAll(List.of("--home", home.toString(), "--port", "0"));
      command.addAll(options);
      Files.createDirectories(home);
      Path out = home.resolve("serve.out");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      AirflowServer server = new AirflowServer(version, home, builder.start(), out);
      try {
        server.await("ready", INSTALLED_AND_UP_WITHIN, () -> server.said("is ready"));
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      return server;
    }
  }

  private final int version;
  private final Path home;
  private final Process process;
  private final Path out;

  private AirflowServer(int version, Path home, Process process, Path out) {
    this.version = version;
    this.home = home;
    this.process = process;
    this.out = out;
  }

  /**
   * A server to be.
   *
   * @param version 2 or 3
   * @param home folder for all that it keeps
   */
  public static Builder of(int version, Path home) {
    return new Builder(version, home);
  }

  public static Path repository() {
    return Path.of(System.getProperty("tnmt.repository"));
  }

  /** The launcher of the distribution that this build made. */
  public static Path launcher() {
    return repository().resolve("dist/target/tnmt-lakehouse/bin/tnmt");
  }

  /** A copy of our DAGs, to put others beside them. */
  static Path dagsIn(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> ours =
        Files.newDirectoryStream(repository().resolve("orchestration/dags"), "*.py")) {
      for (Path file : ours) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  static Path serve() {
    return repository().resolve("orchestration/airflow/serve");
  }

  public URI url() {
    return URI.create(where().get("url").textValue());
  }

  public String user() {
    return where().get("user").textValue();
  }

  public Path passwordFile() {
    return Path.of(where().get("passwordFile").textValue());
  }

  public String password() {
    return read(passwordFile()).strip();
  }

  /** Such as 3.3.2. */
  public String version() {
    return where().get("version").textValue();
  }

  public Path home() {
    return home;
  }

  /**
   * The process id of {@code api-server}, {@code scheduler}, {@code dag-processor} or {@code
   * tnmt-up}.
   */
  public long pid(String component) {
    return where().at("/pids").path(component).asLong(-1);
  }

  /**
   * Ends a component by force. {@code serve} starts it again within seconds; see {@link
   * #awaitHealthy}.
   */
  public void kill(String component) {
    ProcessHandle.of(pid(component)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /**
   * Waits until a component that was killed runs under another process id, and Airflow is healthy
   * again.
   */
  public void awaitAnother(String component, long before) {
    await("another " + component, Duration.ofMinutes(2), () -> pid(component) != before);
    awaitHealthy();
  }

  public void awaitHealthy() {
    await("healthy", Duration.ofMinutes(2), this::healthy);
  }

  /** Waits until the DAG is known to the API. */
  public void awaitDag(String id) {
    await("DAG " + id, Duration.ofMinutes(2), () -> get("/dags/" + id).statusCode() == 200);
  }

  public boolean healthy() {
    HttpResponse<String> answer = send(request(version == 3 ? "/monitor/health" : "/health"));
    return answer.statusCode() == 200
        && tree(answer.body()).at("/metadatabase/status").asText("").equals("healthy")
        && tree(answer.body()).at("/scheduler/status").asText("").equals("healthy");
  }

  /** GET of a path below {@code /api/v2} or {@code /api/v1}, by the admin. */
  public HttpResponse<String> get(String path) {
    return send(request(path).header("Authorization", authorization()));
  }

  /** What {@code serve} printed. */
  public String output() {
    return read(out);
  }

  /** Stops all its processes, and waits for that. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** All processes below {@code serve}. */
  List<ProcessHandle> processes() {
    return process.descendants().toList();
  }

  private boolean said(String words) {
    if (!process.isAlive()) {
      throw new IllegalStateException("serve ended with " + process.exitValue() + ":\n" + output());
    }
    return output().contains(words);
  }

  private String authorization() {
    if (version == 2) {
      String both = user() + ":" + password();
      return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }
    HttpResponse<String> answer = login(password());
    return "Bearer " + tree(answer.body()).path("access_token").asText();
  }

  /** Airflow 3's answer to a login. */
  HttpResponse<String> login(String password) {
    String body =
        JSON.createObjectNode().put("username", user()).put("password", password).toString();
    return send(
        HttpRequest.newBuilder(url().resolve("/auth/token"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url().resolve((version == 3 ? "/api/v2" : "/api/v1") + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode where() {
    return tree(read(home.resolve("server.json")));
  }

  private void await(String what, Duration atMost, BooleanSupplier reached) {
    Instant end = Instant.now().plus(atMost);
    while (true) {
      try {
        if (reached.getAsBoolean()) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        // it starts, or it starts again
      }
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("not " + what + " after " + atMost + ":\n" + output());
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

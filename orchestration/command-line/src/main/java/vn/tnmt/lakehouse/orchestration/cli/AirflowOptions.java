package vn.tnmt.lakehouse.orchestration.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowClient;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowException;
import vn.tnmt.lakehouse.orchestration.airflow.ApiVersion;
import vn.tnmt.lakehouse.orchestration.airflow.Auth;

/** Which Airflow, and who asks. Passwords and tokens come from the environment or from files. */
final class AirflowOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:TNMT_AIRFLOW_URL}",
      description =
          "Airflow's address (TNMT_AIRFLOW_URL; default: that of --server, or http://127.0.0.1:8080).")
  private @Nullable URI url;

  @Option(
      names = "--server",
      paramLabel = "FILE",
      defaultValue = "${env:TNMT_AIRFLOW_SERVER}",
      description =
          "server.json of a running orchestration/airflow/serve: address, user and password file (TNMT_AIRFLOW_SERVER).")
  private @Nullable Path server;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "${env:TNMT_AIRFLOW_USER}",
      description = "User (TNMT_AIRFLOW_USER); the password is in TNMT_AIRFLOW_PASSWORD or a file.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      defaultValue = "${env:TNMT_AIRFLOW_PASSWORD_FILE}",
      description = "File that holds the password (TNMT_AIRFLOW_PASSWORD_FILE).")
  private @Nullable Path passwordFile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:TNMT_AIRFLOW_TOKEN_FILE}",
      description =
          "File that holds a bearer token (TNMT_AIRFLOW_TOKEN_FILE; or TNMT_AIRFLOW_TOKEN).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Json.Format format;

  boolean json() {
    return format == Json.Format.json;
  }

  /** How the address would be given again on a command line. */
  String again() {
    return server != null ? " --server " + server : url != null ? " --url " + url : "";
  }

  /** Works with a client; its failures become errors that people know. */
  <T> T with(Function<AirflowClient, T> work) {
    read();
    try (AirflowClient client =
        AirflowClient.builder(url).auth(auth()).callDeadline(Duration.ofMinutes(2)).build()) {
      return work.apply(client);
    } catch (AirflowException e) {
      throw TnmtException.of(
          ErrorCode.AIRFLOW_FAILED, e.getMessage(), url.toString(), advice(e), e);
    } catch (IllegalArgumentException e) {
      throw TnmtException.of(ErrorCode.ARGUMENT_INVALID, e.getMessage(), "", "see --help", e);
    }
  }

  private static String advice(AirflowException e) {
    if (e instanceof AirflowException.Unauthorized) {
      return "give --user and --password-file, or TNMT_AIRFLOW_TOKEN";
    }
    if (e instanceof AirflowException.Unreachable) {
      return "is Airflow running there? check --url";
    }
    return "";
  }

  /** Fills in what the server's own file says and the command line does not. */
  private void read() {
    if (server != null) {
      try {
        JsonNode said = new ObjectMapper().readTree(server.toFile());
        url = url != null ? url : URI.create(said.path("url").asText());
        user = user != null ? user : said.path("user").asText();
        passwordFile =
            passwordFile != null ? passwordFile : Path.of(said.path("passwordFile").asText());
      } catch (IOException e) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "the server's file cannot be read",
            server.toString(),
            "is orchestration/airflow/serve running?",
            e);
      }
    }
    url = url != null ? url : URI.create("http://127.0.0.1:8080");
  }

  private Auth auth() {
    if (tokenFile != null || System.getenv("TNMT_AIRFLOW_TOKEN") != null) {
      return Auth.bearer(() -> secret(tokenFile, "TNMT_AIRFLOW_TOKEN"));
    }
    if (user == null) {
      return Auth.none();
    }
    // Airflow 2 knows no password grant.
    try (AirflowClient anybody = AirflowClient.builder(url).build()) {
      return anybody.apiVersion() == ApiVersion.V1
          ? Auth.basic(user, this::password)
          : Auth.password(user, this::password);
    }
  }

  private char[] password() {
    return secret(passwordFile, "TNMT_AIRFLOW_PASSWORD").toCharArray();
  }

  private static String secret(@Nullable Path file, String variable) {
    try {
      String secret = file != null ? Files.readString(file).strip() : System.getenv(variable);
      if (secret == null || secret.isEmpty()) {
        throw TnmtException.of(
            ErrorCode.ARGUMENT_INVALID,
            "no password or token",
            "",
            "name a file that holds it, or set " + variable);
      }
      return secret;
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.ARGUMENT_INVALID, "the secret's file cannot be read", file.toString(), "", e);
    }
  }
}

package vn.tnmt.lakehouse.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real server of either version: its password, its restart, the whole of the client, and nothing
 * left behind.
 */
@Tag("slow")
class AirflowServerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {3, 2})
  void startsRestartsAPieceServesTheClientAndStops(int version) throws Exception {
    Path home = folder.resolve("airflow");
    Path dags = AirflowServer.dagsIn(folder.resolve("dags"));
    Path mended = folder.resolve("mended");
    ClientTour.writeDag(dags, mended);
    List<ProcessHandle> processes;
    try (AirflowServer airflow =
        AirflowServer.of(version, home)
            .environment("TNMT_HOME", folder.resolve("home"))
            .options("--no-up", "--dags", dags.toString())
            .start()) {
      assertThat(airflow.version()).startsWith(version + ".");
      assertThat(airflow.healthy()).isTrue();
      airflow.awaitDag("tnmt_nightly");
      assertThat(
              new ObjectMapper()
                  .readTree(airflow.get("/importErrors").body())
                  .get("total_entries")
                  .asInt())
          .isZero();
      assertThat(airflow.get("/pools/tnmt_spark").body()).containsPattern("\"slots\": ?1\\b");
      if (version == 3) {
        assertThat(airflow.login("not the password").statusCode()).isEqualTo(401);
      }

      long before = airflow.pid("api-server");
      airflow.kill("api-server");
      airflow.awaitAnother("api-server", before);
      assertThat(airflow.get("/dags/tnmt_nightly").statusCode()).isEqualTo(200);

      new ClientTour(airflow, mended).go();

      assertThat(airflow.output()).doesNotContain(airflow.password());
      for (String secret :
          List.of("airflow.cfg", "password", "passwords.json", "secrets.json", "server.json")) {
        if (Files.exists(home.resolve(secret))) {
          assertThat(
                  PosixFilePermissions.toString(
                      Files.getPosixFilePermissions(home.resolve(secret))))
              .as(secret)
              .isEqualTo("rw-------");
        }
      }
      processes = airflow.processes();
      assertThat(processes).isNotEmpty();
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(home.resolve("server.json")).doesNotExist();
  }
}

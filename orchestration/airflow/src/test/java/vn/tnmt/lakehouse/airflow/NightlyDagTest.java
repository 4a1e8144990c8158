package vn.tnmt.lakehouse.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The DAG's own tests, in Python, under both versions: it loads without errors, and {@code airflow
 * dags test} ends it.
 */
@Tag("slow")
class NightlyDagTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"3", "2"})
  void itsPythonTestsPass(String version) throws IOException, InterruptedException {
    Path installed = folder.resolve("install.log");
    assertThat(run(installed, AirflowServer.serve().toString(), "--airflow", version, "--install"))
        .withFailMessage(() -> read(installed))
        .isZero();

    Path log = folder.resolve("python.log");
    Path repository = AirflowServer.repository();
    assertThat(
            run(
                log,
                repository.resolve(".venv/airflow-" + version + "/bin/python").toString(),
                "-m",
                "unittest",
                "discover",
                "-s",
                repository.resolve("orchestration/airflow/src/test/python").toString()))
        .withFailMessage(() -> read(log))
        .isZero();
    assertThat(read(log)).containsPattern("Ran 2\\d tests");
  }

  private static int run(Path log, String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

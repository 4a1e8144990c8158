package vn.tnmt.lakehouse.validator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a process of its own, which a signal ends. */
@Tag("slow")
@Timeout(60)
class ServeEndsTest {
  @TempDir Path temporary;
  @TempDir Path home;

  @Test
  void theFilesThatThePageWasGivenGoWithIt() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + home,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Validator.class.getName(),
                "serve",
                "--no-browser")
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String said = out.readLine();
      String address = said.substring(said.indexOf("http://"));
      HttpResponse<String> taken =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address + "file?check=abcdefgh&path=a.csv"))
                      .POST(HttpRequest.BodyPublishers.ofString("a;b\n1;2\n"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(taken.statusCode()).isEqualTo(200);
      assertThat(temporary).isNotEmptyDirectory();
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(temporary).isEmptyDirectory();
      try (var left = Files.list(home)) {
        assertThat(left).as("nothing of the files is anywhere else").isEmpty();
      }
    } finally {
      process.destroyForcibly();
    }
  }
}

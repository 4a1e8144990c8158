package vn.tnmt.lakehouse.base.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void itIsSeenByHooksAndByWhoeverStillWorks() throws Exception {
    ProcessBuilder asking =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Asking.class.getName());
    Process process = asking.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said.lines()).containsExactly("working: false", "in a hook: true");
  }

  /** Asks while it works and while it is being ended. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) {
      System.out.println("working: " + Shutdown.begun());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> System.out.println("in a hook: " + Shutdown.begun()), "hook"));
    }
  }
}

package vn.tnmt.lakehouse.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TemporaryFilesTest {
  /**
   * Runs a command with signals as they are: a build in the background hands on that it ignores
   * them.
   */
  private static final String SIGNALS_AS_THEY_ARE =
      """
      import os, signal, sys
      for number in (signal.SIGINT, signal.SIGHUP):
          signal.signal(number, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  @TempDir Path dir;

  @Test
  void whatIsDeletedIsGoneWithAllThatIsInIt() throws IOException {
    Path folder = TemporaryFiles.hold(Files.createDirectory(dir.resolve("folder")));
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "x");
    Path kept = Files.writeString(dir.resolve("kept"), "x");
    Files.createSymbolicLink(folder.resolve("link"), dir);
    TemporaryFiles.delete(folder);
    assertThat(folder).doesNotExist();
    assertThat(kept).as("a link is not followed").exists();
    TemporaryFiles.delete(folder);
    assertThatThrownBy(() -> TemporaryFiles.file(folder, "x", ".part"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void theyGoWhenASignalEndsTheProcessInTheMiddleOfItsWork(String signal, int code)
      throws Exception {
    Process process =
        new ProcessBuilder(
                "python3",
                "-c",
                SIGNALS_AS_THEY_ARE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + dir,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Busy.class.getName(),
                dir.resolve("kept").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("busy");
      try (var files = Files.list(dir)) {
        assertThat(files).hasSizeGreaterThan(2);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(code);
      try (var files = Files.list(dir)) {
        assertThat(files).containsExactly(dir.resolve("kept"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Goes on writing while it is ended. */
  static final class Busy {
    public static void main(String[] args) throws IOException {
      Path folder = TemporaryFiles.folder("tnmt-");
      Path done = TemporaryFiles.file("tnmt-", ".part");
      Files.move(done, Path.of(args[0]));
      TemporaryFiles.release(done);
      Files.createDirectory(folder.resolve("deeper"));
      for (int worker : List.of(1, 2, 3)) {
        new Thread(() -> write(folder.resolve("deeper"), worker)).start();
      }
      Path open = TemporaryFiles.file("tnmt-", ".open");
      try (var out = Files.newOutputStream(open)) {
        TemporaryFiles.file("tnmt-", ".other");
        System.out.println("busy");
        while (true) {
          out.write(1);
        }
      }
    }

    private static void write(Path folder, int worker) {
      try {
        for (int i = 0; ; i++) {
          Files.writeString(folder.resolve(worker + "-" + i % 100), "x");
          Files.deleteIfExists(TemporaryFiles.file("tnmt-", ".spool"));
        }
      } catch (IOException e) {
        // the folder is gone, or the process is ending
      }
    }
  }
}

package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher {@code ./tnmt} of an installed distribution, with a stand-in for Java: it writes
 * what it was given, makes the class-data archive that it was told to, and ends by SIGTERM as the
 * command does.
 */
@Timeout(60)
class LauncherTest {
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for argument; do case $argument in -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;; esac; done
      end() { [ -z "${archive:-}" ] || : > "$archive"; echo TNMT-6007 >&2; kill "$sleeper"; exit 143; }
      trap end TERM
      trap 'echo TNMT-6007 >&2; kill "$sleeper"; exit 130' INT
      echo "running $*"
      [ -z "${STUB_CODE:-}" ] || exit "$STUB_CODE"
      sleep 50 > /dev/null 2>&1 &
      sleeper=$!
      wait $sleeper
      """;

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
  private Path dist;

  @BeforeEach
  void install() throws IOException {
    dist = Files.createDirectories(dir.resolve("dist"));
    Files.createDirectories(dist.resolve("bin"));
    Files.createDirectories(dist.resolve("jars"));
    Files.writeString(dist.resolve("jvm.args"), "-Xmx1g\n");
    Files.copy(Path.of("..", "..", "tnmt"), dist.resolve("bin/tnmt"));
    Path java = Files.createDirectories(dir.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    for (Path program : List.of(java, dist.resolve("bin/tnmt"))) {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private ProcessBuilder launch(String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        "python3", "-c", SIGNALS_AS_THEY_ARE, dist.resolve("bin/tnmt").toString()),
                    Stream.of(arguments))
                .toList());
    builder.directory(dir.toFile());
    builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
    return builder;
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  /** With the archive there, without it where the command makes one, and where none is made. */
  @ParameterizedTest
  @CsvSource({
    "nightly, false, TERM, 143",
    "nightly, false, HUP, 143",
    "nightly, false, INT, 130",
    "nightly, true, TERM, 143",
    "nightly, true, INT, 130",
    "sql, false, TERM, 143"
  })
  void aSignalToTheLauncherEndsTheCommand(String command, boolean archive, String signal, int code)
      throws Exception {
    if (archive) {
      Files.createFile(dist.resolve("tnmt.jsa"));
    }
    Process launcher = launch(command, "--date", "2026-03-14").start();
    try (BufferedReader out = launcher.inputReader();
        BufferedReader err = launcher.errorReader()) {
      assertThat(out.readLine()).startsWith("running").endsWith(command + " --date 2026-03-14");
      List<ProcessHandle> java = launcher.descendants().toList();
      signal(signal, launcher.pid());
      assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(launcher.exitValue()).isEqualTo(code);
      assertThat(err.readLine()).isEqualTo("TNMT-6007");
      for (ProcessHandle process : java) {
        process.onExit().get(30, TimeUnit.SECONDS);
      }
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(dist)) {
      assertThat(left.map(file -> file.getFileName().toString()).filter(f -> f.contains(".jsa")))
          .as("no archive of a night that did not end well")
          .isEqualTo(archive ? List.of("tnmt.jsa") : List.of());
    }
  }

  @Test
  void itsExitCodeIsTheCommands() throws Exception {
    for (String code : List.of("0", "1", "2", "3")) {
      for (String command : List.of("nightly", "sql")) {
        ProcessBuilder builder = launch(command);
        builder.environment().put("STUB_CODE", code);
        Process launcher = builder.redirectErrorStream(true).start();
        launcher.getInputStream().readAllBytes();
        assertThat(launcher.waitFor()).isEqualTo(Integer.parseInt(code));
      }
    }
  }
}

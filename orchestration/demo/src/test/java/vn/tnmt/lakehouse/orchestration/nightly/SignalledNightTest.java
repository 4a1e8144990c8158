package vn.tnmt.lakehouse.orchestration.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A night in a process of its own that a signal ends in the middle of a stage. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SignalledNightTest {
  /** Holds {@code feeds} and {@code feeds-demo}, as a distribution does. */
  private static final Path FEEDS =
      Path.of("..", "..", "ingestion-jobs").toAbsolutePath().normalize();

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"collect files, TERM, 143", "load monitoring.observation, TERM, 143"})
  void itSaysSoAndLeavesNothingBehind(String stage, String signal, int code) throws Exception {
    Path temporary = Files.createDirectories(dir.resolve("tmp"));
    Path home = dir.resolve("home");
    Path err = dir.resolve("err");
    Process night = night(temporary, home, err);
    try {
      while (!Files.readString(err).contains(stage)) {
        assertThat(night.isAlive()).as(Files.readString(err)).isTrue();
        Thread.sleep(100);
      }
      // Into the stage's work; what is asserted holds wherever in it the signal comes.
      Thread.sleep(500);
      new ProcessBuilder("kill", "-" + signal, Long.toString(night.pid())).start().waitFor();
      assertThat(night.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      night.destroyForcibly();
    }
    String said = Files.readString(err);
    assertThat(night.exitValue()).as(said).isEqualTo(code);
    assertThat(said)
        .containsOnlyOnce("TNMT-6007")
        .doesNotContain("TNMT-9001")
        .doesNotContain("\tat ")
        .doesNotContain("Exception");
    assertThat(below(temporary)).as("temporary files").isEmpty();
    assertThat(below(home))
        .noneMatch(file -> file.endsWith(".partial") || file.endsWith(".new"))
        .noneMatch(file -> file.contains("/sort-") || file.contains("/jdbc-"));
    assertThat(home.resolve("reports")).as("half a report").doesNotExist();
  }

  private static Process night(Path temporary, Path home, Path err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-XX:-UsePerfData");
    command.add("-Duser.timezone=UTC");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(System.getProperty("tnmt.spark.jvm.flags").split(" ")));
    command.add("-Dtnmt.s3proxy.lib=" + System.getProperty("tnmt.s3proxy.lib"));
    command.add("-Dtnmt.dist=" + FEEDS);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("vn.tnmt.lakehouse.orchestration.cli.Tnmt");
    command.addAll(List.of("demo", "--nights", "1", "--home", home.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(Files.createFile(err).toFile())
        .start();
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).map(Path::toString).toList();
    }
  }
}

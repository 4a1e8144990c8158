package vn.tnmt.lakehouse.additions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The demo as it is installed, in a process of its own that knows nothing of this module. */
final class RunningDemo {
  /** Holds {@code feeds} and {@code feeds-demo}, as a distribution does. */
  static final Path FEEDS = Path.of("..", "..", "ingestion-jobs").toAbsolutePath().normalize();

  private RunningDemo() {}

  /** {@code ./tnmt demo --nights 1}. */
  static void firstNight(Path home) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-Duser.timezone=UTC");
    command.addAll(List.of(System.getProperty("tnmt.spark.jvm.flags").split(" ")));
    command.add("-Dtnmt.s3proxy.lib=" + System.getProperty("tnmt.s3proxy.lib"));
    command.add("-Dtnmt.dist=" + FEEDS);
    command.addAll(List.of("-cp", classPathOfOthers(), "vn.tnmt.lakehouse.orchestration.cli.Tnmt"));
    command.addAll(List.of("demo", "--nights", "1", "--quiet", "--home", home.toString()));
    Path log = Files.createDirectories(home).resolveSibling("demo.log");
    Process demo =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(demo.waitFor()).as(Files.readString(log)).isZero();
  }

  private static String classPathOfOthers() {
    String own = Path.of("target", "test-classes").toAbsolutePath().toString();
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(part -> !Path.of(part).toAbsolutePath().toString().equals(own))
        .collect(Collectors.joining(File.pathSeparator));
  }
}

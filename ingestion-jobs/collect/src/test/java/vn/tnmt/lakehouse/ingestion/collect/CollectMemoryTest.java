package vn.tnmt.lakehouse.ingestion.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CollectMemoryTest {
  private static final Pattern NEEDED =
      Pattern.compile(
          "base-|lakehouse-core-|contract-model-|formats-|collect-|jackson-|commons-io-");

  @TempDir Path dir;

  @Test
  void twentyThousandFilesFitInAHeapOfTwelveMegabytes() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx12m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                ManyFiles.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains(ManyFiles.FILES + " taken, 0 known", "0 taken, " + ManyFiles.FILES + " known");
  }

  /** Without the jars of Spark: to open them takes more memory than to collect. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                Files.isDirectory(Path.of(entry))
                    || NEEDED.matcher(Path.of(entry).getFileName().toString()).lookingAt())
        .collect(Collectors.joining(File.pathSeparator));
  }
}

package vn.tnmt.lakehouse.validator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.ingestion.bundle.SigningKey;
import vn.tnmt.lakehouse.validator.Fixtures.Fixture;

/** {@code target/tnmt-validator.jar} as a publisher gets it; runs after it is made. */
class ShadedJarTest {
  private static final Path JAR = Path.of("target/tnmt-validator.jar").toAbsolutePath();
  private static final long MOST_BYTES = 30_000_000;

  @TempDir Path dir;

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void isSmallAndHasNothingOfSparkHadoopOrIceberg() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    assertThat(entries())
        .noneMatch(
            name ->
                name.startsWith("org/apache/spark/")
                    || name.startsWith("org/apache/hadoop/")
                    || name.startsWith("org/apache/iceberg/")
                    || name.startsWith("scala/")
                    || name.startsWith("software/amazon/"));
    assertThat(entries())
        .as("the contracts are those of the bundle; of the lists only old encodings are here")
        .noneMatch(
            name ->
                name.startsWith("contracts/")
                    || (name.startsWith("code-lists/")
                        && name.endsWith(".csv")
                        && !name.startsWith("code-lists/enc_")));
    assertThat(entries()).contains("META-INF/LICENSE", "META-INF/THIRD-PARTY.txt");
  }

  /** A library or package that a reader needs and that validator/pom.xml does not name. */
  @Test
  void nothingOfOursIsMissing() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(print, print, "--multi-release", "17", "--missing-deps", JAR.toString());
    assertThat(
            out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.strip().startsWith("vn.tnmt.")))
        .as("name the artifact or package in the shade plugin of validator/pom.xml")
        .isEmpty();
  }

  /** A publisher's bundle and one of its files. */
  private record Delivered(SigningKey key, String bundle, String file) {}

  private Delivered delivered(String name, String sent) throws IOException {
    Fixture fixture =
        Fixtures.all().stream().filter(f -> f.toString().equals(name)).findFirst().orElseThrow();
    SigningKey key = SigningKey.create(dir.resolve("key"));
    Path bundle = dir.resolve("tnmt-bundle.zip");
    Files.write(bundle, Fixtures.bundleBytes(fixture, key, Map.of()));
    String file = fixture.files().resolve(sent).toAbsolutePath().toString();
    return new Delivered(key, bundle.toString(), file);
  }

  /** Checks the file as of its night, trusting the bundle's key. */
  private Ran check(Delivered delivered, String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "check",
                "--bundle",
                delivered.bundle,
                "--trust",
                delivered.key.publicKey().fingerprint(),
                "--date",
                "2026-03-14",
                "--out",
                dir.resolve("out").toString()));
    arguments.addAll(List.of(more));
    arguments.add(delivered.file);
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void checksInAJavaThatHasNothingElse() throws Exception {
    Delivered delivered = delivered("so-a/melted-flaws", "mau_20260314.csv");
    Ran unknown = run("check", "--bundle", delivered.bundle, delivered.file);
    assertThat(unknown.code).isEqualTo(2);
    assertThat(unknown.output)
        .contains("TNMT-2010")
        .contains(delivered.key.publicKey().fingerprint());

    Ran checked = check(delivered);
    assertThat(checked.output)
        .contains("9 trong 11 bản ghi chưa đạt yêu cầu")
        .contains("REC-11")
        .doesNotContain("SLF4J");
    assertThat(checked.code).isEqualTo(1);
    assertThat(dir.resolve("out"))
        .isDirectoryContaining("glob:**/receipt.html")
        .isDirectoryContaining("glob:**/receipt.json")
        .isDirectoryContaining("glob:**/rejects.csv")
        .isDirectoryContaining("glob:**/rejects.xlsx");

    Ran english =
        run(
            "check",
            "--bundle",
            delivered.bundle,
            "--lang",
            "en",
            "--date",
            "2026-03-14",
            delivered.file);
    assertThat(english.output).as("the key is remembered").contains("9 of 11 rows");
  }

  /** Old encodings are read by tables that the jar itself has. */
  @Test
  void readsTcvn3InAJavaThatHasNothingElse() throws Exception {
    Ran checked = check(delivered("vien-nuoc/legacy-encoding", "mau_20260314.csv"), "--lang", "en");
    assertThat(checked.output).contains("2 of 6 rows");
    assertThat(Files.readString(dir.resolve("out/rejects.csv"))).contains("Hồ Tây");
  }

  /** Excel's library logs by log4j, which is in the jar without anything that would write it. */
  @Test
  void readsXlsAndSaysNothingOfItsOwn() throws Exception {
    Ran checked = check(delivered("chi-cuc-moi-truong/cut-off", "tram_20260314.xls"));
    assertThat(checked.output).contains("REC-29").doesNotContain("SLF4J").doesNotContain("og4j");
  }

  private record Ran(int code, String output) {}

  private Ran run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Duser.home=" + dir,
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
    builder.environment().remove("CLASSPATH");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }
}

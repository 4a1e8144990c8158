package vn.tnmt.lakehouse.orchestration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.tnmt.lakehouse.orchestration.demo.DemoNation;

/**
 * Nights and questions on a cluster of this machine, in processes as users start them. The
 * distribution is a folder whose one jar names the class path of the tests.
 */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClusterTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 14);
  private static final Path FEEDS = Path.of("..", "..", "ingestion-jobs", "feeds");
  private static final String TNMT = Tnmt.class.getName();
  private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";

  /** Times and snapshots' numbers differ between any two nights. */
  private static final Map<String, String> VOLATILE =
      Map.of(
          "ops.run", "started_at, ended_at",
          "ops.delivery", "received_at",
          "ops.release", "created_at, tables");

  @TempDir static Path dir;

  private static String distBefore;
  private static Path home;
  private static Path conf;

  @BeforeAll
  static void prepare() throws IOException {
    distBefore = System.getProperty("tnmt.dist", "");
    System.setProperty("tnmt.dist", distribution().toString());
    home = dir.resolve("home");
    conf = conf("cluster", "");
    feeds();
    DemoNation.of(34, DATE).writeNight(dir.resolve("exports"), 1);
  }

  @BeforeEach
  void start() {
    assertThat(tnmt("cluster", "start")).contains("spark.master: " + master());
  }

  @AfterAll
  static void stop() {
    tnmt("cluster", "stop");
    System.setProperty("tnmt.dist", distBefore);
  }

  /** The night by spark-submit on this host; the comparison by a driver on a worker. */
  @Test
  void aNightWhoseWorkersAreKilledIsTheSameAsALocalOne() throws Exception {
    assertThat(tnmt("cluster", "start")).contains("The cluster runs already");
    Path local = dir.resolve("local");
    run("nightly", nightly(local).toArray(String[]::new));
    Map<String, String> expected = contents(run("sql", "--home", local.toString(), question()));

    Path err = dir.resolve("night.err");
    List<String> commandLines = new ArrayList<>();
    Process night =
        submit(err, "client", Stream.concat(Stream.of("nightly"), nightly(home).stream()));
    try {
      await(night, err, () -> text(err).contains("load water.sample"));
      commandLines.addAll(kill("worker-1"));
      assertThat(code("cluster", "status")).isEqualTo(1);
      assertThat(tnmt("cluster", "start")).doesNotContain("does not");
      await(night, err, () -> text(err).contains("consolidate national tables"));
      commandLines.addAll(kill("worker-2"));
      assertThat(night.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      night.destroyForcibly();
    }
    assertThat(night.exitValue()).as(text(err)).isZero();
    assertThat(text(err)).doesNotContain("TNMT-", "Exception");
    assertThat(below(home.resolve("outbox"))).isEqualTo(below(local.resolve("outbox")));

    tnmt("cluster", "start");
    Process question =
        submit(
            dir.resolve("sql.err"),
            "cluster",
            Stream.of("sql", "--home", home.toString(), question()));
    assertThat(question.waitFor(5, TimeUnit.MINUTES)).isTrue();
    Path printed = only(home.resolve("cluster/work"), "driver-.*/stdout");
    assertThat(contents(text(printed)))
        .as(text(printed.resolveSibling("stderr")))
        .isEqualTo(expected);

    assertThat(commandLines).anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"));
    for (String secret : secrets()) {
      assertThat(commandLines).noneMatch(line -> line.contains(secret));
      assertThat(logs()).allSatisfy(log -> assertThat(text(log)).doesNotContain(secret));
    }
  }

  @Test
  void anExecutorThatCannotStartIsToldWithItsReason() throws Exception {
    Path bad = conf("bad", "  conf.spark.executor.extraJavaOptions: -agentlib:nonesuch\n");
    Path err = dir.resolve("bad.err");
    Process question =
        driver(
            err,
            TNMT,
            Stream.of("sql", "select 1", "--home", home.toString(), "--conf", bad.toString()));
    assertThat(question.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(question.exitValue()).isEqualTo(1);
    assertThat(text(err))
        .contains("TNMT-8002", "Command exited with code 1", "agent library nonesuch", "stdout")
        .doesNotContain("TNMT-9001", "Exception", "null");
  }

  @Test
  void aClusterThatGoesAwayIsToldAndSoIsOneThatIsNotThere() throws Exception {
    Path err = dir.resolve("gone.err");
    String[] sql = {
      "sql",
      "select count(*) from range(10000000) a cross join range(1000000) b where a.id * b.id % 7 = 3",
      "--home",
      home.toString(),
      "--conf",
      conf.toString()
    };
    Path work = home.resolve("cluster/work");
    List<String> before = below(work);
    Process question = driver(err, TNMT, Stream.of(sql));
    await(question, err, () -> works(work, before));
    tnmt("cluster", "stop");
    assertThat(question.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(question.exitValue()).isEqualTo(1);
    assertThat(text(err))
        .contains("TNMT-8002", "the cluster had no executor for 20 s")
        .doesNotContain("TNMT-9001", "Exception", "null");

    Process again = driver(err, TNMT, Stream.of(sql));
    assertThat(again.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(text(err)).contains("TNMT-8001", master()).doesNotContain("Exception", "null");
  }

  /** Whether an executor that was not there before has been given work. */
  private static boolean works(Path work, List<String> before) {
    return below(work).stream()
        .filter(file -> file.endsWith("/stderr") && !before.contains(file))
        .anyMatch(file -> text(work.resolve(file)).contains("Got assigned task"));
  }

  private static List<String> nightly(Path at) {
    return List.of(
        "--date",
        DATE.toString(),
        "--home",
        at.toString(),
        "--feeds",
        dir.resolve("feeds").toString(),
        "--exports",
        dir.resolve("exports").toString());
  }

  /** Every table of a release, with how many rows it has and a hash of them all. */
  private static String question() {
    return Stream.of(
            "admin.unit",
            "water.sample",
            "raw.admin_unit",
            "raw.water_sample",
            "national.water_quality",
            "ops.run",
            "ops.delivery",
            "ops.release",
            "ops.quarantine",
            "ops.row_outcome",
            "ops.rule_result")
        .map(
            table ->
                "select '%s:' || count(*) || ':' || coalesce(bit_xor(xxhash64(to_json(struct(*)))), 0) as content from (select %s from %s)"
                    .formatted(
                        table,
                        VOLATILE.containsKey(table)
                            ? "* except (" + VOLATILE.get(table) + ")"
                            : "*",
                        table))
        .collect(Collectors.joining(" union all "));
  }

  private static Map<String, String> contents(String printed) {
    Map<String, String> contents = new TreeMap<>();
    Matcher line = Pattern.compile("([a-z_]+\\.[a-z_]+):(\\d+:-?\\d+)").matcher(printed);
    while (line.find()) {
      contents.put(line.group(1), line.group(2));
    }
    assertThat(contents).hasSize(11);
    assertThat(contents.get("water.sample")).doesNotStartWith("0:");
    return contents;
  }

  /** Two provinces and the administrative units of the feeds that come along. */
  private static void feeds() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("feeds"));
    Files.copy(FEEDS.resolve("central.yaml"), folder.resolve("central.yaml"));
    String[] parts = Files.readString(FEEDS.resolve("provinces.yaml")).split("\nfeeds:\n", 2);
    String feed = parts[1].substring(parts[1].indexOf("  - id: water-sample"));
    for (String[] province : new String[][] {{"hue", "46"}, {"tay_ninh", "80"}}) {
      Files.writeString(
          folder.resolve(province[0] + ".yaml"),
          (parts[0] + "\nfeeds:\n" + feed)
              .replaceAll("(?m)^forEach:.*\n", "")
              .replace("${province.slug}", province[0])
              .replace("${province.code}", province[1])
              .replaceAll("\\$\\{province\\.\\w+}", province[0]));
    }
  }

  private static final int PORT = 27_077;

  private static Path conf(String name, String more) throws IOException {
    return Files.writeString(
        dir.resolve(name + ".yaml"),
        """
        cluster:
          port: %d
          ui.port: 0
          worker.cores: 1
          worker.memory: 1024
        spark:
          master: %s
          patienceSeconds: 20
        %s"""
            .formatted(PORT, master(), more));
  }

  private static String master() {
    return "spark://127.0.0.1:" + PORT;
  }

  private static Path distribution() throws IOException {
    Path dist = dir.resolve("dist");
    Files.createDirectories(dist.resolve("jars"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(classPath.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(dist.resolve("jars/class-path.jar")), manifest)
        .close();
    // The jars of the embedded store, where a distribution has them.
    Files.createSymbolicLink(
        dist.resolve("s3"), Path.of(System.getProperty("tnmt.s3proxy.lib")).toAbsolutePath());
    Files.writeString(
        dist.resolve("jvm.args"),
        System.getProperty("tnmt.spark.jvm.flags")
            .replaceAll("--add-modules=\\S+", "")
            .replace(' ', '\n'));
    return dist;
  }

  private static Process submit(Path err, String mode, Stream<String> arguments)
      throws IOException {
    return driver(
        err,
        SUBMIT,
        Stream.concat(
            Stream.of(
                "--properties-file",
                home.resolve("cluster/spark.properties").toString(),
                "--deploy-mode",
                mode,
                "--driver-memory",
                "900m",
                "--conf",
                "spark.standalone.submit.waitAppCompletion=true",
                "--class",
                TNMT,
                dir.resolve("dist/jars/class-path.jar").toString()),
            arguments));
  }

  private static Process driver(Path err, String main, Stream<String> arguments)
      throws IOException {
    Path dist = dir.resolve("dist");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + dist.resolve("jvm.args"));
    command.addAll(List.of("-Xmx900m", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8"));
    command.add("-Dtnmt.dist=" + dist);
    command.add("-Dtnmt.s3proxy.lib=" + System.getProperty("tnmt.s3proxy.lib"));
    command.addAll(List.of("-cp", dist.resolve("jars") + "/*", main));
    command.addAll(arguments.toList());
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(err.toFile())
        .start();
  }

  /** Kills a worker and its executors as a power cut does, and answers their command lines. */
  private static List<String> kill(String role) throws IOException {
    String pid = text(home.resolve("cluster/" + role + ".pid")).split(" ", 2)[0];
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(worker));
    worker.descendants().forEach(all::add);
    List<String> lines = new ArrayList<>();
    for (ProcessHandle one : all) {
      Path line = Path.of("/proc", Long.toString(one.pid()), "cmdline");
      lines.add(Files.exists(line) ? Files.readString(line) : one.info().commandLine().orElse(""));
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
    return lines;
  }

  private static void await(Process process, Path err, BooleanSupplier what)
      throws InterruptedException {
    while (!what.getAsBoolean()) {
      assertThat(process.isAlive()).as(text(err)).isTrue();
      Thread.sleep(100);
    }
  }

  private static String tnmt(String command, String action) {
    return run(command, action, "--home", home.toString(), "--conf", conf.toString());
  }

  private static int code(String command, String action) {
    PrintWriter nobody = new PrintWriter(new StringWriter());
    return Tnmt.run(
        nobody, nobody, command, action, "--home", home.toString(), "--conf", conf.toString());
  }

  private static String run(String command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] line = Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new);
    int code = Tnmt.run(new PrintWriter(out), new PrintWriter(err), line);
    assertThat(code).as(out + "\n" + err).isZero();
    return out.toString();
  }

  /** What must be in no log and on no command line. */
  private static List<String> secrets() {
    String text =
        text(home.resolve("credentials.yaml")) + text(home.resolve("cluster/spark.properties"));
    List<String> secrets = new ArrayList<>();
    Matcher secret =
        Pattern.compile("(?m)(?:secretKey:|token:|authenticate\\.secret) *(\\S+)").matcher(text);
    while (secret.find()) {
      secrets.add(secret.group(1));
    }
    assertThat(secrets).hasSize(3);
    return secrets;
  }

  private static List<Path> logs() {
    return Stream.of("cluster", "logs")
        .flatMap(folder -> below(home.resolve(folder)).stream().map(home.resolve(folder)::resolve))
        .filter(file -> file.toString().matches(".*(\\.log|/stderr|/stdout)"))
        .toList();
  }

  private static Path only(Path folder, String pattern) {
    List<String> found = below(folder).stream().filter(file -> file.matches(pattern)).toList();
    assertThat(found).hasSize(1);
    return folder.resolve(found.get(0));
  }

  private static List<String> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

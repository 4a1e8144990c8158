package vn.tnmt.lakehouse.core.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.config.WholeFile;
import vn.tnmt.lakehouse.core.local.ProcessLock;

/**
 * Spark's own master and two workers on loopback, run from the distribution: for tests and small
 * sites. They outlive the command that starts them.
 *
 * <p>All of it lies in {@code <home>/cluster}: {@code spark.properties}, which Spark's processes,
 * {@link vn.tnmt.lakehouse.core.spark.Sessions} and {@code spark-submit} read alike, and which
 * holds the secret that all of them must know (mode 600); a file for each process; their logs; and
 * {@code work}, with a folder for each application.
 */
public final class LocalCluster {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String MASTER = "master";
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What comes along of this process's environment; no secret of a store does. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR");

  private final Settings settings;
  private final Path folder;

  public LocalCluster(Settings settings) {
    this.settings = settings;
    this.folder = settings.home().resolve("cluster");
  }

  /**
   * One process.
   *
   * @param role master, worker-1 or worker-2
   * @param pid its id; 0 when it does not run
   * @param address what Spark calls it
   * @param ui its web page
   * @param use what the master says of its cores and memory; empty when it says nothing
   */
  public record Member(String role, long pid, String address, String ui, String use) {
    /** Whether it does its work: it runs, and the master knows it. */
    public boolean works() {
      return !use.isEmpty();
    }
  }

  /** The file that {@code spark-submit --properties-file} takes. */
  public Path propertiesFile() {
    return folder.resolve("spark.properties");
  }

  /** Spark's settings for the cluster of the home, when that is what {@code master} names. */
  public static Map<String, String> properties(Settings settings, String master) {
    Map<String, String> properties = new LocalCluster(settings).properties();
    return master.equals(properties.get("spark.master")) ? properties : Map.of();
  }

  /**
   * What an executor of this cluster printed last, and where.
   *
   * @param executor its name in Spark, {@code app-…/3}
   */
  public Optional<String> printed(String executor) {
    Path work = folder.resolve("work").resolve(executor);
    return lastOf(work.resolve("stderr")).or(() -> lastOf(work.resolve("stdout")));
  }

  private static Optional<String> lastOf(Path printed) {
    try {
      return Files.exists(printed)
          ? ClusterFaults.lastOf(Files.readAllLines(printed)).map(line -> line + ", " + printed)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Starts what does not run yet, and waits until the master knows both workers.
   *
   * @return whether anything had to be started
   * @throws TnmtException {@code TNMT-5006} for a port that is taken, {@code TNMT-8002} when a
   *     process does not come up
   */
  public boolean start() {
    return locked(
        () -> {
          List<String> started = new ArrayList<>();
          if (process(MASTER).isEmpty()) {
            end(); // workers that have no master any more
            launchMaster();
            await(MASTER);
            started.add(MASTER);
          }
          for (String worker : WORKERS) {
            if (process(worker).isEmpty()) {
              launchWorker(worker);
              started.add(worker);
            }
          }
          for (String role : started) {
            await(role);
          }
          return !started.isEmpty();
        });
  }

  /**
   * Ends the processes that were started for this home, and no others.
   *
   * @return whether there were any
   */
  public boolean stop() {
    return locked(this::end);
  }

  /** Every process, whether it runs or not. */
  public List<Member> status() {
    try {
      Optional<ClusterProcess> master = process(MASTER);
      Optional<JsonNode> state = master.flatMap(LocalCluster::state);
      List<Member> members = new ArrayList<>();
      members.add(
          member(
              MASTER,
              "spark://",
              master,
              state.map(
                  json ->
                      use(json) + ", applications: %d".formatted(json.path("activeapps").size()))));
      for (String role : WORKERS) {
        Optional<ClusterProcess> worker = process(role);
        members.add(
            member(
                role,
                "",
                worker,
                worker.flatMap(
                    one -> state.flatMap(json -> alive(json, one)).map(LocalCluster::use))));
      }
      return members;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Member member(
      String role, String scheme, Optional<ClusterProcess> process, Optional<String> use) {
    return process
        .map(
            one ->
                new Member(
                    role,
                    one.handle().pid(),
                    scheme + LOOPBACK + ":" + one.port(),
                    "http://" + LOOPBACK + ":" + one.uiPort(),
                    use.orElse("")))
        .orElseGet(() -> new Member(role, 0, "", "", ""));
  }

  private static String use(JsonNode json) {
    return "cores %d/%d, memory %d/%d MB"
        .formatted(
            json.path("coresused").asInt(),
            json.path("cores").asInt(),
            json.path("memoryused").asInt(),
            json.path("memory").asInt());
  }

  private void launchMaster() throws IOException {
    int port = port(SettingKey.CLUSTER_PORT);
    int uiPort = port(SettingKey.CLUSTER_UI_PORT);
    configure(port);
    launch(
        MASTER,
        port,
        uiPort,
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            LOOPBACK,
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(uiPort),
            "--properties-file",
            propertiesFile().toString()));
  }

  private void launchWorker(String role) throws IOException {
    int port = free(0).orElseThrow();
    int uiPort = free(0).orElseThrow();
    launch(
        role,
        port,
        uiPort,
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            LOOPBACK,
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(uiPort),
            "--cores",
            Integer.toString(cores()),
            "--memory",
            settings.integer(SettingKey.CLUSTER_WORKER_MEMORY) + "m",
            "--work-dir",
            settings.home().privateFolder("cluster/work").toString(),
            "--properties-file",
            propertiesFile().toString(),
            properties().getOrDefault("spark.master", "")));
  }

  /** Those of one worker. */
  private int cores() {
    int cores = settings.integer(SettingKey.CLUSTER_WORKER_CORES);
    int half = Runtime.getRuntime().availableProcessors() / WORKERS.size();
    return cores == 0 ? Math.max(1, half) : cores;
  }

  /** What master, workers, drivers and executors must agree on. */
  private void configure(int port) throws IOException {
    WholeFile.write(
        propertiesFile(),
        """
        # Written by tnmt cluster start. Keep it secret.
        spark.master spark://%s:%d
        spark.authenticate true
        spark.authenticate.secret %s
        spark.driver.host %s
        spark.driver.bindAddress %s
        spark.driver.extraJavaOptions %s
        spark.executor.memory %dm
        spark.sql.shuffle.partitions %d
        """
            .formatted(
                LOOPBACK,
                port,
                Credentials.random(32),
                LOOPBACK,
                LOOPBACK,
                driverOptions(),
                settings.integer(SettingKey.CLUSTER_WORKER_MEMORY),
                2 * WORKERS.size() * cores()),
        WholeFile.PRIVATE);
  }

  /** Flags of a driver that a worker starts; this command's launcher gives its own driver them. */
  private static String driverOptions() throws IOException {
    Path dist = distribution();
    return "%s %s -Dtnmt.dist=\"%s\" -Dtnmt.s3proxy.lib=\"%s\""
        .formatted(
            Files.readString(dist.resolve("jvm.args")).strip().replaceAll("\\s+", " "),
            ExecutorDefaults.JAVA_OPTIONS,
            dist,
            dist.resolve("s3"));
  }

  private void launch(String role, int port, int uiPort, List<String> arguments)
      throws IOException {
    Path dist = distribution();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + dist.resolve("jvm.args"));
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of(ExecutorDefaults.JAVA_OPTIONS.split(" ", -1)));
    // A port that is taken is told; Spark would take the next one, which nobody knows.
    command.add("-Dspark.port.maxRetries=0");
    // It would ask nobody for the secret.
    command.add("-Dspark.master.rest.enabled=false");
    command.add("-Dspark.ui.killEnabled=false");
    command.add("-Dspark.worker.cleanup.enabled=true");
    command.addAll(List.of("-cp", dist.resolve("jars") + "/*"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(role).toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.putAll(ExecutorDefaults.ENVIRONMENT);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_HOME", dist.toString());
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    ClusterProcess.remember(file(role), process.toHandle(), port, uiPort);
  }

  /** Until the master answers and knows the process. */
  private void await(String role) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<ClusterProcess> process = process(role);
      if (process.isEmpty()) {
        break;
      }
      if (status().stream().anyMatch(member -> member.role().equals(role) && member.works())) {
        return;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    List<String> said = Files.readAllLines(log(role));
    throw TnmtException.of(
        ErrorCode.CLUSTER_FAILED,
        "tiến trình của cụm không khởi động được / a process of the cluster did not come up: "
            + role
            + ClusterFaults.lastOf(said).map(line -> ", " + line).orElse(""),
        log(role).toString(),
        "xem nhật ký đó, sửa, rồi chạy lại / read that log, mend it, then run again:"
            + " ./tnmt cluster start");
  }

  private boolean end() throws IOException {
    boolean any = false;
    // The master first: it would have workers start other executors for those that end.
    List<String> roles = new ArrayList<>(List.of(MASTER));
    roles.addAll(WORKERS);
    for (String role : roles) {
      Optional<ClusterProcess> process = process(role);
      if (process.isPresent()) {
        process.get().end();
        any = true;
      }
      Files.deleteIfExists(file(role));
    }
    Files.deleteIfExists(propertiesFile());
    remove(folder.resolve("local")); // shuffles of executors that were killed
    return any;
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private Map<String, String> properties() {
    Map<String, String> found = new TreeMap<>();
    try {
      if (Files.exists(propertiesFile())) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(propertiesFile())) {
          properties.load(in);
        }
        properties.stringPropertyNames().forEach(k -> found.put(k, properties.getProperty(k)));
      }
      return found;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What the master's web page says, for programs; empty when it does not answer. */
  private static Optional<JsonNode> state(ClusterProcess master) {
    try {
      URLConnection page =
          URI.create("http://%s:%d/json/".formatted(LOOPBACK, master.uiPort()))
              .toURL()
              .openConnection(Proxy.NO_PROXY);
      page.setConnectTimeout(2_000);
      page.setReadTimeout(5_000);
      try (InputStream in = page.getInputStream()) {
        return Optional.of(new ObjectMapper().readTree(in))
            .filter(json -> json.path("status").asText().equals("ALIVE"));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> alive(JsonNode master, ClusterProcess worker) {
    return StreamSupport.stream(master.path("workers").spliterator(), false)
        .filter(json -> json.path("port").asInt() == worker.port())
        .filter(json -> json.path("state").asText().equals("ALIVE"))
        .findFirst();
  }

  private int port(SettingKey key) throws IOException {
    int wanted = settings.integer(key);
    return free(wanted)
        .orElseThrow(
            () ->
                TnmtException.of(
                    ErrorCode.PORT_IN_USE,
                    "cổng đã có tiến trình khác dùng / the port is in use: " + wanted,
                    key.key(),
                    "chọn cổng khác, hoặc 0 để lấy cổng bất kỳ / choose another port, or 0 for any"));
  }

  /** The port when nobody has it; of 0, any that nobody has. */
  private static Optional<Integer> free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Optional.of(socket.getLocalPort());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path distribution() {
    Path dist = Path.of(System.getProperty("tnmt.dist", "")).toAbsolutePath();
    if (!Files.isDirectory(dist.resolve("jars"))) {
      throw TnmtException.of(
          ErrorCode.INSTALLATION_INCOMPLETE,
          "thiếu thư mục jars của bản phân phối / the distribution's folder of jars is missing",
          dist.toString(),
          "chạy bằng ./tnmt / run it by ./tnmt");
    }
    return dist;
  }

  private Optional<ClusterProcess> process(String role) throws IOException {
    return ClusterProcess.running(file(role));
  }

  private Path file(String role) {
    return folder.resolve(role + ".pid");
  }

  private Path log(String role) {
    return folder.resolve(role + ".log");
  }

  @FunctionalInterface
  private interface Work {
    boolean run() throws IOException;
  }

  private boolean locked(Work work) {
    try (ProcessLock lock =
        ProcessLock.tryTake(settings.home().privateFolder("cluster").resolve("lock"))
            .orElseThrow(
                () ->
                    TnmtException.of(
                        ErrorCode.HOME_IN_USE,
                        "cụm đang được khởi động hoặc dừng / the cluster is being started or ended",
                        folder.toString(),
                        "chờ lệnh kia xong / wait until the other command has finished"))) {
      return work.run();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private TnmtException unusable(IOException e) {
    return TnmtException.of(
        ErrorCode.HOME_INVALID,
        "không dùng được thư mục của cụm / the cluster's folder cannot be used",
        folder.toString(),
        "",
        e);
  }
}

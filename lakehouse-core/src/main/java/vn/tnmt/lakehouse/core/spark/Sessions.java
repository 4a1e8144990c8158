package vn.tnmt.lakehouse.core.spark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.cluster.ClusterWatch;
import vn.tnmt.lakehouse.core.cluster.ExecutorDefaults;
import vn.tnmt.lakehouse.core.cluster.LocalCluster;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.CatalogueAccess;
import vn.tnmt.lakehouse.core.lake.Lakehouse;

/**
 * Spark sessions with the lakehouse as default catalogue. One Spark runs per JVM: a second
 * lakehouse in the same JVM gets a session of its own in it. What {@code spark-submit} or {@code
 * spark.conf.*} says wins over what is set here.
 */
public final class Sessions {
  private static final String SEDONA_EXTENSION = "org.apache.sedona.sql.SedonaSqlExtensions";
  private static final String ICEBERG_EXTENSION =
      "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions";

  private static final Pattern LOOPBACK =
      Pattern.compile("^\\w+://(?:127\\.[\\d.]+|localhost|\\[::1\\])(?::|/|$)");

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private static boolean kept;
  private static int users;
  private static @Nullable ClusterWatch watch;
  private static Optional<TnmtException> clusterFailed = Optional.empty();

  private Sessions() {}

  /**
   * Starts Spark in the background, before the lakehouse's addresses are known; {@link #open} waits
   * for it. A failure shows there.
   */
  public static void startAhead(Settings settings) {
    Thread starter = new Thread(() -> startQuietly(settings), "spark-start");
    starter.setDaemon(true);
    starter.start();
  }

  /** A session for the lakehouse at {@code access}. */
  public static synchronized SparkSession open(Settings settings, CatalogueAccess access) {
    requireReachable(settings, access);
    if (clusterFailed.isPresent()) { // it was waited for ahead
      TnmtException failure = clusterFailed.get();
      clusterFailed = Optional.empty();
      throw failure;
    }
    SparkSession session = running().map(SparkSession::newSession).orElseGet(() -> start(settings));
    catalogue(access).forEach(session.conf()::set);
    settings.sparkConf().entrySet().stream()
        .filter(entry -> session.conf().isModifiable(entry.getKey()))
        .forEach(entry -> session.conf().set(entry.getKey(), entry.getValue()));
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    access.store().hadoopProperties().forEach(hadoop::set);
    SparkSession.setActiveSession(session);
    users++;
    return session;
  }

  /** Gives a session back; the last one stops Spark. */
  public static synchronized void close(SparkSession session) {
    users--;
    SparkSession.clearActiveSession();
    if (users == 0 && !kept) {
      if (watch != null) {
        watch.close();
      }
      session.sparkContext().stop();
      SparkSession.clearDefaultSession();
    }
  }

  /** From now on Spark runs as long as the JVM, so that test classes share it. */
  public static synchronized void keepRunning() {
    kept = true;
  }

  private static Optional<SparkSession> running() {
    SparkSession session = SparkSession.getDefaultSession().getOrElse(() -> null);
    return session == null || session.sparkContext().isStopped()
        ? Optional.empty()
        : Optional.of(session);
  }

  private static synchronized void startQuietly(Settings settings) {
    if (running().isEmpty()) {
      try {
        start(settings);
      } catch (TnmtException e) {
        clusterFailed = Optional.of(e);
      } catch (RuntimeException e) {
        LOG.warn("Spark did not start ahead; it is tried again when it is needed", e);
      }
    }
  }

  private static SparkSession start(Settings settings) {
    // Sedona tells its makers of each start, over the internet: a nation's platform tells nobody.
    System.setProperty("SCARF_NO_ANALYTICS", "true");
    SparkConf conf = new SparkConf(true);
    settings.sparkConf().forEach(conf::set);
    String master = master(settings);
    conf.setMaster(master);
    conf.setIfMissing("spark.app.name", "tnmt");
    defaults(settings, master).forEach(conf::setIfMissing);
    if (isLocal(master)) {
      return SparkSession.builder().config(conf).getOrCreate();
    }
    LocalCluster.properties(settings, master).forEach(conf::setIfMissing);
    Duration patience = Duration.ofSeconds(settings.integer(SettingKey.SPARK_PATIENCE));
    watch =
        ClusterWatch.start(
            master,
            patience,
            new LocalCluster(settings)::printed,
            () -> SparkSession.builder().config(conf).getOrCreate());
    return running().orElseThrow();
  }

  private static String master(Settings settings) {
    return settings
        .sparkConf()
        .getOrDefault("spark.master", settings.text(SettingKey.SPARK_MASTER));
  }

  /** Whether tasks run in this process. */
  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Executors of other hosts would ask themselves for what answers on this one's loopback. */
  private static void requireReachable(Settings settings, CatalogueAccess access) {
    String master = master(settings);
    if (!isLocal(master) && !isLoopback(master) && isLoopback(access.store().endpoint())) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "máy tính toán của %s không tới được kho đối tượng trên 127.0.0.1 / executors of %s cannot reach an object store on 127.0.0.1"
              .formatted(master, master),
          SettingKey.STORE_KIND.key(),
          "dùng kho mà các máy đó tới được / use a store that they reach: store.kind s3,"
              + " store.endpoint (docs/cluster.md)");
    }
  }

  private static boolean isLoopback(String address) {
    return LOOPBACK.matcher(address).find() || address.startsWith("local-cluster[");
  }

  private static Map<String, String> defaults(Settings settings, String master) {
    boolean sedona = isOnClassPath(SEDONA_EXTENSION);
    boolean local = isLocal(master);
    int partitions = settings.integer(SettingKey.SPARK_PARALLELISM);
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put(
        "spark.sql.extensions",
        sedona ? ICEBERG_EXTENSION + "," + SEDONA_EXTENSION : ICEBERG_EXTENSION);
    conf.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    if (sedona) {
      conf.put("spark.kryo.registrator", "org.apache.sedona.core.serde.SedonaKryoRegistrator");
    }
    conf.put("spark.sql.session.timeZone", "UTC");
    conf.put("spark.sql.defaultCatalog", Lakehouse.CATALOGUE);
    conf.put("spark.ui.enabled", settings.text(SettingKey.SPARK_UI));
    conf.put("spark.ui.showConsoleProgress", "false");
    conf.put("spark.log.structuredLogging.enabled", "false");
    // A long night must not keep the story of each of its jobs.
    conf.put("spark.ui.retainedJobs", "20");
    conf.put("spark.ui.retainedStages", "40");
    conf.put("spark.ui.retainedTasks", "2000");
    conf.put("spark.sql.ui.retainedExecutions", "10");
    conf.put("spark.sql.adaptive.coalescePartitions.minPartitionSize", "4m");
    // All executors are as far from the object store.
    conf.put("spark.locality.wait", "0");
    if (local) {
      int cores = Runtime.getRuntime().availableProcessors();
      // Spark listens on loopback also for itself, and reads Java objects there: of nobody else. It
      // makes a secret at random, which no file has.
      conf.put("spark.authenticate", "true");
      conf.put("spark.driver.host", "127.0.0.1");
      conf.put("spark.driver.bindAddress", "127.0.0.1");
      conf.put(
          "spark.sql.shuffle.partitions",
          Integer.toString(partitions > 0 ? partitions : 2 * cores));
      conf.put(
          "spark.sql.warehouse.dir", settings.home().resolve("spark-warehouse").toUri().toString());
    } else {
      // Spark puts these before whatever spark.executor.extraJavaOptions says.
      conf.put("spark.executor.defaultJavaOptions", ExecutorDefaults.JAVA_OPTIONS);
      ExecutorDefaults.ENVIRONMENT.forEach(
          (name, value) -> conf.put("spark.executorEnv." + name, value));
      if (partitions > 0) {
        conf.put("spark.sql.shuffle.partitions", Integer.toString(partitions));
      }
    }
    return conf;
  }

  private static Map<String, String> catalogue(CatalogueAccess access) {
    String prefix = "spark.sql.catalog." + Lakehouse.CATALOGUE;
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put(prefix, "org.apache.iceberg.spark.SparkCatalog");
    conf.put(prefix + ".catalog-impl", access.client().getName());
    // Tables change through the Java catalogue and other processes too.
    conf.put(prefix + ".cache-enabled", "false");
    access.properties().forEach((key, value) -> conf.put(prefix + "." + key, value));
    return conf;
  }

  private static boolean isOnClassPath(String className) {
    return Sessions.class.getClassLoader().getResource(className.replace('.', '/') + ".class")
        != null;
  }
}

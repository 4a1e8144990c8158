package vn.tnmt.lakehouse.core.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private static boolean kept;
  private static int users;

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
      } catch (RuntimeException e) {
        LOG.warn("Spark did not start ahead; it is tried again when it is needed", e);
      }
    }
  }

  private static SparkSession start(Settings settings) {
    SparkConf conf = new SparkConf(true);
    conf.setIfMissing("spark.app.name", "tnmt");
    conf.setIfMissing("spark.master", settings.text(SettingKey.SPARK_MASTER));
    defaults(settings, conf.get("spark.master")).forEach(conf::setIfMissing);
    settings.sparkConf().forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static Map<String, String> defaults(Settings settings, String master) {
    boolean sedona = isOnClassPath(SEDONA_EXTENSION);
    boolean local = master.startsWith("local");
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
    if (local) {
      int cores = Runtime.getRuntime().availableProcessors();
      // Spark listens on loopback also for itself, and reads Java objects there: of nobody else. It
      // makes a secret at random, which no file has.
      conf.put("spark.authenticate", "true");
      conf.put("spark.driver.host", "127.0.0.1");
      conf.put("spark.driver.bindAddress", "127.0.0.1");
      conf.put("spark.locality.wait", "0");
      conf.put(
          "spark.sql.shuffle.partitions",
          Integer.toString(partitions > 0 ? partitions : 2 * cores));
      conf.put(
          "spark.sql.warehouse.dir", settings.home().resolve("spark-warehouse").toUri().toString());
    } else if (partitions > 0) {
      conf.put("spark.sql.shuffle.partitions", Integer.toString(partitions));
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

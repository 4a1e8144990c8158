package vn.tnmt.lakehouse.core.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what a cluster's manager says of executors that do not come, and of applications that
 * it ends: Spark tells it nowhere but in its log.
 */
final class ClusterLog extends AbstractAppender {
  private static final String OF_MANAGERS = "org.apache.spark.deploy.client";
  private static final String OF_SCHEDULER = "org.apache.spark.scheduler";

  private static final Pattern EXECUTOR =
      Pattern.compile("Executor updated: (\\S+) is now (FAILED|EXITED|LOST|KILLED)(?: \\((.*)\\))?");

  /** A warning of the scheduler that says why, in the words of any manager. */
  private static final Pattern WHY =
      Pattern.compile("(?i).*(executor|application|resources|container|pod|master).*");

  private volatile @Nullable String executor;
  private volatile @Nullable String warning;

  private ClusterLog() {
    super("cluster", null, null, true, Property.EMPTY_ARRAY);
  }

  /** From now on. */
  static ClusterLog listen() {
    ClusterLog log = new ClusterLog();
    log.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    attach(configuration, OF_MANAGERS, Level.INFO, log);
    attach(configuration, OF_SCHEDULER, Level.WARN, log);
    context.updateLoggers();
    return log;
  }

  private static void attach(
      Configuration configuration, String name, Level level, ClusterLog log) {
    LoggerConfig logger = configuration.getLoggerConfig(name);
    if (!logger.getName().equals(name)) {
      logger = new LoggerConfig(name, level, true);
      configuration.addLogger(name, logger);
    }
    logger.addAppender(log, level, null);
  }

  @Override
  public void append(LogEvent event) {
    String message = event.getMessage().getFormattedMessage().lines().findFirst().orElse("");
    Matcher update = EXECUTOR.matcher(message);
    if (update.find()) {
      if (update.group(3) != null) {
        executor = ClusterFaults.plain(update.group(3));
      }
    } else if (event.getLevel().isMoreSpecificThan(Level.WARN) && WHY.matcher(message).matches()) {
      warning = ClusterFaults.plain(message);
    }
  }

  /** What was said last of why an executor ended, else the last warning. */
  Optional<String> why() {
    return Optional.ofNullable(executor).or(() -> Optional.ofNullable(warning));
  }
}

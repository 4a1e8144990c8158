package vn.tnmt.lakehouse.core.cluster;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
      Pattern.compile("Executor updated: (\\S+) is now (FAILED|EXITED|LOST) \\((.*)\\)");

  /** A warning of the scheduler that says why, in the words of any manager. */
  private static final Pattern WHY =
      Pattern.compile("(?i).*(executor|application|resources|container|pod|master).*");

  private static final Pattern APPLICATION =
      Pattern.compile("Application has been killed\\. Reason: (?!Master removed)(.*)");

  private final Function<String, Optional<String>> printed;
  private volatile int ended;
  private volatile @Nullable String application;
  private volatile @Nullable String executor;
  private volatile @Nullable String warning;

  private ClusterLog(Function<String, Optional<String>> printed) {
    super("cluster-" + UUID.randomUUID(), null, null, true, Property.EMPTY_ARRAY);
    this.printed = printed;
  }

  /**
   * From now on.
   *
   * @param printed what an executor printed last, by its name ({@code app-…/3}), where that is
   *     known
   */
  static ClusterLog listen(Function<String, Optional<String>> printed) {
    ClusterLog log = new ClusterLog(printed);
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
  public synchronized void append(LogEvent event) {
    String message = event.getMessage().getFormattedMessage().lines().findFirst().orElse("");
    Matcher update = EXECUTOR.matcher(message);
    Matcher killed = APPLICATION.matcher(message);
    if (update.find()) {
      ended++;
      String why = ClusterFaults.plain(String.valueOf(update.group(3)));
      executor = printed.apply(update.group(1)).map(line -> why + ", " + line).orElse(why);
    } else if (killed.find()) {
      application = ClusterFaults.plain(killed.group(1));
    } else if (event.getLevel().isMoreSpecificThan(Level.WARN) && WHY.matcher(message).matches()) {
      warning = ClusterFaults.plain(message);
    }
  }

  /** How many executors have ended. */
  int ended() {
    return ended;
  }

  /** Why the application was ended, else why an executor was, else the last warning. */
  Optional<String> why() {
    return Optional.ofNullable(application)
        .or(() -> Optional.ofNullable(executor))
        .or(() -> Optional.ofNullable(warning));
  }
}

package vn.tnmt.lakehouse.orchestration.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import vn.tnmt.lakehouse.base.progress.Waits;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.lease.Holder;
import vn.tnmt.lakehouse.core.local.HomeLock;
import vn.tnmt.lakehouse.transform.release.Past;

/**
 * A lakehouse that a command may write to: nobody else does, on this home or on another host, and
 * home, store and catalogue have the same past.
 */
public record Writing(HomeLock lock, Lakehouse lake) implements AutoCloseable {
  /** Opens it for a command that will certainly need Spark. */
  public static Writing withSpark(HomeOptions options, Settings settings, String command) {
    return open(
        options,
        settings,
        command,
        () -> agreed(Lakehouse.openWithSpark(options.home(), settings), options, command));
  }

  static Writing open(HomeOptions options, Settings settings, String command) {
    return open(
        options,
        settings,
        command,
        () -> agreed(Lakehouse.open(options.home(), settings), options, command));
  }

  /**
   * Opens it for a command that brings the three together again.
   *
   * @param dryRun it only looks
   */
  static Writing toRepair(HomeOptions options, Settings settings, boolean dryRun) {
    return open(
        options,
        settings,
        "repair",
        () -> {
          Lakehouse lake = Lakehouse.open(options.home(), settings);
          return dryRun ? lake : leased(lake, options, "repair");
        });
  }

  private static Writing open(
      HomeOptions options, Settings settings, String command, Supplier<Lakehouse> opening) {
    Home home = options.home();
    HomeLock lock = HomeLock.acquire(home, command);
    try {
      home.requireWritable(
          List.of(
              "s3",
              "catalogue.db",
              "work",
              "logs",
              settings.path(SettingKey.OUTBOX_DIR).toString(),
              settings.path(SettingKey.REPORT_DIR).toString()));
      return new Writing(lock, options.opened(opening));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Lakehouse agreed(Lakehouse lake, HomeOptions options, String command) {
    return Past.agreed(leased(lake, options, command));
  }

  private static Lakehouse leased(Lakehouse lake, HomeOptions options, String command) {
    AtomicReference<Holder> told = new AtomicReference<>();
    try {
      lake.take(
          Past.knownId(lake.home(), lake.store()),
          command,
          () -> Past.beginning(lake.store()),
          holder -> {
            String waiting =
                "hồ đang được lệnh khác ghi, đang chờ / the lake is being written, waiting for "
                    + holder;
            Waits.tell(waiting);
            if (!holder.equals(told.getAndSet(holder))) {
              options.progress().line(waiting);
            }
          });
      return lake;
    } catch (RuntimeException e) {
      lake.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (lock) {
      lake.close();
    }
  }
}

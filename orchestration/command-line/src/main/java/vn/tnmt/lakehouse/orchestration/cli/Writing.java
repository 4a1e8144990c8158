package vn.tnmt.lakehouse.orchestration.cli;

import java.util.List;
import java.util.function.Supplier;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.core.lake.Lakehouse;
import vn.tnmt.lakehouse.core.local.HomeLock;
import vn.tnmt.lakehouse.transform.release.Past;

/**
 * A lakehouse that a command may write to: nobody else does, and home, store and catalogue have the
 * same past.
 */
record Writing(HomeLock lock, Lakehouse lake) implements AutoCloseable {
  /** Opens it for a command that will certainly need Spark. */
  static Writing withSpark(HomeOptions options, Settings settings, String command) {
    return open(
        options, settings, command, () -> Lakehouse.openWithSpark(options.home(), settings));
  }

  static Writing open(HomeOptions options, Settings settings, String command) {
    return open(options, settings, command, () -> Lakehouse.open(options.home(), settings));
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
      return new Writing(lock, options.opened(() -> Past.agreed(opening.get())));
    } catch (RuntimeException e) {
      lock.close();
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

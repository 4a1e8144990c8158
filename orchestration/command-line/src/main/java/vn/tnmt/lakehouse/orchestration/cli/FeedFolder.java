package vn.tnmt.lakehouse.orchestration.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.SettingKey;
import vn.tnmt.lakehouse.core.config.Settings;
import vn.tnmt.lakehouse.ingestion.feed.Feed;
import vn.tnmt.lakehouse.ingestion.feed.Feeds;

/** Finds the feeds that a command works on. */
public final class FeedFolder {
  private FeedFolder() {}

  /** The feeds that come with the distribution. */
  private static Path bundled() {
    String dist = System.getProperty("tnmt.dist");
    if (dist == null) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "no folder of feeds",
          "feeds.dir",
          "give one with --feeds DIR");
    }
    return Path.of(dist, "feeds");
  }

  /**
   * @param folder given on the command line; null for the folder that the settings name
   */
  static List<Feed> load(Settings settings, Path folder) {
    return Feeds.load(folder(settings, folder), variables(settings));
  }

  /** The feeds of the settings, and those that only the demo has. */
  public static List<Feed> loadDemo(Settings settings) {
    return Feeds.load(
        List.of(folder(settings, null), bundled().resolveSibling("feeds-demo")),
        variables(settings));
  }

  /** The folder itself, with the same argument. */
  static Path folder(Settings settings, @Nullable Path folder) {
    return Optional.ofNullable(folder)
        .or(() -> settings.optionalPath(SettingKey.FEEDS_DIR))
        .orElseGet(FeedFolder::bundled);
  }

  /** What feeds may say with {@code ${…}}. */
  static Map<String, String> variables(Settings settings) {
    Map<String, String> variables = new HashMap<>(settings.feedVariables());
    variables.put("exports", settings.path("exports.root").toString());
    return variables;
  }
}

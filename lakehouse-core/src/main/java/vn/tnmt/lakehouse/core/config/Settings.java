package vn.tnmt.lakehouse.core.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;

/**
 * The settings of one run: defaults, overlaid by one YAML file, overlaid by {@link #with}.
 * Immutable.
 *
 * <p>The file nests keys or writes them with dots, as it likes. A key that does not exist is
 * TNMT-5001 with file, line and the nearest key that does; a value that will not do is TNMT-5002.
 * Relative paths are taken from the home folder.
 */
public final class Settings {
  /** Names the settings file when no option does. */
  public static final String FILE_VARIABLE = "TNMT_CONF";

  private final Home home;
  private final Map<String, String> values;

  private Settings(Home home, Map<String, String> values) {
    this.home = home;
    this.values = values;
  }

  /**
   * Defaults and the settings file.
   *
   * @param file the file that an option named; when empty, the one that {@value #FILE_VARIABLE}
   *     names, if any
   */
  public static Settings load(Home home, Optional<Path> file) {
    return load(home, file, System.getenv());
  }

  static Settings load(Home home, Optional<Path> file, Map<String, String> environment) {
    Optional<Path> chosen =
        file.or(
            () ->
                Optional.ofNullable(environment.get(FILE_VARIABLE))
                    .filter(text -> !text.isBlank())
                    .map(Path::of));
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : SettingCatalogue.installed().all()) {
      values.put(setting.key(), setting.defaultValue());
    }
    chosen.ifPresent(
        path ->
            FlatYaml.read(path)
                .forEach(
                    (key, entry) -> values.put(key, checked(key, entry.value(), entry.place()))));
    return new Settings(home, values);
  }

  /** The same settings with one value changed. */
  public Settings with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(key, checked(key, value, ""));
    return new Settings(home, changed);
  }

  /** As {@link #with(String, String)}. */
  public Settings with(SettingKey key, String value) {
    return with(key.key(), value);
  }

  public Home home() {
    return home;
  }

  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw unknown(key, "");
    }
    return value;
  }

  public String text(SettingKey key) {
    return text(key.key());
  }

  /** The value when it is not empty. */
  public Optional<String> optional(SettingKey key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  public int integer(String key) {
    return Integer.parseInt(text(key));
  }

  public int integer(SettingKey key) {
    return integer(key.key());
  }

  public double number(String key) {
    return Double.parseDouble(text(key));
  }

  public double number(SettingKey key) {
    return number(key.key());
  }

  public boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  public boolean flag(SettingKey key) {
    return flag(key.key());
  }

  /** The path, taken from the home folder when it is relative. */
  public Path path(String key) {
    String text = text(key);
    if (text.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "tham số chưa có giá trị / the setting has no value",
          key,
          "name a path");
    }
    return home.resolve(text);
  }

  public Path path(SettingKey key) {
    return path(key.key());
  }

  /** The path when the setting is not empty. */
  public Optional<Path> optionalPath(SettingKey key) {
    return optional(key).map(home::resolve);
  }

  /**
   * What is passed on to Spark as it is: what {@code spark-submit} was told, overlaid by the
   * settings below {@code spark.conf.}, without that prefix.
   */
  public Map<String, String> sparkConf() {
    Map<String, String> conf = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("spark.")) {
        conf.put(name, System.getProperty(name, ""));
      }
    }
    conf.putAll(below(SettingKey.SPARK_CONF_PREFIX));
    return conf;
  }

  /** What feeds may say with {@code ${…}}, without the prefix {@code feeds.variables.}. */
  public Map<String, String> feedVariables() {
    return below(SettingKey.FEED_VARIABLE_PREFIX);
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static String checked(String key, String value, String place) {
    if (key.startsWith(SettingKey.SPARK_CONF_PREFIX)
        || key.startsWith(SettingKey.FEED_VARIABLE_PREFIX)) {
      return value;
    }
    Setting setting = SettingCatalogue.installed().find(key).orElseThrow(() -> unknown(key, place));
    setting
        .type()
        .complaint(value)
        .ifPresent(
            complaint -> {
              throw TnmtException.of(
                  ErrorCode.SETTING_INVALID,
                  "giá trị không hợp lệ / '"
                      + value
                      + "' will not do for "
                      + key
                      + ", "
                      + complaint,
                  place,
                  setting.description());
            });
    return value;
  }

  private static TnmtException unknown(String key, String place) {
    SettingCatalogue catalogue = SettingCatalogue.installed();
    return TnmtException.of(
        ErrorCode.SETTING_UNKNOWN,
        "không có tham số / there is no setting '" + key + "'",
        place,
        catalogue
            .replacing(key)
            .map(setting -> "đã thay bằng / it was replaced by '" + setting.key() + "'")
            .orElseGet(
                () -> Nearest.hint(key, catalogue.all().stream().map(Setting::key).toList())));
  }

  /**
   * Every number, flag and choice with its value: what may change what is computed. Texts and paths
   * are left out: they say where things are, and an address may hold a password.
   */
  public Map<String, String> choices() {
    Map<String, String> choices = new TreeMap<>();
    for (Setting setting : SettingCatalogue.installed().all()) {
      if (!setting.type().isFreeText()) {
        choices.put(setting.key(), text(setting.key()));
      }
    }
    return choices;
  }
}

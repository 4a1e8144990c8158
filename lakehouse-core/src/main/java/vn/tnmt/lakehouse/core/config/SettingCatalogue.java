package vn.tnmt.lakehouse.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

/** Every setting that exists: the platform's, then those that modules bring. */
public final class SettingCatalogue {
  private final Map<String, Setting> byKey = new LinkedHashMap<>();
  private final Map<String, Setting> byFormerKey = new LinkedHashMap<>();

  private SettingCatalogue(Collection<Setting> settings) {
    for (Setting setting : settings) {
      Setting other = byKey.put(setting.key(), setting);
      if (other != null && !other.equals(setting)) {
        throw TnmtException.of(
            ErrorCode.SETTING_INVALID,
            "two modules bring a setting " + setting.key(),
            other.description() + " / " + setting.description(),
            "give one of them another key");
      }
      setting
          .type()
          .complaint(setting.defaultValue())
          .ifPresent(
              complaint -> {
                throw TnmtException.of(
                    ErrorCode.SETTING_INVALID,
                    "the default of " + setting.key() + " will not do, " + complaint,
                    setting.description(),
                    "");
              });
      setting.formerly().forEach(former -> byFormerKey.put(former, setting));
    }
  }

  static SettingCatalogue installed() {
    return Installed.CATALOGUE;
  }

  static SettingCatalogue of(Collection<Setting> settings) {
    return new SettingCatalogue(settings);
  }

  Collection<Setting> all() {
    return byKey.values();
  }

  Optional<Setting> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The setting that had this key in an earlier version. */
  Optional<Setting> replacing(String formerKey) {
    return Optional.ofNullable(byFormerKey.get(formerKey));
  }

  /** All settings as a Markdown table, the text of {@code docs/settings.md}. */
  public static String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            # Settings

            One YAML file (`--conf FILE` or `TNMT_CONF`), keys nested or with dots. Relative paths are taken from the home folder.
            A key that is not here is an error that names the nearest one that is, or the one that replaced it. Secrets are never settings: see `conf/production.yaml`.
            Settings that begin with a national dataset's name are its policies: when one changes, the next night computes that dataset anew.

            | key | type | default | meaning |
            |---|---|---|---|
            """);
    for (Setting setting : installed().all()) {
      text.append("| `")
          .append(setting.key())
          .append("` | ")
          .append(setting.type().described())
          .append(" | ")
          .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
          .append(" | ")
          .append(setting.description())
          .append(" |\n");
    }
    return text.append("| `")
        .append(SettingKey.SPARK_CONF_PREFIX)
        .append("*` | text | | Passed on to Spark as it is, without this prefix. |\n| `")
        .append(SettingKey.FEED_VARIABLE_PREFIX)
        .append("*` | text | | What feeds may say with `${…}`, beside `${exports}`. |\n")
        .toString();
  }

  private static final class Installed {
    static final SettingCatalogue CATALOGUE = new SettingCatalogue(installed());

    private static List<Setting> installed() {
      List<Setting> settings = new ArrayList<>();
      for (SettingKey key : SettingKey.values()) {
        settings.add(key.setting());
      }
      ServiceLoader.load(SettingSource.class).forEach(source -> settings.addAll(source.settings()));
      return settings;
    }
  }
}

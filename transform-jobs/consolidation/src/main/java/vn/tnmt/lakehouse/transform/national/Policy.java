package vn.tnmt.lakehouse.transform.national;

import java.util.List;
import java.util.function.Function;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.tables.dictionary.Computation;
import vn.tnmt.lakehouse.transform.page.Words;

/**
 * A setting that changes what a national dataset is computed as.
 *
 * @param setting key {@code <dataset>.<name>}, type with its range, default, description
 * @param parse a valid text of the setting → the value
 * @param title what it is about, for the method notes of the report
 * @param says the value as the method notes say it
 * @param source where it comes from: a decision with its article, or house policy
 */
public record Policy<T>(
    Setting setting,
    Function<String, T> parse,
    Words title,
    Function<T, Words> says,
    Words source) {

  public static Policy<Integer> integer(
      Setting setting, Words title, Function<Integer, Words> says, Words source) {
    return new Policy<>(setting, Integer::valueOf, title, says, source);
  }

  public static Policy<Double> number(
      Setting setting, Words title, Function<Double, Words> says, Words source) {
    return new Policy<>(setting, Double::valueOf, title, says, source);
  }

  /** The setting of a policy, with the keys it had before. */
  public static Setting setting(
      String key, Setting.Type type, String defaultValue, String description, String... formerly) {
    return new Setting(key, type, defaultValue, description, List.of(formerly));
  }

  public String key() {
    return setting.key();
  }

  /** As the dictionary has it. */
  Computation.Policy described() {
    return new Computation.Policy(setting, title.vi(), title.en(), source.vi(), source.en());
  }
}

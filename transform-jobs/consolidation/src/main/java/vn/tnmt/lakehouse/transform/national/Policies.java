package vn.tnmt.lakehouse.transform.national;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vn.tnmt.lakehouse.core.config.Settings;

/** The values of policies: those of tonight's settings, or those that a release was made with. */
public final class Policies {
  private final Map<String, String> values;

  private Policies(Map<String, String> values) {
    this.values = values;
  }

  public static Policies of(Settings settings) {
    return new Policies(settings.choices());
  }

  /**
   * Policies with these values.
   *
   * @param values key → text; a policy that is not there has its default
   */
  public static Policies of(Map<String, String> values) {
    return new Policies(new TreeMap<>(values));
  }

  public <T> T get(Policy<T> policy) {
    return policy.parse().apply(text(policy));
  }

  String text(Policy<?> policy) {
    return values.getOrDefault(policy.key(), policy.setting().defaultValue());
  }

  /** {@code key=value} of each policy, in the order of keys. */
  String written(List<Policy<?>> policies) {
    return policies.stream()
        .map(policy -> policy.key() + "=" + text(policy))
        .sorted()
        .collect(Collectors.joining(";"));
  }
}

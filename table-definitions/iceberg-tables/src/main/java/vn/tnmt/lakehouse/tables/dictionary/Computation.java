package vn.tnmt.lakehouse.tables.dictionary;

import java.util.List;
import vn.tnmt.lakehouse.core.config.Setting;

/**
 * How a national dataset is computed, as its page says it.
 *
 * @param inputs the datasets that it is computed from
 * @param policies settings that change what is computed
 */
public record Computation(List<String> inputs, List<Policy> policies) {
  /**
   * One setting, what it is about, and where it comes from, in both languages.
   *
   * @param sourceVi a decision with its article, or house policy
   */
  public record Policy(
      Setting setting, String titleVi, String titleEn, String sourceVi, String sourceEn) {}
}

package vn.tnmt.lakehouse.tables.rule;

import java.io.Serializable;

/**
 * What people read about a rule.
 *
 * @param titleVi what is wrong, one clause without a full stop; so is {@code titleEn}
 * @param remedyVi what the publisher should do, one or two sentences; so is {@code remedyEn}
 */
public record RuleText(
    String code, String titleVi, String titleEn, String remedyVi, String remedyEn)
    implements Serializable {

  /** {@code <what is wrong>. <what to do>}. */
  public String messageVi() {
    return titleVi + ". " + remedyVi;
  }

  /** {@code <what is wrong>. <what to do>}. */
  public String messageEn() {
    return titleEn + ". " + remedyEn;
  }
}

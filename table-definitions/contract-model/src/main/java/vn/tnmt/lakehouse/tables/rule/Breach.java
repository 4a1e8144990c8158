package vn.tnmt.lakehouse.tables.rule;

import java.io.Serializable;
import java.util.Objects;

/**
 * One rule that one record broke.
 *
 * @param rule stable code of the rule, for example {@code OBS-03} or {@code REC-02}
 * @param severity whether the record is blocked by it
 * @param column the column concerned, as the contract names it (or as the file does, when it has no
 *     counterpart); empty for the whole record
 * @param value the value as delivered, cut to {@link #MAX_VALUE} characters; empty when there is
 *     none
 * @param expected what was expected, in neutral notation (a range, a pattern, a list); empty when
 *     the message says it all
 */
public record Breach(String rule, Severity severity, String column, String value, String expected)
    implements Serializable {
  public static final int MAX_VALUE = 120;

  public Breach {
    value = Objects.requireNonNullElse(value, "");
    if (value.length() > MAX_VALUE) {
      value = value.substring(0, MAX_VALUE) + "…";
    }
  }
}

package vn.tnmt.lakehouse.tables.contract;

import java.io.Serializable;
import vn.tnmt.lakehouse.tables.rule.Severity;

/**
 * A column whose values must exist in a column of another dataset. Needs more than one row, so
 * Spark evaluates it; offline validation does so against a list.
 *
 * @param dataset the dataset referred to, for example {@code monitoring.station}
 */
public record Reference(
    String column, String dataset, String targetColumn, String rule, Severity severity)
    implements Serializable {}

/**
 * Rules: declared in contracts, compiled to lambdas, evaluated on one row at a time. Plain Java.
 *
 * <p>Start at {@link vn.tnmt.lakehouse.tables.rule.RowRules}.
 */
package vn.tnmt.lakehouse.tables.rule;

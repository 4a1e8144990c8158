/**
 * YAML with the line of every value, so that each mistake in a contract, feed or setting is
 * reported as {@code file:line}.
 */
package vn.tnmt.lakehouse.base.yaml;

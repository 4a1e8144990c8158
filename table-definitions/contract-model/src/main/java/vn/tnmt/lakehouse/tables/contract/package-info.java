/**
 * Contracts: the definition of every dataset, read from Open Data Contract Standard v3.1 YAML.
 *
 * <p>Start at {@link vn.tnmt.lakehouse.tables.contract.Contracts}. Plain Java: no Spark, no
 * Iceberg.
 */
package vn.tnmt.lakehouse.tables.contract;

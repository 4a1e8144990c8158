/**
 * Contracts as Iceberg tables: what each table must look like, and the plan that brings the
 * catalogue there without losing data. Iceberg's Java API only, no Spark.
 *
 * <p>Start at {@link vn.tnmt.lakehouse.tables.ddl.TablePlan}.
 */
package vn.tnmt.lakehouse.tables.ddl;

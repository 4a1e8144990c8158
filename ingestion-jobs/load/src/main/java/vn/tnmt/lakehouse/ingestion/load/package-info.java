/**
 * Landing → raw, in Spark: one pass over the bytes gives the records as delivered, the contract's
 * columns and the broken rules.
 *
 * <p>{@link vn.tnmt.lakehouse.ingestion.load.LoadJob} appends deliveries to {@code raw.*}: reader
 * and row engine run inside Spark's tasks, which write the table's files. What decides about a row
 * is in the packages reader, mapping and engine, which know nothing of Spark.
 */
package vn.tnmt.lakehouse.ingestion.load;

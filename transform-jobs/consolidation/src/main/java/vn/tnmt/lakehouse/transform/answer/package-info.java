/**
 * What publishers are answered, read from the ledger by Spark: the receipts of a run and the
 * rejected rows of its deliveries. What a receipt is and how it looks is in {@code receipt}, which
 * knows nothing of Spark.
 */
package vn.tnmt.lakehouse.transform.answer;

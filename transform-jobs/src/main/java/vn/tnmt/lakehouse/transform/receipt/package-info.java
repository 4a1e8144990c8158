/**
 * What a publisher gets back for each delivery: {@link vn.tnmt.lakehouse.transform.receipt.Receipt}
 * is what it says, {@link vn.tnmt.lakehouse.transform.receipt.ReceiptPage} makes a letter of it,
 * {@link vn.tnmt.lakehouse.transform.receipt.ReceiptQueries} reads it from the ledger.
 */
package vn.tnmt.lakehouse.transform.receipt;

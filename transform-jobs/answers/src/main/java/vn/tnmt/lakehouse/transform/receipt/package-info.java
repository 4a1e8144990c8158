/**
 * What a publisher gets back for a delivery: the receipt as a record, as a letter (HTML) and as
 * JSON, and its rejected rows as CSV and XLSX. Plain Java: the platform and the offline validator
 * write the same.
 */
package vn.tnmt.lakehouse.transform.receipt;

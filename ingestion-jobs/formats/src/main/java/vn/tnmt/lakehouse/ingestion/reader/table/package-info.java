/**
 * Cells with types, as workbooks and dBase tables have them, as texts; rows with columns as
 * records.
 */
package vn.tnmt.lakehouse.ingestion.reader.table;

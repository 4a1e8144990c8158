/** JSON values as texts of cells, every number as written. */
package vn.tnmt.lakehouse.ingestion.reader.json;

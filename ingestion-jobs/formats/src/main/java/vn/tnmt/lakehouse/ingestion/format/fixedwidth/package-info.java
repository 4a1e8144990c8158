/** Text in columns of fixed positions. */
package vn.tnmt.lakehouse.ingestion.format.fixedwidth;
